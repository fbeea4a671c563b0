// A table: heads that sort, rows and cells that open something, columns to choose from.
//
// Its rows are one stop of the Tab key; the arrows, Page Up and Down, Home and End go through them.
// On a telephone each row of measures is a card (table.css).

/**
 * What Python sends (lib/web/table.py) as JSON.
 * @typedef {{
 *   key: string, head: string, sort: string, isNumeric: boolean, isHeader: boolean, onCard: boolean,
 * }} Column sort: what its head sorts by, "" for nothing; isHeader: it names the row
 * @typedef {{ key: string, head: string, isOn: boolean, isFixed: boolean }} Choice a column that may be shown
 * @typedef {{ sort: string, words: string }} Order
 * @typedef {{ more: string, less: string, columns: string, orders: string, back: string, on: string }} Words
 * @typedef {{
 *   caption: string, columns: Column[], rows: string[][], opens: string[],
 *   cellsOpen: Record<string, string[]>, sort: string, orders: Order[],
 *   choices: Choice[], pageRows: number, asCards: boolean, paper: string,
 *   words: Words,
 * }} Table
 *   opens: for each row what it opens, "" for nothing; cellsOpen: by a column's place for each row
 *   what its cell opens instead; orders: all that it can be sorted by; paper: "list" or "sheet" where
 *   it is printed
 * @typedef {(name: string, value: string) => void} Tell
 */

const LEAST = 12; // characters that a text keeps on a line, where it has as many
const ONE_LINE = 10; // characters of a text that is never broken
const PAGE = 10; // rows that Page Down goes on
const SHORT_HEAD = 8; // characters of a heading that is never broken
const TALL = 400; // characters of a text in a row that may be cut on paper: it fills half a sheet
const DOWN = "-"; // before what is sorted by from the last to the first

/** @type {Record<string, [number, number]>} key → how many rows and stops in a row it goes on */
const STEPS = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [PAGE, 0],
  PageUp: [-PAGE, 0],
  End: [Infinity, 0],
  Home: [-Infinity, 0],
};

/** @type {WeakMap<HTMLElement, { rows: string, page: number }>} what a table keeps from run to run */
const KEPT = new WeakMap();

/**
 * @param {{ parentElement: ParentNode, data: Uint8Array, setTriggerValue: Tell }} component
 */
export default function show({ parentElement, data, setTriggerValue }) {
  const table = /** @type {Table} */ (JSON.parse(new TextDecoder().decode(data)));
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".place"));
  const rows = JSON.stringify(table.rows);
  if (KEPT.get(place)?.rows !== rows) KEPT.set(place, { rows, page: 0 });
  draw(place, table, setTriggerValue);
  followMark(place);
  place.onkeydown = (event) => walk(place, event);
}

/**
 * @param {HTMLElement} place
 * @param {Table} table
 * @param {Tell} tell
 */
function draw(place, table, tell) {
  const focused = nameOf(/** @type {ShadowRoot} */ (place.getRootNode()).activeElement);
  const isOpen = Boolean(place.querySelector("details")?.open);
  const scrolled = place.querySelector(".scroller")?.scrollLeft ?? 0;
  const scroller = element("div", "scroller");
  scroller.append(makeTable(place, table, tell));
  place.classList.toggle("cards", table.asCards);
  place.dataset.paper = table.paper;
  place.replaceChildren(...tools(place, table, tell, isOpen), scroller);
  scroller.scrollLeft = scrolled;
  if (table.paper) fit(scroller);
  else watch(scroller, table);
  mark(place);
  for (const one of place.querySelectorAll("[data-name]"))
    if (one instanceof HTMLElement && focused && one.dataset.name === focused)
      one.focus({ preventScroll: true });
}

// --- what is open ---------------------------------------------------------------------------------

/** @type {WeakSet<HTMLElement>} tables that follow what table_mark.js says */
const FOLLOWING = new WeakSet();

