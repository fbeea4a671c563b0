// The lists around the desk: what is doubtful in the document, and what of it was not placed.

import { button, drawFold, make } from "./dom.js";

/** @import { Desk } from "./desk.js" */

const UNPLACED = 400; // texts that are listed at the most

/**
 * @param {HTMLElement} part
 * @param {Desk} desk
 */
export function drawProblems(part, desk) {
  const { problems } = desk.draft.message;
  const items = problems.map(({ text, block }) => {
    if (block === undefined) return make("li", {}, text);
    return make(
      "li",
      {},
      button(text, () => desk.paper.show(block), { class: "line" }),
    );
  });
  const title = desk.draft.words.problems.replace("{}", String(problems.length));
  drawFold(part, title, items, !desk.draft.rows.length);
}

/**
 * @param {HTMLElement} part
 * @param {Desk} desk
 */
export function drawUnplaced(part, desk) {
  const { unplaced } = desk.draft.message;
  const { words } = desk.draft;
  const items = unplaced.slice(0, UNPLACED).map(({ text, why, source }, item) =>
    make(
      "li",
      {},
      button(text, () => desk.paper.show(source.block), { class: "line" }),
      make("small", {}, why),
      button(words.place, () => desk.draft.edit({ do: "place", item })),
    ),
  );
  drawFold(part, words.unplaced.replace("{}", String(unplaced.length)), items);
}
