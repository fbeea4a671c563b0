// The sheet: the rows that were read, a page at a time.

import { button, focusedIn, make, scrollTo } from "./dom.js";
import { Pen } from "./pen.js";

/** @import { Desk } from "./desk.js" */
/** @import { Cell, Row } from "./message.d.ts" */
/** @import { Place } from "./draft.js" */

const ROWS = 50; // rows of a page

export class Sheet {
  /**
   * @param {HTMLElement} part
   * @param {Desk} desk
   */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.pen = new Pen(desk);
    /** @type {number | null} the page that is drawn */
    this.page = null;
  }

  /** Draw all anew with the next choice. */
  forget() {
    this.page = null;
  }

  get hasFocus() {
    return focusedIn(this.part) !== null;
  }

  focus() {
    this.pen.node.focus({ preventScroll: true });
  }

  /** @param {Place} place */
  choose(place) {
    const page = Math.floor(place.row / ROWS);
    if (page !== this.page) this.#draw(page);
    this.part.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    const line = this.part.querySelectorAll("tbody tr")[place.row % ROWS];
    const cell = line?.querySelectorAll("td")[place.column];
    if (!cell) return;
    cell.setAttribute("aria-selected", "true");
    this.pen.over(cell, this.#spoken(place));
    scrollTo(this.part, cell);
  }

  /**
   * A cell in words: its row, its column, what it says.
   *
   * @param {Place} place
   */
  #spoken(place) {
    const { draft } = this.desk;
    const { text, sure } = draft.cell(place);
    const said = [place.row + 1, draft.columns[place.column].label, text];
    if (!sure) said.push(draft.words.doubt);
    return said.join(" ");
  }

  /** @param {number} page */
  #draw(page) {
    this.page = page;
    const { rows, words } = this.desk.draft;
    const top = this.part.scrollTop;
    if (rows.length) {
      const pages = Math.ceil(rows.length / ROWS);
      this.part.replaceChildren(this.#table(page));
      if (pages > 1) this.part.append(this.#turning(page, pages));
    } else {
      this.part.replaceChildren(make("p", { class: "empty" }, words.none));
    }
    this.part.scrollTop = top;
  }

  /** @param {number} page */
  #table(page) {
    const { rows, columns, words } = this.desk.draft;
    const headings = columns.map(({ name, label }) =>
      make("th", { scope: "col", class: name }, label),
    );
    const head = make("tr", {}, make("th", { scope: "col" }, "#"), ...headings);
    const first = page * ROWS;
    const lines = rows.slice(first, first + ROWS).map((row, i) => this.#line(row, first + i));
    return make(
      "table",
      { role: "grid", "aria-label": words.table, "aria-rowcount": rows.length + 1 },
      make("thead", {}, head),
      make("tbody", {}, ...lines),
    );
  }

  /**
   * @param {number} page
   * @param {number} pages
   */
  #turning(page, pages) {
    const { words } = this.desk.draft;
    const turn = (/** @type {number} */ to) => this.desk.choose(to * ROWS, this.desk.place.column);
    return make(
      "div",
      { class: "pages" },
      button("‹", () => turn(page - 1), { disabled: page === 0, "aria-label": words.rows_before }),
      `${page + 1} / ${pages}`,
      button("›", () => turn(page + 1), {
        disabled: page + 1 === pages,
        "aria-label": words.rows_after,
      }),
    );
  }

  /**
   * @param {Row} row
   * @param {number} number of the row, from 0
   */
  #line(row, number) {
    const cells = row.cells.map((cell, column) =>
      this.#cell(cell, { row: number, column }, row.due),
    );
    const heading = make("th", { scope: "row" }, String(number + 1));
    return make("tr", { "aria-rowindex": number + 2 }, heading, ...cells);
  }

  /**
   * @param {Cell} cell
   * @param {Place} place
   * @param {string} due the row's
   */
  #cell(cell, place, due) {
    const { columns, deadline, words } = this.desk.draft;
    const { name } = columns[place.column];
    const dated = place.column === deadline && due && due !== cell.text;
    return make(
      "td",
      {
        role: "gridcell",
        class: cell.sure ? name : `${name} doubt`,
        "aria-selected": "false",
        title: cell.sure ? false : words.doubt,
        onclick: () => this.desk.choose(place.row, place.column),
        ondblclick: () => this.desk.slip.write(),
      },
      cell.text || (cell.sure ? "" : "?"),
      dated ? make("small", {}, due) : null,
    );
  }
}
