// The bar: the list's name and year, what is left to check, and the way through it.

import { button, focusedIn, make } from "./dom.js";

/** @import { Desk } from "./desk.js" */

/**
 * Draw the bar; the control that has the keyboard keeps it.
 *
 * @param {HTMLElement} part
 * @param {Desk} desk
 */
export function drawBar(part, desk) {
  const { head, undo } = desk.draft.message;
  const { words } = desk.draft;
  const left = desk.draft.doubts().length;
  const focused = controls(part).indexOf(focusedIn(part));
  part.replaceChildren(
    entry(desk, "name", words.list, head.list, "min(26rem, 60vw)"),
    entry(desk, "year", words.year, head.year, "4.5rem"),
    count(left, words),
    button(words.previous, () => desk.toDoubtBefore(), { disabled: !left, title: "Shift+F8" }),
    button(words.next, () => desk.toDoubtAfter(), { disabled: !left, class: "main", title: "F8" }),
    button(words.add, () => desk.add(), { title: "Ctrl+Shift+Enter" }),
    button(words.undo, () => desk.undo(), { disabled: !undo, title: "Ctrl+Z" }),
  );
  if (focused >= 0) controls(part)[focused].focus();
}

/**
 * @param {HTMLElement} part
 * @returns {any[]}
 */
function controls(part) {
  return [...part.querySelectorAll("input, button")];
}

/**
 * @param {Desk} desk
 * @param {string} kind of the edit that it makes
 * @param {string} label
 * @param {string} value
 * @param {string} width in CSS
 */
function entry(desk, kind, label, value, width) {
  const input = make("input", {
    value,
    style: `width: ${width}`,
    onchange: () => desk.draft.edit({ do: kind, text: input.value }),
  });
  return make("label", {}, make("span", {}, label), input);
}

/**
 * @param {number} left
 * @param {import("./message.d.ts").Words} words
 */
function count(left, words) {
  if (!left) return make("span", { class: "left none", role: "status" }, words.checked);
  const text = words.left.replace("{}", String(left));
  return make("span", { class: "left", role: "status" }, text);
}
