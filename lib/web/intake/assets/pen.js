// The pen: a text box over the chosen cell. It has the keyboard and is not seen until something is
// written, so that typing goes into the cell as in Excel, with an input method too.

import { make } from "./dom.js";

/** @import { Desk } from "./desk.js" */

export class Pen {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.isWriting = false;
    this.node = make("textarea", {
      class: "pen",
      rows: 1,
      oncompositionstart: () => this.#begin(),
      oninput: () => this.#write(),
      oncopy: (/** @type {ClipboardEvent} */ event) => this.#copy(event),
      onclick: (/** @type {Event} */ event) => event.stopPropagation(), // it chooses no cell
      onblur: () => this.#leave(),
    });
    // A finger that only chooses a cell calls no keyboard up; it writes in the slip
    if (matchMedia("(pointer: coarse)").matches) this.node.inputMode = "none";
  }

  /**
   * Lie over a cell.
   *
   * @param {HTMLElement} place
   * @param {string} label for who can't see
   */
  over(place, label) {
    if (this.node.parentNode !== place) place.append(this.node);
    this.node.setAttribute("aria-label", label);
  }

  #begin() {
    this.isWriting = true;
    this.node.classList.add("writing");
  }

  /** What is written stands in the slip at once, which takes it over. */
  #write() {
    this.#begin();
    this.desk.slip.fill(this.node.value);
  }

  #leave() {
    if (this.isWriting) this.desk.slip.commit();
  }

  /** Nothing is being written any more. */
  stop() {
    if (!this.isWriting) return;
    this.isWriting = false;
    this.node.value = "";
    this.node.classList.remove("writing");
    this.desk.drawLate();
  }

  /**
   * Copy the whole cell, where no part of it is being written.
   *
   * @param {ClipboardEvent} event
   */
  #copy(event) {
    if (this.isWriting || !event.clipboardData) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", this.desk.draft.cell(this.desk.place).text);
  }
}
