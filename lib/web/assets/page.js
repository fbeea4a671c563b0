// What every page needs of the browser: the page's language, a button that copies the address, links to
// pages that keep what narrows the view, charts that let a finger scroll, and print that fits the paper.

/**
 * What Python sends (lib/web/page_script.py): the words of the buttons, the page's language, what a
 * page says of itself where it is printed, and what a fixed address has beside the parameters that
 * the address bar has, and the names of the parameters that all pages have.
 * @typedef {{
 *   copy: string, copyFixed: string, copyFollowing: string, following: string, copied: string,
 *   lang: string, print: string, fixed: Record<string, string>, onAllPages: string[],
 * }} Words
 */

const COPIED = 2000; // milliseconds for which the button says so

/** @param {{ parentElement: HTMLElement, data: Words }} component */
export default function ({ parentElement, data }) {
  document.documentElement.lang = data.lang;
  document.documentElement.style.setProperty("--print-screen", JSON.stringify(data.print));
  drawCopyButtons(parentElement, data);
  onAllPages = data.onAllPages;
  requestAnimationFrame(showOpenPage); // the open one is bold only then
}

// --- the links to the pages ----------------------------------------------------------------------

const BAR = '[data-testid="stSidebarNav"]'; // of a telephone
const LINKS = `[data-testid="stTopNav"] a, ${BAR} a`;

/** @type {string[]} */
let onAllPages = [];

/** In a bar that is wider than the telephone, the page that is open is in sight. */
function showOpenPage() {
  const bar = document.querySelector(BAR);
  const links = [...(bar?.querySelectorAll("a") ?? [])];
  const open = links.find((link) => firstPart(link) === firstPart(location));
  if (!bar || !open) return;
  const place = open.getBoundingClientRect();
  const { left, width } = bar.getBoundingClientRect();
  bar.scrollLeft += place.left - left - (width - place.width) / 2;
}

/**
 * A page's path, which of the first page Streamlit writes as none at all.
 * @param {HTMLAnchorElement | Location} place
 */
function firstPart(place) {
  const isLink = place instanceof HTMLAnchorElement;
  const written = isLink ? (place.getAttribute("href") ?? "").split("?")[0] : place.href;
  return new URL(written || "./", document.baseURI).pathname;
}

/**
 * Before a link to a page is followed, or opened in a new tab, where Streamlit has no part in it: it
 * gets what narrows the view.
 * @param {Event} event
 */
function keepFilters(event) {
  const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  const address = new URL(firstPart(link), document.baseURI);
  const here = new URLSearchParams(location.search);
  for (const name of onAllPages)
    for (const text of here.getAll(name)) address.searchParams.append(name, text);
  link.href = address.href;
}

for (const kind of ["pointerdown", "contextmenu", "focusin"])
  addEventListener(kind, keepFilters, { capture: true });

// --- copy the address ----------------------------------------------------------------------------

/**
 * @param {HTMLElement} parent
 * @param {Words} words
 */
function drawCopyButtons(parent, words) {
  const [fixed, following] = parent.querySelectorAll("button");
  if (!fixed || !following) return;
  drawCopyButton(fixed, words.copy, words.copyFixed, words.copied, () => fixedAddress(words.fixed));
  drawCopyButton(following, words.following, words.copyFollowing, words.copied, () =>
    addressWithout("as_of"),
  );
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} label
 * @param {string} title what it does, in full
 * @param {string} copied what the button says when it is done
 * @param {() => string} address what is copied
 */
function drawCopyButton(button, label, title, copied, address) {
  button.textContent = label;
  button.title = title;
  button.onclick = async () => {
    await copy(address());
    button.textContent = copied;
    setTimeout(() => {
      button.textContent = label;
    }, COPIED);
  };
}

/**
 * The address as it is, with the parameters that it leaves to the day and to the table.
 * @param {Record<string, string>} parameters
 */
function fixedAddress(parameters) {
  const address = new URL(location.href);
  for (const [name, text] of Object.entries(parameters)) {
    if (text) address.searchParams.set(name, text);
  }
  return address.href;
}

/** @param {string} name of a parameter */
function addressWithout(name) {
  const address = new URL(location.href);
  address.searchParams.delete(name);
  return address.href;
}

