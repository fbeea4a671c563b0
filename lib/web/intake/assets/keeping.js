// Keeping: this browser keeps the draft on the desk, with each edit as it is made, until the draft
// stands in the board's table or is thrown away.

import { askingButton, make } from "./dom.js";
import { Store } from "./store.js";

/** @import { Desk } from "./desk.js" */
/** @import { Keeping as Told } from "./kept.d.ts" */
/** @import { Edit } from "./message.d.ts" */

/** @typedef {(what: "wanted" | "thrown", value: true) => void} Tell what Python is told */

export class Keeping {
  /**
   * @param {HTMLElement} part
   * @param {Desk} desk
   * @param {Told} told
   */
  constructor(part, desk, told) {
    this.part = part;
    this.desk = desk;
    this.told = told;
    /** @type {Tell} */
    this.tell = () => {};
    this.store = new Store();
    this.isKept = false; // whether the store has the draft
    this.hasFailed = false;
    this.isThrown = false;
    this.box = make("input", {
      type: "checkbox",
      onchange: () => this.#try(() => this.#tick(this.box.checked)),
    });
    this.sentence = make("span", { role: "status" });
    this.words = ""; // as they are drawn
  }

  /** Whether nothing is lost with the page. */
  get isSafe() {
    return this.told.saved ? this.desk.draft.answered : this.isKept;
  }

  get #isWanted() {
    const { here, saved, large } = this.told;
    if (saved || large || this.hasFailed || this.isThrown) return false;
    return here || this.store.isTicked;
  }

  /**
   * Hear from Python, after the draft has.
   *
   * @param {Told} told
   * @param {Tell} tell
   */
  take(told, tell) {
    this.told = told;
    this.tell = tell;
    this.#try(() => this.#settle());
  }

  /** Keep the draft if it is to be kept; what of it is not here is asked for. */
  async #settle() {
    const { key, before, saved, kept } = this.told;
    if (saved) await this.store.remove(key, before);
    if (this.#isWanted && kept) {
      const log = [...kept.log, ...this.desk.draft.log];
      await this.store.begin({ ...kept, log }, before);
    }
    this.isKept = this.#isWanted && (await this.store.has(key));
    if (this.#isWanted && !this.isKept) this.tell("wanted", true);
  }

  /**
   * Keep edits that Python has not answered yet.
   *
   * @param {Edit[]} log
   */
  async write(log) {
    if (!this.#isWanted) return;
    const { key } = this.told;
    await this.#try(async () => {
      await this.store.add(key, log);
      this.isKept = await this.store.has(key); // another tab may have gone on with it
    });
  }

  async #throwAway() {
    this.isThrown = true;
    this.isKept = false;
    await this.#try(() => this.store.remove(this.told.key, this.told.before));
    this.tell("thrown", true);
  }

  /** @param {boolean} isOn */
  async #tick(isOn) {
    this.hasFailed = false;
    if (isOn) {
      this.store.tick();
      await this.#settle();
    } else {
      await this.store.untick();
      this.isKept = false;
    }
  }

  /**
   * Do something with the store; where it can't be done nothing is kept from now on.
   *
   * @param {() => Promise<void>} act
   */
  async #try(act) {
    try {
      await act();
    } catch {
      this.hasFailed = true;
      this.isKept = false;
    }
    this.#draw();
  }

  // --- the line that says it -----------------------------------------------------------------------

  /** Say it; what has the keyboard keeps it. */
  #draw() {
    const words = JSON.stringify(this.told.words);
    if (words !== this.words) this.#drawWords();
    this.words = words;
    this.box.checked = this.store.isTicked;
    this.sentence.textContent = this.#said();
  }

  #drawWords() {
    const { here, words } = this.told;
    this.part.replaceChildren(
      here ? "" : make("label", {}, this.box, words.tick),
      this.sentence,
      askingButton(words.throw_away, words.really, () => this.#throwAway()),
    );
  }

  #said() {
    const { here, saved, large, words } = this.told;
    if (saved) return words.saved;
    if (large) return words.large;
    if (this.hasFailed) return words.failed;
    return here && this.isKept ? words.here : "";
  }
}
