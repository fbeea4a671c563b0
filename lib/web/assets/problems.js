// The list of problems: sentences that wrap, of which those that can be mended open an editor.
//
// It is one stop of the Tab key; the arrows, Page Up and Down, Home and End go through it.

/**
 * What Python sends (lib/web/problems.py) as JSON: the sentences, the numbers of those that open, the one
 * that was opened last (-1 for none), and what the list is called.
 * @typedef {{ sentences: string[], opening: number[], at: number, label: string }} Problems
 */

const PAGE = 10; // items that Page Down goes on

/** @type {Record<string, number>} key → how many items it goes on */
const STEPS = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Infinity,
  Home: -Infinity,
};

/**
 * @param {{
 *   parentElement: ParentNode,
 *   data: Uint8Array,
 *   setTriggerValue: (name: string, value: number) => void,
 * }} component
 */
export default function show({ parentElement, data, setTriggerValue }) {
  const problems = /** @type {Problems} */ (JSON.parse(new TextDecoder().decode(data)));
  const list = /** @type {HTMLUListElement} */ (parentElement.querySelector("ul"));
  const opening = new Set(problems.opening);
  const items = problems.sentences.map((sentence, number) =>
    makeItem(sentence, opening.has(number) ? () => setTriggerValue("opened", number) : null),
  );
  list.ariaLabel = problems.label;
  list.replaceChildren(...items.map(inListItem));
  listen(list, items);
  const first = items[Math.max(0, Math.min(problems.at, items.length - 1))];
  first.tabIndex = 0;
  if (problems.at >= 0) first.focus();
}

/**
 * @param {string} sentence
 * @param {(() => void) | null} open null where the problem can't be mended here
 */
function makeItem(sentence, open) {
  const item = document.createElement(open ? "button" : "span");
  item.textContent = sentence;
  item.tabIndex = -1;
  if (open) item.onclick = open;
  return item;
}

/** @param {HTMLElement} item */
function inListItem(item) {
  const place = document.createElement("li");
  place.append(item);
  return place;
}

/**
 * @param {HTMLUListElement} list
 * @param {HTMLElement[]} items
 */
function listen(list, items) {
  list.onkeydown = (event) => {
    const step = STEPS[event.key];
    const here = items.indexOf(/** @type {HTMLElement} */ (event.target));
    if (step === undefined || here < 0) return;
    event.preventDefault();
    const there = items[Math.max(0, Math.min(here + step, items.length - 1))];
    items[here].tabIndex = -1;
    there.tabIndex = 0;
    there.focus();
  };
}
