// The offers: drafts that this browser keeps, to be gone on with or thrown away.

import { askingButton, button, make } from "./dom.js";
import { Store } from "./store.js";

/** @import { KeptDraft, Offering } from "./kept.d.ts" */
/** @import { Kept } from "./store.js" */

/** @typedef {(name: "go_on", draft: KeptDraft) => void} GoOn */

class Offers {
  /** @param {HTMLElement} part */
  constructor(part) {
    this.part = part;
    this.store = new Store();
  }

  /**
   * @param {Offering} told
   * @param {GoOn} goOn
   */
  async take(told, goOn) {
    const kept = await this.store.list().catch(() => []); // a browser that stores nothing
    const others = kept.filter(({ key }) => key !== told.on_desk);
    if (!others.length) {
      this.part.replaceChildren();
      return;
    }
    const items = others.map((draft) => this.#item(draft, told, goOn));
    this.part.replaceChildren(make("b", {}, told.words.title), make("ul", {}, ...items));
  }

  /**
   * @param {Kept} kept
   * @param {Offering} told
   * @param {GoOn} goOn
   */
  #item({ key, name, changed, edits }, told, goOn) {
    const { words } = told;
    const remove = async () => {
      await this.store.remove(key);
      this.take(told, goOn);
    };
    const open = async () => {
      const draft = await this.store.whole(key);
      if (draft) goOn("go_on", draft);
      else remove(); // another tab has gone on with it
    };
    return make(
      "li",
      {},
      make("span", { class: "name" }, name),
      make("small", {}, timeOf(changed)),
      make("small", {}, words.edits.replace("{}", String(edits))),
      button(words.go_on, open, { class: "main", "aria-label": `${words.go_on}: ${name}` }),
      askingButton(words.throw_away, words.really, remove),
    );
  }
}

/**
 * A time on the reader's clock as 2026-11-27 14:05, which is how Swedish writes it.
 *
 * @param {number} milliseconds
 */
function timeOf(milliseconds) {
  const look = /** @type {const} */ ({ dateStyle: "short", timeStyle: "short" });
  return new Date(milliseconds).toLocaleString("sv-SE", look);
}

/** @type {WeakMap<ParentNode, Offers>} by where Streamlit draws them */
const offersOf = new WeakMap();

/**
 * What Streamlit calls each time that it draws the component.
 *
 * @param {{ parentElement: ParentNode, data: Offering, setTriggerValue: GoOn }} component
 */
export default function show({ parentElement, data, setTriggerValue }) {
  const part = /** @type {HTMLElement} */ (parentElement.querySelector(".offers"));
  let offers = offersOf.get(parentElement);
  if (!offers || offers.part !== part) {
    offers = new Offers(part);
    offersOf.set(parentElement, offers);
  }
  offers.take(data, setTriggerValue);
}