/** @param {HTMLElement} place */
function followMark(place) {
  const holder = holderOf(place);
  if (!holder || FOLLOWING.has(place)) return;
  FOLLOWING.add(place);
  new MutationObserver(() => mark(place)).observe(holder, { attributeFilter: ["data-at"] });
}

/**
 * The element of the page that holds the component.
 * @param {HTMLElement} place
 */
function holderOf(place) {
  const root = place.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : place;
  return /** @type {HTMLElement | null} */ (host.closest('[class*="st-key-"]'));
}

/**
 * Mark the row or the cell that is open; there the Tab key enters the table.
 * @param {HTMLElement} place
 */
function mark(place) {
  const at = holderOf(place)?.dataset.at;
  for (const one of place.querySelectorAll("tbody [data-opens]"))
    one.ariaCurrent = at && /** @type {HTMLElement} */ (one).dataset.opens === at ? "true" : null;
  const stops = [...place.querySelectorAll("tbody [tabindex]")];
  const entry = stops.find((stop) => stop.closest("[aria-current]")) ?? stops[0];
  for (const stop of stops) /** @type {HTMLElement} */ (stop).tabIndex = stop === entry ? 0 : -1;
}

/** @param {Element | null} element what the next drawing is to give the focus again */
function nameOf(element) {
  return element instanceof HTMLElement ? element.dataset.name : undefined;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 */
function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * @param {string} text
 * @param {string} name
 * @param {() => void} press
 */
function button(text, name, press) {
  const made = element("button", "", text);
  made.type = "button";
  made.dataset.name = name;
  made.onclick = press;
  return made;
}

// --- above the table -----------------------------------------------------------------------------

/**
 * @param {HTMLElement} place
 * @param {Table} table
 * @param {Tell} tell
 * @param {boolean} isOpen whether the menu of columns is
 */
function tools(place, table, tell, isOpen) {
  const bar = element("div", "tools");
  if (table.asCards && table.orders.length) bar.append(orderBox(table, tell));
  if (table.rows.length > table.pageRows) bar.append(...pager(place, table, tell));
  if (table.choices.length) bar.append(columnMenu(table, tell, isOpen));
  return bar.childElementCount ? [bar] : [];
}

/**
 * The order as a box to choose from: a card has no heads.
 * @param {Table} table
 * @param {Tell} tell
 */
function orderBox(table, tell) {
  const label = element("label", "orders", table.words.orders);
  const box = element("select");
  for (const order of table.orders) box.add(new Option(order.words, order.sort));
  box.value = table.sort;
  box.dataset.name = "order";
  box.onchange = () => tell("sorted", box.value);
  label.append(box);
  return label;
}

/**
 * @param {HTMLElement} place
 * @param {Table} table
 * @param {Tell} tell
 */
function pager(place, table, tell) {
  const kept = /** @type {{ page: number }} */ (KEPT.get(place));
  const from = kept.page * table.pageRows;
  const to = Math.min(from + table.pageRows, table.rows.length);
  /** @param {number} step */
  const turn = (step) => () => {
    kept.page += step;
    draw(place, table, tell);
  };
  const back = button("‹", "back", turn(-1));
  const on = button("›", "on", turn(1));
  back.ariaLabel = table.words.back;
  on.ariaLabel = table.words.on;
  back.disabled = from === 0;
  on.disabled = to === table.rows.length;
  return [back, element("span", "", `${from + 1}–${to} / ${table.rows.length}`), on];
}

/**
 * @param {Table} table
 * @param {Tell} tell
 * @param {boolean} isOpen
 */
function columnMenu(table, tell, isOpen) {
  const menu = element("details", "menu");
  const head = element("summary", "", table.words.columns);
  head.dataset.name = "menu";
  const list = element("div", "list");
  const boxes = table.choices.map(columnBox);
  list.append(...boxes.map((box) => /** @type {HTMLElement} */ (box.parentElement)));
  list.onchange = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    tell("columns", chosen.join(","));
  };
  menu.open = isOpen;
  menu.append(head, list);
  menu.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    head.focus();
  };
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}

