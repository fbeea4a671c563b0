// The headings of a timeline's lanes, over those of the figure: they stay in sight while their lane is
// scrolled through, and open or fold it.

/**
 * One lane: its heading, its place and the height of the heading in pixels, whether it is open, and
 * whether a click turns that.
 * @typedef {{
 *   words: string, top: number, height: number, head: number, open: boolean, turns: boolean,
 * }} Lane
 */

/**
 * @param {{
 *   parentElement: ParentNode,
 *   data: Uint8Array,
 *   setTriggerValue: (name: string, value: number) => void,
 * }} component Python sends its data (lib/web/lanes.py) as JSON: the figure's height, and the lanes.
 */
export default function show({ parentElement, data, setTriggerValue }) {
  /** @type {{ height: number, lanes: Lane[] }} */
  const timeline = JSON.parse(new TextDecoder().decode(data));
  const figure = /** @type {HTMLOListElement} */ (parentElement.querySelector("ol"));
  figure.style.height = `${timeline.height}px`;
  const places = timeline.lanes.map((lane, number) => {
    const turn = lane.turns ? () => setTriggerValue("turned", number) : null;
    return fill(/** @type {HTMLElement | undefined} */ (figure.children[number]), lane, turn);
  });
  if (places.some((place, number) => place !== figure.children[number])) {
    figure.replaceChildren(...places);
  }
  while (figure.children.length > places.length) figure.lastElementChild?.remove();
}

/**
 * A lane's place with its heading; the one that is there keeps the focus.
 * @param {HTMLElement | undefined} place
 * @param {Lane} lane
 * @param {(() => void) | null} turn
 */
function fill(place, lane, turn) {
  const tag = turn ? "BUTTON" : "SPAN";
  if (place?.firstElementChild?.tagName !== tag) {
    place = document.createElement("li");
    place.append(document.createElement(tag));
  }
  const heading = /** @type {HTMLElement} */ (place.firstElementChild);
  place.style.top = `${lane.top}px`;
  place.style.height = `${lane.height}px`;
  heading.style.height = `${lane.head}px`;
  heading.textContent = lane.words;
  heading.onclick = turn;
  if (turn) heading.ariaExpanded = `${lane.open}`;
  return place;
}
