// The draft: as Python last sent it, with the edits that were made here and are not answered yet.

/** @import { Cell, Edit, Message } from "./message.d.ts" */

/** @typedef {{ row: number, column: number }} Place a cell of the table */
/** @typedef {(log: Edit[]) => void} Send */

/**
 * @param {Place} place
 * @param {Place} other
 */
function isBefore(place, other) {
  return place.row < other.row || (place.row === other.row && place.column < other.column);
}

/**
 * @param {number} index
 * @param {number} length of the list
 */
function inside(index, length) {
  return Math.max(0, Math.min(index, length - 1));
}

export class Draft {
  /** @param {Message} message */
  constructor(message) {
    this.message = message;
    /** @type {Edit[]} made here and not answered yet, in their order */
    this.log = [];
    this.last = 0; // number of the last edit that was made here
    /** @type {Send} */
    this.send = () => {};
    this.title = this.#column("title");
    this.deadline = this.#column("deadline");
  }

  /**
   * Take the draft as it now is; edits that it does not hold yet are sent again with the next one.
   *
   * @param {Message} message
   * @param {Send} send
   */
  take(message, send) {
    this.message = message;
    this.send = send;
    this.last = Math.max(this.last, message.done);
    this.log = this.log.filter((edit) => edit.n > message.done);
  }

  get rows() {
    return this.message.rows;
  }

  get columns() {
    return this.message.columns;
  }

  get words() {
    return this.message.words;
  }

  /** Whether Python has answered all edits. */
  get answered() {
    return this.message.done >= this.last;
  }

  /** @param {string} name */
  #column(name) {
    return this.columns.findIndex((column) => column.name === name);
  }

  /**
   * The place nearest to one that may lie outside the table.
   *
   * @param {number} row
   * @param {number} column
   * @returns {Place}
   */
  nearest(row, column) {
    return { row: inside(row, this.rows.length), column: inside(column, this.columns.length) };
  }

  /**
   * @param {Place} place
   * @returns {Cell}
   */
  cell(place) {
    return this.rows[place.row].cells[place.column];
  }

  // --- what is to be checked -----------------------------------------------------------------------

  /** @returns {Place[]} the cells to be checked, in their order */
  doubts() {
    const doubts = [];
    for (const [row, { cells }] of this.rows.entries()) {
      for (const [column, cell] of cells.entries()) {
        if (!cell.sure) doubts.push({ row, column });
      }
    }
    return doubts;
  }

  /**
   * The next cell to check after a place, round and round.
   *
   * @param {Place} place
   * @returns {Place | undefined}
   */
  doubtAfter(place) {
    const doubts = this.doubts();
    return doubts.find((doubt) => isBefore(place, doubt)) ?? doubts[0];
  }

  /**
   * The next cell to check before a place, round and round.
   *
   * @param {Place} place
   * @returns {Place | undefined}
   */
  doubtBefore(place) {
    const doubts = this.doubts();
    return doubts.findLast((doubt) => isBefore(doubt, place)) ?? doubts.at(-1);
  }

  // --- edits ---------------------------------------------------------------------------------------

  /**
   * Send edits, with those before them that may still be under way.
   *
   * @param {...Omit<Edit, "n">} edits
   */
  edit(...edits) {
    if (!edits.length) return;
    for (const edit of edits) {
      this.last += 1;
      this.log.push({ n: this.last, ...edit });
    }
    this.send([...this.log]);
  }

  /**
   * Write a cell; it counts as checked at once.
   *
   * @param {Place} place
   * @param {string} text
   */
  put(place, text) {
    const cell = this.cell(place);
    cell.text = text;
    cell.sure = true;
    this.edit({ do: "put", row: place.row, field: this.columns[place.column].name, text });
  }

  /**
   * Call a cell right as it was read.
   *
   * @param {Place} place
   */
  confirm(place) {
    this.cell(place).sure = true;
    this.edit({ do: "confirm", row: place.row, field: this.columns[place.column].name });
  }
}