/**
 * On plain http from another host there is no clipboard API; the old command does there.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

globalThis.boardCopy = copy;

// --- charts under a finger -----------------------------------------------------------------------

const FIGURES = '[class*="st-key-figure_"]';

/**
 * Plotly would hold the page while a finger moves over a chart. A tap reaches it as the mouse's
 * click that follows.
 * @param {TouchEvent} event
 */
function keepFromPlotly(event) {
  if (event.target instanceof Element && event.target.closest(FIGURES)) event.stopPropagation();
}

addEventListener("touchstart", keepFromPlotly, { capture: true, passive: true });

// --- names beside a chart ------------------------------------------------------------------------

/**
 * What Plotly gives to its element, as far as it is documented; `meta` is ours (charts/figure.py): as JSON,
 * where each row of the plot ends, in pixels from its top, and what a click on it opens.
 * @typedef {HTMLElement & {
 *   data: object[],
 *   layout: { margin: { l: number, r: number, t: number }, meta?: string },
 *   emit: (event: string, points: object) => void,
 * }} Plot
 */

/**
 * What a place beside the plot opens: the names on the left and the numbers on the right of its rows.
 * Plotly hears nothing there.
 * @param {MouseEvent} event
 * @returns {{ plot: Plot, query: string } | null}
 */
function besidePlot(event) {
  const target = event.target instanceof Element ? event.target : null;
  const plot = /** @type {Plot | null} */ (target?.closest(`${FIGURES} .js-plotly-plot`) ?? null);
  const meta = plot?.layout?.meta;
  if (!plot || !meta) return null;
  const place = plot.getBoundingClientRect();
  const { l, r, t } = plot.layout.margin;
  const isInPlot = event.clientX > place.left + l && event.clientX < place.right - r;
  const height = event.clientY - place.top - t;
  if (isInPlot || height < 0) return null;
  /** @type {[number, string][]} */
  const bands = JSON.parse(meta);
  const band = bands.find(([bottom]) => height < bottom);
  return band?.[1] ? { plot, query: band[1] } : null;
}

addEventListener("click", (event) => {
  const name = besidePlot(event);
  if (!name) return;
  const { plot, query } = name;
  const point = {
    customdata: query,
    curveNumber: 0,
    pointIndex: 0,
    pointNumber: 0,
    data: plot.data[0],
  };
  plot.emit("plotly_selected", { points: [point] }); // as Streamlit hears of a bar
});

addEventListener("mousemove", (event) => {
  const plot = event.target instanceof Element ? event.target.closest(".js-plotly-plot") : null;
  if (plot instanceof HTMLElement) plot.style.cursor = besidePlot(event) ? "pointer" : "";
});

// --- print ---------------------------------------------------------------------------------------

const PAPER_WIDTH = 1030; // A4 landscape within its margins, in CSS pixels
const PAPER_HEIGHT = 700;
const HEADLINE = 90; // pixels of the headline above a chart
const SHEET_HEIGHT = 1050; // A4 upright, and the gaps that print leaves out
const SMALLEST = 0.6; // what would have to be smaller to stand on one sheet is cut instead

/**
 * Charts and tables keep the width that they have on the screen, so the page is scaled as a whole
 * to fit the paper, and a chart that is somewhat higher than a sheet, with the headline above it,
 * once more.
 */
function fitToPaper() {
  const width = document.querySelector(".stMainBlockContainer")?.clientWidth ?? PAPER_WIDTH;
  const isPaper = document.querySelector(".st-key-paper") !== null; // it has the paper's width
  const scale = isPaper ? 1 : Math.min(1, PAPER_WIDTH / width);
  const page = document.documentElement.style;
  page.setProperty("--screen-width", `${width}px`);
  page.setProperty("--paper-scale", `${scale}`);
  const sheet = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-paper_sheet"));
  sheet?.style.setProperty("--fitting", `${Math.min(1, SHEET_HEIGHT / sheet.scrollHeight)}`);
  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll(FIGURES);
  for (const figure of figures) {
    const fitting = (PAPER_HEIGHT / scale - HEADLINE) / figure.scrollHeight;
    const factor = fitting < SMALLEST ? 1 : Math.min(1, fitting);
    figure.style.setProperty("--fitting", `${factor}`);
  }
}

addEventListener("beforeprint", fitToPaper);