/** @param {Choice} choice */
function columnBox(choice) {
  const label = element("label");
  const box = element("input");
  box.type = "checkbox";
  box.value = choice.key;
  box.checked = choice.isOn;
  box.disabled = choice.isFixed;
  box.dataset.name = `column ${choice.key}`;
  label.append(box, choice.head);
  return box;
}

// --- the table -----------------------------------------------------------------------------------

/**
 * @param {HTMLElement} place
 * @param {Table} table
 * @param {Tell} tell
 */
function makeTable(place, table, tell) {
  const made = element("table");
  made.role = "table"; // a card is laid out as none: browsers would take it for what it looks like
  made.append(element("caption", "", table.caption));
  const head = made.createTHead();
  head.role = "rowgroup";
  const heads = head.insertRow();
  heads.role = "row";
  heads.append(...table.columns.map((column) => headCell(column, table, tell)));
  const body = made.createTBody();
  body.role = "rowgroup";
  const first = (KEPT.get(place)?.page ?? 0) * table.pageRows;
  const last = Math.min(first + table.pageRows, table.rows.length);
  const lengths = table.columns.map((_, n) => Math.max(...table.rows.map((row) => row[n].length)));
  for (let row = first; row < last; row += 1) body.append(makeRow(table, row, lengths, tell));
  return made;
}

/**
 * @param {Column} column
 * @param {Table} table
 * @param {Tell} tell
 */
function headCell(column, table, tell) {
  const cell = element("th", column.isNumeric ? "number" : "");
  cell.scope = "col";
  cell.role = "columnheader";
  const text = element("span", column.head.length > SHORT_HEAD ? "long" : "", column.head);
  if (!column.sort) {
    cell.append(text);
    return cell;
  }
  const down = DOWN + column.sort;
  const isUp = table.sort === column.sort;
  const isDown = table.sort === down;
  if (isUp || isDown) cell.ariaSort = isUp ? "ascending" : "descending";
  let next = column.sort;
  if (isUp) next = down;
  else if (isDown) next = "";
  const sorting = button("", `head ${column.key}`, () => tell("sorted", next));
  sorting.append(text);
  cell.append(sorting);
  return cell;
}

/**
 * @param {Table} table
 * @param {number} number
 * @param {number[]} lengths of the longest text of each column
 * @param {Tell} tell
 */
function makeRow(table, number, lengths, tell) {
  const row = element("tr");
  row.role = "row";
  const opens = table.opens[number] ?? "";
  if (opens) row.dataset.opens = opens;
  row.classList.toggle(
    "tall",
    table.rows[number].some((text) => text.length > TALL),
  );
  table.columns.forEach((column, place) => {
    const own = table.cellsOpen[place]?.[number] ?? "";
    const cell = makeCell(table, column, table.rows[number][place]);
    size(cell, lengths[place]);
    if (own) cell.dataset.opens = own;
    if (own || opens) open(cell, own || opens, Boolean(own) || column.isHeader, tell);
    row.append(cell);
  });
  return row;
}

/**
 * @param {Table} table
 * @param {Column} column
 * @param {string} text
 */
function makeCell(table, column, text) {
  const cell = element(column.isHeader ? "th" : "td", column.isNumeric ? "number" : "");
  cell.role = column.isHeader ? "rowheader" : "cell";
  if (column.isHeader) cell.scope = "row";
  if (table.asCards && (!column.onCard || !text)) cell.classList.add("off-card");
  cell.dataset.key = column.key;
  cell.dataset.head = column.head;
  const words = element("div", "text");
  words.append(element("span", "", text));
  cell.append(words);
  return cell;
}

/**
 * Short texts are never broken; of a long one a few characters stay together, and a line has no
 * fewer than these.
 * @param {HTMLElement} cell
 * @param {number} longest
 */
function size(cell, longest) {
  if (longest <= ONE_LINE) cell.classList.add("short");
  else cell.style.setProperty("--least", `${Math.min(longest, LEAST)}em`);
}

