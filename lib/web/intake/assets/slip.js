// The slip: the chosen cell, where it was read and why, and what can be done with it.

import { button, characters, focusedIn, make } from "./dom.js";
import { keyInBox } from "./keys.js";

/** @import { Desk } from "./desk.js" */
/** @import { Cell, Source } from "./message.d.ts" */
/** @import { Place } from "./draft.js" */

const LETTERS = 45; // of a line in the box, about
const LINES = 4; // of the box at the most
const FIRST_DAY = "1949-01-01"; // that may be given
const LAST_DAY = "2100-12-31";

export class Slip {
  /**
   * @param {HTMLElement} part
   * @param {Desk} desk
   */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    /** @type {Place} the cell that stands in the box */
    this.place = desk.place;
    this.isNew = false; // whether the row was just added, and is to be written in
  }

  get #box() {
    return this.part.querySelector("textarea");
  }

  /** Whether somebody is writing in the box, and has not finished. */
  get isHalfWritten() {
    const box = this.#box;
    return box !== null && focusedIn(this.part) !== null && box.value !== box.defaultValue;
  }

  /** The part of the box's text before the cursor. */
  get beforeCursor() {
    const box = this.#box;
    return box ? box.value.slice(0, box.selectionStart) : "";
  }

  /** Write in the box, at the end of what stands there. */
  write() {
    const box = this.#box;
    this.desk.sheet.pen.stop();
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  /**
   * Let something be written in the box from elsewhere.
   *
   * @param {string} text
   */
  fill(text) {
    const box = this.#box;
    if (box) box.value = text;
  }

  /** Leave the box as it was. */
  revert() {
    const box = this.#box;
    if (box) box.value = box.defaultValue;
    this.desk.sheet.pen.stop();
  }

  /** Take over what was written in the box; whether anything was. */
  commit() {
    const box = this.#box;
    this.desk.sheet.pen.stop();
    if (!box || box.value === box.defaultValue) return false;
    box.defaultValue = box.value;
    this.desk.put(this.place, box.value);
    return true;
  }

  draw() {
    const { draft, place } = this.desk;
    if (!draft.rows.length) {
      this.part.replaceChildren();
      return;
    }
    const cell = draft.cell(place);
    this.place = place;
    this.part.replaceChildren(
      this.#heading(cell),
      this.#textarea(cell.text),
      this.#why(cell),
      this.#day(),
      this.#acts(cell),
      this.#milestones(),
    );
    if (this.isNew && draft.answered) {
      this.isNew = false;
      this.write();
    }
  }

  get #label() {
    return this.desk.draft.columns[this.place.column].label;
  }

  get #isTitle() {
    return this.place.column === this.desk.draft.title;
  }

  /** @param {Cell} cell */
  #heading(cell) {
    const { words } = this.desk.draft;
    return make(
      "div",
      { class: "what" },
      make("b", {}, `${this.place.row + 1} · ${this.#label}`),
      cell.sure
        ? make("span", { class: "sure" }, words.sure)
        : make("span", { class: "doubt" }, words.doubt),
    );
  }

  /** @param {string} text */
  #textarea(text) {
    const lines = Math.min(LINES, Math.ceil(text.length / LETTERS));
    const box = make("textarea", {
      rows: Math.max(this.#isTitle ? 2 : 1, lines),
      "aria-label": `${this.place.row + 1} ${this.#label}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => keyInBox(this.desk, event),
      onblur: () => this.commit(),
    });
    box.value = box.defaultValue = text;
    return box;
  }

  /** @param {Cell} cell */
  #why({ text, reason, source }) {
    const why = make("div", { class: "why" });
    why.append(make("span", {}, this.desk.draft.message.reasons[reason]));
    const words = source ? this.#wordsOf(source) : "";
    if (words && words !== text) why.append(make("q", {}, words));
    return why;
  }

  /** @param {Source} source */
  #wordsOf({ block, start, end }) {
    return characters(this.desk.draft.message.blocks[block].text, start, end);
  }

  /** @param {Cell} cell */
  #acts(cell) {
    const { desk } = this;
    const { words, rows } = desk.draft;
    const buttons = [
      button(cell.sure ? words.save : words.right, () => desk.confirm(), {
        class: "main",
        title: "Enter",
      }),
    ];
    if (this.#isTitle) {
      const stay = (/** @type {Event} */ event) => event.preventDefault(); // the cursor is the cut
      const options = { title: "Ctrl+Enter", onmousedown: stay };
      buttons.push(button(words.split, () => desk.split(), options));
    }
    if (this.place.row + 1 < rows.length) {
      buttons.push(button(words.merge, () => desk.change("merge"), { title: "Ctrl+Shift+M" }));
    }
    const drop = () => desk.change("drop");
    buttons.push(button(words.drop, drop, { title: "Ctrl+Shift+Backspace" }));
    return make("div", { class: "acts" }, ...buttons);
  }

  /** A box for the day on which the row is due, where its deadline says none. */
  #day() {
    const { draft } = this.desk;
    const { row, column } = this.place;
    const { day } = draft.rows[row];
    if (column !== draft.deadline || day === undefined) return "";
    const box = make("input", {
      type: "date",
      min: FIRST_DAY,
      max: LAST_DAY,
      // A year that is being typed, 0202, is a day of its own to the browser
      onchange: () => box.validity.valid && draft.edit({ do: "day", row, text: box.value }),
    });
    box.value = day;
    return make("label", { class: "day" }, draft.words.day, box);
  }

  /** The milestones of the row, each with a way to forget it. */
  #milestones() {
    const { draft } = this.desk;
    const { words } = draft;
    const milestones = draft.message.milestones.filter(({ row }) => row === this.place.row);
    if (!milestones.length) return "";
    const items = milestones.map(({ item, text }) => {
      const names = { title: words.forget, "aria-label": `${words.forget}: ${text}` };
      const forget = button("×", () => draft.edit({ do: "forget", item }), names);
      return make("li", {}, text, forget);
    });
    const heading = make("b", {}, words.milestones);
    return make("div", { class: "dates" }, heading, make("ul", {}, ...items));
  }
}
