// The intake desk: the document with what was read from it, the rows that came out, and the queue
// of what to check.
//
// Python holds the draft. Each edit is sent in a log of numbered edits, and the answer brings the
// draft as it then is; both are described in message.d.ts.

import { drawBar } from "./bar.js";
import { chooseAsBefore, rememberChanges } from "./columns.js";
import { Draft } from "./draft.js";
import { Keeping } from "./keeping.js";
import { keyAnywhere, keyInSheet } from "./keys.js";
import { drawProblems, drawUnplaced } from "./lists.js";
import { Paper } from "./paper.js";
import { Saying } from "./saying.js";
import { Sheet } from "./sheet.js";
import { Slip } from "./slip.js";

/** @import { Edit, Message } from "./message.d.ts" */
/** @import { Place } from "./draft.js" */
/** @import { Keeping as ToldOfKeeping } from "./kept.d.ts" */
/** @import { Tell } from "./keeping.js" */

/** @typedef {{ keeping: ToldOfKeeping, message: Message }} Told what Python sends */
/** @typedef {(name: "log", log: Edit[]) => void} SetState */

export class Desk {
  /**
   * @param {HTMLElement} root
   * @param {Told} told
   */
  constructor(root, { keeping, message }) {
    this.root = root;
    this.draft = new Draft(message);
    this.keeping = new Keeping(this.#part("keeping"), this, keeping);
    /** @type {Place} the chosen cell */
    this.place = this.#firstPlace();
    this.saying = new Saying(this.#part("saying"), this);
    this.paper = new Paper(this.#part("paper"), this);
    this.sheet = new Sheet(this.#part("sheet"), this);
    this.slip = new Slip(this.#part("slip"), this);
    /** @type {AbortController | null} ends the listeners, null where there are none */
    this.listeners = null;
    this.drawings = 0; // how often Python has sent the draft
    this.isPressed = false;
    this.isLate = false; // whether a drawing waits for the release, or the end of the writing
  }

  /** The first cell to check, else the first title. */
  #firstPlace() {
    return this.draft.doubts()[0] ?? { row: 0, column: this.draft.title };
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`.${name}`));
  }

  /**
   * Show the draft as it now is.
   *
   * @param {Told} told
   * @param {SetState} send
   * @param {Tell} tell
   * @returns {() => void} to be called when the desk goes; of an earlier drawing it does nothing
   */
  take({ keeping, message }, send, tell) {
    this.#listen();
    const before = this.draft.message;
    this.draft.take(message, (log) => {
      this.keeping.write(log);
      send("log", log);
    });
    this.keeping.take(keeping, tell);
    if (this.drawings) rememberChanges(message, before);
    else if (!message.done) chooseAsBefore(this.draft);
    if (!before.rows.length) this.place = this.#firstPlace();
    this.place = this.draft.nearest(this.place.row, this.place.column);
    this.#redraw();
    this.drawings += 1;
    const drawing = this.drawings;
    return () => {
      if (drawing === this.drawings) this.leave();
    };
  }

  // --- listeners -----------------------------------------------------------------------------------

  /** Listen to the desk, and to what concerns it in the window, until it goes. */
  #listen() {
    if (this.listeners) return;
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    const sheet = this.sheet.part;
    const paper = this.paper.part;
    paper.addEventListener("mousedown", (event) => this.saying.press(event), { signal });
    paper.addEventListener("click", (event) => this.saying.click(event), { signal });
    sheet.addEventListener("keydown", (event) => keyInSheet(this, event), { signal });
    this.root.addEventListener("keydown", (event) => keyAnywhere(this, event), { signal });
    this.root.addEventListener("pointerdown", () => this.#press(), { signal });
    window.addEventListener("pointerup", () => this.#release(), { signal });
    window.addEventListener("pointercancel", () => this.#release(), { signal });
    window.addEventListener("beforeunload", (event) => this.#ask(event), { signal });
  }

  /** Listen to nothing any more: another desk has come, or another page, or another server. */
  leave() {
    this.slip.commit();
    this.listeners?.abort();
    this.listeners = null;
    this.isPressed = false;
  }

  /**
   * Let the browser ask before edits are lost with the page; those that are kept are not.
   *
   * @param {BeforeUnloadEvent} event
   */
  #ask(event) {
    this.slip.commit();
    const isEdited = this.draft.message.undo || !this.draft.answered;
    if (isEdited && !this.keeping.isSafe) event.preventDefault();
  }

  #press() {
    this.isPressed = true;
  }

  #release() {
    this.isPressed = false;
    this.drawLate();
  }

  // --- drawing -------------------------------------------------------------------------------------

  /** Draw what came while nothing could be drawn. */
  drawLate() {
    if (this.isLate) setTimeout(() => this.#redraw());
  }

  /**
   * Draw, but not between press and release: a button that is drawn anew would lose its click. Nor
   * while somebody writes over a cell, which would end the input method's word.
   */
  #redraw() {
    this.isLate = this.isPressed || this.sheet.pen.isWriting;
    if (this.isLate) return;
    const sheetHadFocus = this.sheet.hasFocus;
    this.draw();
    if (sheetHadFocus) this.sheet.focus();
  }

  /** Draw all anew: for a new draft, and for what was changed here before Python's answer. */
  draw() {
    const { rows, message } = this.draft;
    this.root.classList.toggle("unread", !rows.length && message.tables.length > 0);
    this.root.classList.toggle("without-rows", !rows.length);
    drawBar(this.#part("bar"), this);
    drawUnplaced(this.#part("loose"), this);
    drawProblems(this.#part("notes"), this);
    this.#part("keys").textContent = this.draft.words.keys;
    this.saying.draw();
    this.paper.forget();
    this.sheet.forget();
    this.#drawChoice();
  }

  /** Draw what another chosen cell changes: the frames around it and its words, and the slip. */
  #drawChoice() {
    const { isHalfWritten } = this.slip;
    this.sheet.choose(this.place);
    this.paper.frame(this.draft.rows.length ? this.draft.cell(this.place).source : undefined);
    if (!isHalfWritten) this.slip.draw();
  }

  // --- what is chosen ------------------------------------------------------------------------------

  /**
   * @param {number} row
   * @param {number} column
   * @param {{ focus?: boolean }} options focus: whether the sheet takes the keyboard
   */
  choose(row, column, { focus = true } = {}) {
    this.slip.commit();
    this.place = this.draft.nearest(row, column);
    this.#drawChoice();
    if (focus) this.sheet.focus();
  }

  /**
   * @param {number} rows down
   * @param {number} columns to the right
   */
  move(rows, columns) {
    this.choose(this.place.row + rows, this.place.column + columns);
  }

  toDoubtAfter() {
    const doubt = this.draft.doubtAfter(this.place);
    if (doubt) this.choose(doubt.row, doubt.column);
  }

  toDoubtBefore() {
    const doubt = this.draft.doubtBefore(this.place);
    if (doubt) this.choose(doubt.row, doubt.column);
  }

  // --- edits ---------------------------------------------------------------------------------------

  /**
   * @param {Place} place
   * @param {string} text
   */
  put(place, text) {
    this.draft.put(place, text);
    this.#redraw();
  }

  /** Take the chosen cell as it stands in the slip, and go on to the next one to check. */
  confirm() {
    if (!this.slip.commit() && !this.draft.cell(this.place).sure) {
      this.draft.confirm(this.place);
      this.draw();
    }
    if (this.draft.doubts().length) this.toDoubtAfter();
    else this.sheet.focus();
  }

  /** Empty the chosen cell. */
  empty() {
    if (this.draft.cell(this.place).text) this.put(this.place, "");
  }

  /** Cut the title in two at the cursor. */
  split() {
    const at = [...this.slip.beforeCursor].length; // characters, as Python counts them
    this.slip.commit();
    this.draft.edit({ do: "split", row: this.place.row, at });
  }

  /**
   * Change the chosen row as a whole, after what was written in it.
   *
   * @param {"merge" | "drop"} kind of the edit
   */
  change(kind) {
    this.slip.commit();
    this.draft.edit({ do: kind, row: this.place.row });
  }

  /** Add a row after the chosen one, to be written at once. */
  add() {
    this.slip.commit();
    const row = this.draft.rows.length ? this.place.row + 1 : 0;
    this.draft.edit({ do: "add", row });
    this.place = { row, column: this.draft.title };
    this.slip.isNew = true;
  }

  undo() {
    this.draft.edit({ do: "undo" });
  }
}

/** @type {WeakMap<ParentNode, Desk>} by where Streamlit draws it */
const desks = new WeakMap();

/**
 * What Streamlit calls each time that it draws the component.
 *
 * @param {object} component
 * @param {ParentNode} component.parentElement
 * @param {Uint8Array} component.data
 * @param {SetState} component.setStateValue
 * @param {Tell} component.setTriggerValue
 * @returns {() => void} what Streamlit calls when the component goes
 */
export default function show({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".desk"));
  const told = /** @type {Told} */ (JSON.parse(new TextDecoder().decode(data)));
  let desk = desks.get(parentElement);
  if (!desk || desk.root !== root) {
    desk?.leave();
    desk = new Desk(root, told);
    desks.set(parentElement, desk);
  }
  return desk.take(told, setStateValue, setTriggerValue);
}
