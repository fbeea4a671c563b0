// Saying: what was not understood a person says once. Lines are picked on the paper, and one of
// three words is said of them; Python reads the document anew.

import { button, focusedIn, make } from "./dom.js";

/** @import { Desk } from "./desk.js" */
/** @import { PieceOfRow, Said } from "./message.d.ts" */

const MORE = 1; // pieces after the row that are shown, since they may belong to it
const UNFOUND = 12; // pieces that are shown where no row was found
const SPOKEN = 12; // characters of a line by which it is called

export class Saying {
  /**
   * @param {HTMLElement} part
   * @param {Desk} desk
   */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.isOpen = false; // whether lines are picked though measures were read
    /** @type {Set<number>} the lines that are picked: each begins a paragraph or a row */
    this.picked = new Set();
    this.last = 0; // the line that was picked last, 0 where none was
    this.goesThrough = false; // whether the next pick takes all lines from the last one on
    /** @type {number[]} that can be picked, in their order */
    this.lines = [];
    this.hasSpoken = false; // whether something was said that Python has not answered yet
  }

  get #message() {
    return this.desk.draft.message;
  }

  /** Whether lines are picked on the paper. */
  get isOn() {
    return this.lines.length > 0 && (this.isOpen || !this.desk.draft.rows.length);
  }

  // --- lines ---------------------------------------------------------------------------------------

  /**
   * The box by which a line is picked, null while none is.
   *
   * @param {number | undefined} line
   * @param {string} text
   */
  box(line, text) {
    if (!line || !this.isOn) return null;
    return make("input", {
      type: "checkbox",
      class: "pick",
      checked: this.picked.has(line),
      tabindex: line === (this.last || this.lines[0]) ? 0 : -1,
      "aria-label": text.slice(0, SPOKEN),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event, line),
    });
  }

  /**
   * A click on the paper picks the line that it meets.
   *
   * @param {MouseEvent} event
   */
  click(event) {
    const node = /** @type {Element} */ (event.target).closest("[data-line]");
    if (!node || !this.isOn) return;
    const line = Number(/** @type {HTMLElement} */ (node).dataset.line);
    this.#pick(line, { through: event.shiftKey || this.goesThrough });
  }

  /**
   * A press with Shift picks lines, where the browser would select their text.
   *
   * @param {MouseEvent} event
   */
  press(event) {
    if (this.isOn && event.shiftKey) event.preventDefault();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} line that has the keyboard
   */
  #key(event, line) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = this.lines[this.lines.indexOf(line) + step];
    if (!next) return;
    if (event.shiftKey) {
      if (!this.picked.has(line)) this.#pick(line);
      this.#pick(next, { through: true });
    }
    this.desk.paper.focusLine(next);
  }

  /**
   * Pick a line, or leave it again; or pick all from the last one to it.
   *
   * @param {number} line
   * @param {{ through?: boolean }} how
   */
  #pick(line, { through = false } = {}) {
    if (through && this.last) {
      const [from, to] = [Math.min(this.last, line), Math.max(this.last, line)];
      for (const one of this.lines) if (one >= from && one <= to) this.picked.add(one);
    } else if (!this.picked.delete(line)) {
      this.picked.add(line);
    }
    this.last = line;
    this.goesThrough = false;
    this.#drawPicked();
  }

  #drawPicked() {
    this.draw();
    this.desk.paper.drawPicked(this.picked);
  }

  // --- words ---------------------------------------------------------------------------------------

  /** The words that can be said, by their kinds. */
  get #names() {
    const { words } = this.desk.draft;
    /** @type {Record<string, string>} */
    const names = { table: words.is_table, measure: words.is_measure, above: words.is_above };
    return names;
  }

  /** @param {string} kind */
  #say(kind) {
    const picked = [...this.picked].sort((one, next) => one - next);
    const lines = kind === "table" ? [picked[0], this.#endOf(picked[picked.length - 1])] : picked;
    this.#forget();
    this.isOpen = false;
    this.hasSpoken = true;
    this.desk.draft.edit({ do: kind, lines });
    this.desk.draw();
  }

  /**
   * The last line of the paragraph or row that begins at one.
   *
   * @param {number} line
   */
  #endOf(line) {
    const next = this.lines.find((other) => other > line);
    return next ? next - 1 : this.#message.lines;
  }

  #forget() {
    this.picked.clear();
    this.last = 0;
    this.goesThrough = false;
  }

  #toggle() {
    this.isOpen = !this.isOpen;
    this.#forget();
    this.desk.draw();
  }

  // --- drawing -------------------------------------------------------------------------------------

  /** Draw what can be said and what was; the control that has the keyboard keeps it. */
  draw() {
    const focused = this.#controls().indexOf(focusedIn(this.part));
    const lines = this.#message.blocks.map(({ line }) => line ?? 0);
    this.lines = [...new Set(lines)].filter((line) => line > 0);
    this.part.classList.toggle("picks", this.isOn);
    this.part.replaceChildren();
    if (this.lines.length) this.part.append(...this.#opening(), ...this.#said());
    if (focused >= 0) this.#controls()[focused]?.focus();
    if (this.hasSpoken && this.desk.draft.answered) this.#toAnswer();
  }

  /** Give the keyboard to the word that was just said, and what was understood of it. */
  #toAnswer() {
    this.hasSpoken = false;
    const said = /** @type {HTMLElement | null} */ (
      this.part.querySelector("li:last-child :is(select, button)")
    );
    said?.focus({ preventScroll: true });
  }

  /** @returns {any[]} */
  #controls() {
    return [...this.part.querySelectorAll("button, select")];
  }

  /** How lines are picked, and what can be said of them: drawn as high with lines as without. */
  #opening() {
    const { words, rows } = this.desk.draft;
    const count = this.picked.size;
    const opening = make("div", { class: "acts" });
    if (rows.length) {
      const pressed = { "aria-pressed": String(this.isOn) };
      opening.append(button(words.say, () => this.#toggle(), pressed));
    }
    if (!this.isOn) return [opening];
    const says = count ? words.picked.replace("{}", String(count)) : words.pick;
    opening.append(make("span", { role: "status" }, says));
    const disabled = !count;
    const through = { disabled, "aria-pressed": String(this.goesThrough), title: "Shift" };
    const acts = Object.entries(this.#names).map(([kind, name]) =>
      button(name, () => this.#say(kind), { disabled, class: "main" }),
    );
    acts.push(button(words.through, () => this.#goThrough(), through));
    acts.push(button(words.unpick, () => this.#unpick(), { disabled }));
    return [opening, make("div", { class: "acts" }, ...acts)];
  }

  #goThrough() {
    this.goesThrough = !this.goesThrough;
    this.draw();
  }

  #unpick() {
    this.#forget();
    this.#drawPicked();
  }

  #said() {
    const said = this.#message.said.map((word, item) => this.#word(word, item));
    return said.length ? [make("ul", {}, ...said)] : [];
  }

  /**
   * @param {Said} said
   * @param {number} item
   */
  #word(said, item) {
    const { draft } = this.desk;
    const { words } = draft;
    const [first, last] = said.lines;
    const lines = words.lines.replace("{}", first === last ? String(first) : `${first}–${last}`);
    const text = `${lines} ${this.#names[said.kind]}`;
    const unsay = { title: words.unsay, "aria-label": `${words.unsay}: ${text}` };
    const shown = said.pieces.slice(0, this.#shown(said.pieces));
    return make(
      "li",
      {},
      text,
      button("×", () => draft.edit({ do: "unsay", item }), unsay),
      ...(shown.length ? [make("small", {}, words.row)] : []),
      ...shown.map((piece, place) => this.#piece(said, piece, place)),
    );
  }

  /**
   * How many pieces are shown: those of the row, and some that may be of it.
   *
   * @param {PieceOfRow[]} pieces
   */
  #shown(pieces) {
    const last = pieces.findLastIndex(({ cell }) => cell);
    return last < 0 ? UNFOUND : last + 1 + MORE;
  }

  /**
   * A piece of a table's row, and what it is.
   *
   * @param {Said} said
   * @param {PieceOfRow} piece
   * @param {number} place
   */
  #piece(said, { text, cell }, place) {
    const { draft } = this.desk;
    const options = draft.message.cells.map(({ name, label }) =>
      make("option", { value: name, selected: name === cell }, label),
    );
    const choose = () => {
      const cells = said.pieces.map((piece, other) =>
        other === place ? select.value : piece.cell,
      );
      const end = cells.findLastIndex((one) => one) + 1;
      draft.edit({ do: "table", lines: said.lines, cells: cells.slice(0, end) });
    };
    const label = draft.words.piece.replace("{}", text);
    const select = make(
      "select",
      { class: cell || "unused", "aria-label": label, onchange: choose },
      ...options,
    );
    return make("label", { class: "piece", title: text }, make("span", {}, text), select);
  }
}
