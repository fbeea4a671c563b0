// The paper: the document, in which everything that was read is marked.

import { choicesAbove } from "./columns.js";
import { button, characters, focusedIn, length, make, scrollTo } from "./dom.js";

/** @import { Desk } from "./desk.js" */
/** @import { Message, Source } from "./message.d.ts" */

/**
 * What was read from a part of a block: characters start to end.
 *
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {string} kind name of the column, milestone or unplaced
 * @property {import("./draft.js").Place | null} place what a click on it chooses
 */

/** @typedef {{ start: number, end: number, node: HTMLElement }} Piece a marked part, as drawn */

const BLOCKS = 400; // paragraphs and cells that are drawn around the chosen one

export class Paper {
  /**
   * @param {HTMLElement} part
   * @param {Desk} desk
   */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.from = 0; // the first block that is drawn
    this.to = 0; // the first one that is not
    /** @type {Map<number, Piece[]>} by block */
    this.pieces = new Map();
    /** @type {Message | null} that the marks are of */
    this.marked = null;
    /** @type {Map<number, Mark[]>} by block */
    this.marks = new Map();
  }

  get #blocks() {
    return this.desk.draft.message.blocks;
  }

  /** Draw all anew with the next choice. */
  forget() {
    this.part.setAttribute("aria-label", this.desk.draft.words.paper);
    this.from = this.to = 0;
  }

  /**
   * Frame what a cell was read from.
   *
   * @param {Source | undefined} source
   */
  frame(source) {
    this.#drawAround(source?.block ?? this.from);
    for (const node of this.part.querySelectorAll(".chosen, .shown")) {
      node.classList.remove("chosen", "shown");
    }
    if (!source) return;
    const pieces = this.pieces.get(source.block) ?? [];
    const chosen = pieces.filter(({ start, end }) => source.start <= start && end <= source.end);
    for (const { node } of chosen) node.classList.add("chosen");
    scrollTo(this.part, chosen[0]?.node ?? this.#nodeOf(source.block));
  }

  /**
   * Bring a block into view.
   *
   * @param {number} block
   */
  show(block) {
    this.#drawAround(block);
    const node = this.#nodeOf(block);
    node?.classList.add("shown");
    scrollTo(this.part, node);
  }

  /** @param {number} block */
  #nodeOf(block) {
    return this.part.querySelector(`[data-block="${Number(block)}"]`);
  }

  // --- blocks --------------------------------------------------------------------------------------

  /**
   * Draw the paragraphs and tables around a block, unless it is there already.
   *
   * @param {number} block
   */
  #drawAround(block) {
    if (block >= this.from && block < this.to) return;
    const count = this.#blocks.length;
    this.from = Math.max(0, Math.min(block - BLOCKS / 2, count - BLOCKS));
    this.to = Math.min(count, this.from + BLOCKS);
    this.pieces = new Map();
    this.#mark();
    const nodes = this.#drawn();
    const { words } = this.desk.draft;
    if (this.from > 0) nodes.unshift(this.#more(words.earlier, this.from - 1));
    if (this.to < count) nodes.push(this.#more(words.later, this.to));
    if (this.desk.draft.message.tables.length) nodes.unshift(this.#hint());
    const top = this.part.scrollTop;
    const label = this.#focusedLabel();
    this.part.replaceChildren(...nodes);
    this.part.scrollTop = top;
    if (label) this.#choiceOf(label)?.focus();
    const boxes = this.#boxes();
    if (boxes.length && boxes.every((box) => box.tabIndex < 0)) boxes[0].tabIndex = 0;
  }

  /**
   * Show which lines are picked.
   *
   * @param {Set<number>} picked
   */
  drawPicked(picked) {
    for (const box of this.#boxes()) box.checked = picked.has(lineOf(box));
  }

  /**
   * Give the keyboard to the box of a line.
   *
   * @param {number} line
   */
  focusLine(line) {
    const block = this.#blocks.findIndex((one) => one.line === line);
    this.#drawAround(block);
    for (const box of this.#boxes()) {
      box.tabIndex = lineOf(box) === line ? 0 : -1;
      if (box.tabIndex === 0) box.focus();
    }
  }

  /** The boxes by which lines are picked. */
  #boxes() {
    return [...this.part.querySelectorAll("input")];
  }

  /** What the choices above the columns are. */
  #hint() {
    return make("p", { class: "hint" }, this.desk.draft.words.columns);
  }

  /** The label of the column whose choice has the keyboard. */
  #focusedLabel() {
    return /** @type {HTMLElement | null} */ (focusedIn(this.part))?.dataset.label;
  }

  /** @param {string} label of the column */
  #choiceOf(label) {
    const choices = [...this.part.querySelectorAll("select")];
    return choices.find((choice) => choice.dataset.label === label);
  }

  /**
   * @param {string} label
   * @param {number} block that it shows
   */
  #more(label, block) {
    return button(label, () => this.show(block), { class: "line" });
  }

  #drawn() {
    /** @type {HTMLElement[]} */
    const nodes = [];
    let block = this.from;
    while (block < this.to) {
      const end = this.#endOfTable(block);
      nodes.push(end > block ? this.#table(block, end) : this.#paragraph(block));
      block = Math.max(end, block + 1);
    }
    return nodes;
  }

  /** @param {number} block */
  #paragraph(block) {
    const { line, text, said } = this.#blocks[block];
    const attributes = {
      "data-block": block,
      "data-line": line ?? false,
      class: said ? "said" : false,
    };
    return make("p", attributes, this.desk.saying.box(line, text), ...this.#text(block));
  }

  /**
   * The first block that is drawn after the table of this one; the block itself where there is
   * none.
   *
   * @param {number} block
   */
  #endOfTable(block) {
    const table = this.#blocks[block].table;
    let end = block;
    while (table && end < this.to && this.#blocks[end].table?.number === table.number) end++;
    return end;
  }

  /**
   * @param {number} from the first block of the table
   * @param {number} to the first one after it
   */
  #table(from, to) {
    const table = make("table");
    let line = make("tr");
    let row = -1;
    for (let block = from; block < to; block++) {
      const place = /** @type {import("./message.d.ts").TablePlace} */ (this.#blocks[block].table);
      if (place.row !== row) {
        row = place.row;
        table.append(...this.#choicesAbove(place));
        line = make("tr");
        table.append(line);
      }
      line.append(this.#cell(block, place));
    }
    return make("div", { class: "scrolls" }, table);
  }

  /**
   * @param {number} block
   * @param {import("./message.d.ts").TablePlace} place
   */
  #cell(block, place) {
    const { line, text, said } = this.#blocks[block];
    const isFirst = this.#blocks[block - 1]?.line !== line; // of those in its line
    const attributes = {
      "data-block": block,
      "data-line": line ?? false,
      class: said ? "said" : false,
      rowspan: place.down > 1 && place.down,
      colspan: place.across > 1 && place.across,
    };
    const box = isFirst ? this.desk.saying.box(line, text) : null;
    return make("td", attributes, box, ...this.#text(block));
  }

  /**
   * The choices above a row, where it is the first of a header.
   *
   * @param {import("./message.d.ts").TablePlace} place
   */
  #choicesAbove({ number, row }) {
    const { draft } = this.desk;
    const headers = draft.message.tables.filter(
      (table) => table.number === number && table.row === row,
    );
    return headers.map((table) => choicesAbove(draft, table));
  }

  // --- marks ---------------------------------------------------------------------------------------

  /** Find out what was read from each block, once for a message. */
  #mark() {
    const { message, deadline } = this.desk.draft;
    if (this.marked === message) return;
    this.marked = message;
    this.marks = new Map();
    for (const [row, { cells }] of message.rows.entries()) {
      for (const [column, { source }] of cells.entries()) {
        this.#note(source, message.columns[column].name, { row, column });
      }
    }
    for (const { row, source } of message.milestones) {
      this.#note(source, "milestone", { row, column: deadline });
    }
    for (const { source } of message.unplaced) this.#note(source, "unplaced", null);
  }

  /**
   * @param {Source | undefined} source
   * @param {string} kind
   * @param {Mark["place"]} place
   */
  #note(source, kind, place) {
    if (!source) return;
    const marks = this.marks.get(source.block) ?? [];
    marks.push({ start: source.start, end: source.end, kind, place });
    this.marks.set(source.block, marks);
  }

  /**
   * The text of a block, cut where a mark begins or ends; each piece has the narrowest mark over
   * it.
   *
   * @param {number} block
   */
  #text(block) {
    const { text } = this.#blocks[block];
    const marks = this.marks.get(block);
    if (!marks) return [text];
    const cuts = cutsOf(marks, length(text));
    /** @type {Piece[]} */
    const pieces = [];
    this.pieces.set(block, pieces);
    return cuts.slice(0, -1).map((start, index) => {
      const end = cuts[index + 1];
      const words = characters(text, start, end);
      const mark = narrowest(marks, start, end);
      if (!mark) return words;
      const node = this.#marked(words, mark);
      pieces.push({ start, end, node });
      return node;
    });
  }

  /**
   * @param {string} words
   * @param {Mark} mark
   */
  #marked(words, { kind, place }) {
    const node = make("mark", { class: kind }, words);
    if (place) {
      node.addEventListener("click", () => {
        if (this.desk.saying.isOn) return; // there a click picks the line
        this.desk.choose(place.row, place.column, { focus: false });
      });
    }
    return node;
  }
}

/** @param {Element} box */
function lineOf(box) {
  return Number(/** @type {HTMLElement} */ (box.closest("[data-line]")).dataset.line);
}

/**
 * Where a text is cut, from its beginning to its end.
 *
 * @param {Mark[]} marks
 * @param {number} end of the text
 */
function cutsOf(marks, end) {
  const cuts = new Set([0, end]);
  for (const mark of marks) cuts.add(mark.start).add(mark.end);
  return [...cuts].filter((cut) => cut >= 0 && cut <= end).sort((one, next) => one - next);
}

/**
 * The shortest mark that covers a piece; the first of several.
 *
 * @param {Mark[]} marks
 * @param {number} start
 * @param {number} end
 * @returns {Mark | null}
 */
function narrowest(marks, start, end) {
  let best = null;
  for (const mark of marks) {
    if (mark.start > start || mark.end < end) continue;
    if (!best || mark.end - mark.start < best.end - best.start) best = mark;
  }
  return best;
}
