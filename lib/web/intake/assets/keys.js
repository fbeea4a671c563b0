// The keys of the desk.

/** @import { Desk } from "./desk.js" */

const SCREENFUL = 10; // rows that Page Up and Page Down go

/** @type {Record<string, (desk: Desk) => void>} what a key does in the sheet */
const IN_SHEET = {
  ArrowUp: (desk) => desk.move(-1, 0),
  ArrowDown: (desk) => desk.move(1, 0),
  ArrowLeft: (desk) => desk.move(0, -1),
  ArrowRight: (desk) => desk.move(0, 1),
  Home: (desk) => desk.move(0, -desk.draft.columns.length),
  End: (desk) => desk.move(0, desk.draft.columns.length),
  PageUp: (desk) => desk.move(-SCREENFUL, 0),
  PageDown: (desk) => desk.move(SCREENFUL, 0),
  Enter: (desk) => desk.confirm(),
  F2: (desk) => desk.slip.write(),
  e: (desk) => desk.slip.write(),
  n: (desk) => desk.toDoubtAfter(),
  p: (desk) => desk.toDoubtBefore(),
  m: (desk) => desk.draft.edit({ do: "merge", row: desk.place.row }),
  a: (desk) => desk.add(),
  Delete: (desk) => desk.draft.edit({ do: "drop", row: desk.place.row }),
};

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
export function keyInSheet(desk, event) {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || !target.closest("td")) return;
  const act = IN_SHEET[event.key];
  if (!act) return;
  event.preventDefault();
  act(desk);
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
export function keyInBox(desk, event) {
  if (event.isComposing) return; // Enter ends a word of the input method
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey && desk.place.column === desk.draft.title) desk.split();
    else desk.confirm();
  } else if (event.key === "Escape") {
    desk.slip.revert();
    desk.sheet.focus();
  }
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
export function keyAnywhere(desk, event) {
  const target = /** @type {Element} */ (event.target);
  const undoes = event.key === "z" && (event.ctrlKey || event.metaKey);
  if (undoes && !target.closest("textarea, input")) {
    event.preventDefault();
    desk.undo();
  }
  event.stopPropagation(); // Streamlit's own keys
}
