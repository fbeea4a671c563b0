// What is typed about a measure stays in this browser until the ledger has it: a lost connection, a
// reload or a full disk on the server takes no text away.

const STORE = "board-unsent";
const KEPT_FOR = 7 * 24 * 3600 * 1000; // milliseconds
const FIELD = /st-key-act_\d+_(\w+)/; // the class of a text box, by its field

/**
 * What is kept of a measure: which act is being written, its texts by field, and when it was typed last.
 * @typedef {{ act: string, texts: Record<string, string>, at: number }} Unsent
 */

const offered = new Set(); // measures whose texts were given back since the page was loaded

/**
 * @param {{
 *   parentElement: Node,
 *   data: { measure: string, act: string, over: boolean },
 *   setTriggerValue: (name: string, value: string) => void,
 * }} component
 */
export default function show({ parentElement, data, setTriggerValue }) {
  const kept = read();
  if (data.over) {
    delete kept[data.measure];
    write(kept);
  } else if (kept[data.measure] && !offered.has(data.measure)) {
    setTriggerValue("restored", JSON.stringify(kept[data.measure]));
  }
  offered.add(data.measure);
  const root = parentElement.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : parentElement;
  const forms = host instanceof Element ? host.closest(".st-key-followed") : null;
  if (!(forms instanceof HTMLElement)) return;
  forms.oninput = (event) => keep(event.target, data);
  forms.onbeforeinput = refuseNoNumber;
}

/**
 * A number below zero, or none, would stand in its box and not be recorded: it can't be typed.
 * @param {InputEvent} event
 */
function refuseNoNumber(event) {
  const typed = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  if (isNumberBox(event.target) && /[^\d.]/.test(typed)) event.preventDefault();
}

/**
 * @param {EventTarget | null} box
 * @returns {box is HTMLInputElement}
 */
function isNumberBox(box) {
  return box instanceof HTMLInputElement && box.type === "number";
}

/**
 * Keep a text or a number with the others of its measure.
 * @param {EventTarget | null} box
 * @param {{ measure: string, act: string }} about
 */
function keep(box, about) {
  if (!(box instanceof HTMLTextAreaElement || isNumberBox(box))) return;
  const field = box.closest('[class*="st-key-act_"]')?.className.match(FIELD)?.[1];
  if (!field) return;
  const kept = read();
  const before = kept[about.measure];
  const texts = before?.act === about.act ? before.texts : {};
  kept[about.measure] = { act: about.act, texts: { ...texts, [field]: box.value }, at: Date.now() };
  write(kept);
}

/** @returns {Record<string, Unsent>} by measure, without what is old */
function read() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(STORE) ?? "{}"));
    return Object.fromEntries(all.filter(([, unsent]) => Date.now() - unsent.at < KEPT_FOR));
  } catch {
    return {}; // a browser that keeps nothing, or something else under this name
  }
}

/** @param {Record<string, Unsent>} kept */
function write(kept) {
  try {
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // it is full, or keeps nothing: what is typed stays in the page
  }
}
