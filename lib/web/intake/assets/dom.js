// Elements. Whatever comes from a document is set as text, never as markup.

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes `on…` are listeners; false and null are left out
 * @param {...(Node | string | null)} children null is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * @param {string} label
 * @param {() => void} act
 * @param {Record<string, any>} attributes
 */
export function button(label, act, attributes = {}) {
  return make("button", { type: "button", onclick: act, ...attributes }, label);
}

/**
 * A button for what can't be undone: pressed once it asks, pressed again it acts. Who double-clicks
 * is asked as well.
 *
 * @param {string} label
 * @param {string} question
 * @param {() => void} act
 */
export function askingButton(label, question, act) {
  const press = (/** @type {MouseEvent} */ event) => {
    if (node.textContent === label) node.textContent = question;
    else if (event.detail <= 1) act();
  };
  const calm = () => {
    node.textContent = label;
  };
  const node = make("button", { type: "button", onclick: press, onblur: calm }, label);
  return node;
}

/**
 * A list that folds away and stays as it was, open or shut; without items there is none.
 *
 * @param {HTMLElement} part where it stands
 * @param {string} title
 * @param {HTMLElement[]} items
 * @param {boolean} isOpen at first
 */
export function drawFold(part, title, items, isOpen = false) {
  if (!items.length) {
    part.replaceChildren();
    return;
  }
  const open = part.querySelector("details")?.open ?? isOpen;
  const summary = make("summary", {}, title);
  part.replaceChildren(make("details", { open }, summary, make("ul", {}, ...items)));
}

/**
 * The element below a root that has the keyboard, in its shadow too.
 *
 * @param {HTMLElement} root
 * @returns {Element | null}
 */
export function focusedIn(root) {
  const tree = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  const focused = tree.activeElement;
  return root.contains(focused) ? focused : null;
}

const EDGE = 8; // pixels that a node keeps from the upper and lower edge of its pane

/**
 * Scroll a pane so far that a node in it can be seen; nothing moves where it can.
 *
 * @param {HTMLElement} pane
 * @param {Element | null | undefined} node
 */
export function scrollTo(pane, node) {
  if (!node) return;
  const box = node.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const inHeight = box.top >= frame.top + EDGE && box.bottom <= frame.bottom - EDGE;
  const inWidth = box.left >= frame.left && box.right <= frame.right;
  if (!inHeight) pane.scrollTop += box.top - frame.top - frame.height / 3;
  if (!inWidth) pane.scrollLeft += box.left - frame.left - frame.width / 3;
}

const SURROGATE = /[\ud800-\udfff]/;

/**
 * Characters start to end of a text, as Python counts them: the browser counts UTF-16 units,
 * and the two differ after a rare character.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function characters(text, start, end) {
  if (SURROGATE.test(text)) return [...text].slice(start, end).join("");
  return text.slice(start, end);
}

/**
 * How many characters a text has, as Python counts them.
 *
 * @param {string} text
 */
export function length(text) {
  return [...text].length;
}