/**
 * A click anywhere in a cell opens; what is a stop of the keyboard opens by Enter and Space too.
 * @param {HTMLElement} cell
 * @param {string} opens
 * @param {boolean} isStop
 * @param {Tell} tell
 */
function open(cell, opens, isStop, tell) {
  cell.classList.add("opens");
  cell.onclick = () => {
    if (!hasSelection(cell)) tell("opened", opens);
  };
  const words = cell.querySelector("span");
  if (!isStop || !words?.textContent) return;
  words.role = "button";
  words.tabIndex = -1;
  words.dataset.name = `opens ${opens}`;
  words.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    tell("opened", opens);
  };
}

/**
 * Who marks a text to copy it does not open the row.
 * @param {HTMLElement} cell
 */
function hasSelection(cell) {
  const root = /** @type {{ getSelection?: () => Selection }} */ (cell.getRootNode());
  const selection = root.getSelection?.() ?? document.getSelection(); // the former is Chromium's
  return Boolean(selection && !selection.isCollapsed && `${selection}`);
}

// --- what does not fit ---------------------------------------------------------------------------

/**
 * Say what is cut: columns beyond the edge, and lines of a text, which a button opens.
 * @param {HTMLElement} scroller
 * @param {Table} table
 */
function watch(scroller, table) {
  const look = () => {
    const { scrollLeft, scrollWidth, clientWidth } = scroller;
    const isWide = scrollWidth > clientWidth + 1;
    scroller.classList.toggle("wide", isWide);
    scroller.classList.toggle("more-right", isWide && scrollLeft + clientWidth < scrollWidth - 1);
    scroller.tabIndex = isWide ? 0 : -1;
    if (isWide) scroller.role = "region";
    scroller.ariaLabel = isWide ? table.caption : null;
    for (const text of scroller.querySelectorAll(".text")) offerMore(text, table.words);
  };
  scroller.onscroll = look;
  new ResizeObserver(look).observe(scroller);
}

/**
 * Paper has no columns beyond its edge.
 * @param {HTMLElement} scroller
 */
function fit(scroller) {
  scroller.style.zoom = `${Math.min(1, scroller.clientWidth / scroller.scrollWidth)}`;
}

/**
 * @param {Element} text
 * @param {Words} words
 */
function offerMore(text, words) {
  const isCut = text.scrollHeight > text.clientHeight + 2;
  const cell = /** @type {HTMLElement} */ (text.parentElement);
  const old = cell.querySelector("button");
  if (!isCut && old && !text.classList.contains("whole")) old.remove();
  if (!isCut || old) return;
  const more = button(words.more, "", () => {
    const isWhole = text.classList.toggle("whole");
    more.textContent = isWhole ? words.less : words.more;
    more.ariaExpanded = `${isWhole}`;
  });
  more.ariaExpanded = "false";
  more.tabIndex = -1;
  more.addEventListener("click", (event) => event.stopPropagation());
  cell.append(more);
}

// --- the keyboard --------------------------------------------------------------------------------

/**
 * @param {HTMLElement} place
 * @param {KeyboardEvent} event
 */
function walk(place, event) {
  const step = STEPS[event.key];
  const rows = [...place.querySelectorAll("tbody tr")].map(stopsOf).filter((row) => row.length);
  const here = rows.findIndex((row) => row.includes(/** @type {HTMLElement} */ (event.target)));
  if (!step || here < 0) return;
  event.preventDefault();
  const [down, right] = step;
  const column = rows[here].indexOf(/** @type {HTMLElement} */ (event.target));
  const row = rows[within(here + down, rows.length)];
  const stop = row[within(column + right, row.length)];
  for (const one of rows.flat()) one.tabIndex = -1;
  stop.tabIndex = 0;
  stop.focus();
}

/** @param {Element} row */
function stopsOf(row) {
  return /** @type {HTMLElement[]} */ ([...row.querySelectorAll("[tabindex]")]);
}

/**
 * @param {number} number
 * @param {number} count
 */
function within(number, count) {
  return Math.max(0, Math.min(number, count - 1));
}
