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
  F8: (desk) => desk.toDoubtAfter(),
  Delete: (desk) => desk.empty(),
  Backspace: (desk) => desk.empty(),
};

/** @type {Record<string, (desk: Desk) => void>} with Shift */
const WITH_SHIFT = {
  F8: (desk) => desk.toDoubtBefore(),
};

/** @type {Record<string, (desk: Desk) => void>} with Ctrl and Shift: what changes rows */
const WITH_CTRL_SHIFT = {
  m: (desk) => desk.change("merge"),
  enter: (desk) => desk.add(),
  backspace: (desk) => desk.change("drop"),
};

/** @type {Record<string, (desk: Desk) => void>} while something is written over a cell */
const WHILE_WRITING = {
  ArrowUp: IN_SHEET.ArrowUp,
  ArrowDown: IN_SHEET.ArrowDown,
  ArrowLeft: IN_SHEET.ArrowLeft,
  ArrowRight: IN_SHEET.ArrowRight,
  Tab: IN_SHEET.ArrowRight,
  Enter: IN_SHEET.Enter,
  F2: IN_SHEET.F2,
  Escape: (desk) => desk.slip.revert(),
};

/**
 * What a key does in the sheet.
 *
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
function actOf({ sheet }, { key, ctrlKey, metaKey, altKey, shiftKey }) {
  const withCtrl = ctrlKey || metaKey;
  if (altKey) return undefined;
  if (withCtrl) return shiftKey ? WITH_CTRL_SHIFT[key.toLowerCase()] : undefined;
  if (sheet.pen.isWriting) return WHILE_WRITING[key];
  return shiftKey ? WITH_SHIFT[key] : IN_SHEET[key];
}

/**
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
export function keyInSheet(desk, event) {
  if (event.isComposing || event.target !== desk.sheet.pen.node) return;
  const act = actOf(desk, event);
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
  const { pen } = desk.sheet;
  const undoes = event.key === "z" && (event.ctrlKey || event.metaKey);
  const writes =
    target === pen.node ? pen.isWriting : target.closest("textarea, input:not([type=checkbox])");
  if (undoes && !writes) {
    event.preventDefault();
    desk.undo();
  }
  event.stopPropagation(); // Streamlit's own keys
}
