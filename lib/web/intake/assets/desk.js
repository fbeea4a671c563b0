// The intake desk: the document with what was read from it, the rows that came out, and the queue of what to check.
//
// Python holds the draft; every edit is sent as plain data in a log of numbered edits, and the answer brings the draft
// as it then is. Whatever comes from a document is set as text, never as markup.

const ROWS = 50; // rows on a page of the table
const BLOCKS = 400; // paragraphs and cells drawn around the chosen one
const TITLE = 2; // the column of the title
const DEADLINE = 6;
const FIELDS = ["section", "article", "title", "leaders", "lead", "support", "deadline"];

const desks = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".desk");
  if (!desks.has(root)) desks.set(root, new Desk(root));
  desks.get(root).take(data, setStateValue);
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

// Python counts characters, the browser UTF-16 units: they differ behind rare characters.
function cut(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? [...text].slice(start, end).join("") : text.slice(start, end);
}

class Desk {
  constructor(root) {
    this.root = root;
    this.row = 0;
    this.field = TITLE;
    this.sheetPage = this.paperFrom = null;
    this.log = [];
    this.last = 0;
    this.parts = Object.fromEntries(
      ["bar", "paper", "sheet", "slip", "keys", "loose", "notes"].map((name) => [name, root.querySelector(`.${name}`)]),
    );
    this.parts.sheet.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("keydown", (event) => this.anywhere(event));
    root.addEventListener("pointerdown", () => (this.pressed = true));
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => this.released());
    addEventListener("beforeunload", (event) => {
      if (root.isConnected && this.data?.undo) event.preventDefault();
    });
  }

  take(data, send) {
    const first = !this.data;
    this.data = data;
    this.send = send;
    this.last = Math.max(this.last, data.done);
    this.log = this.log.filter((edit) => edit.n > data.done);
    this.row = Math.max(0, Math.min(this.row, data.rows.length - 1));
    if (first && data.rows.length) {
      const found = this.doubts()[0];
      if (found) [this.row, this.field] = found;
    }
    this.redraw();
  }

  // A button that is drawn anew between press and release would lose its click.
  redraw() {
    this.late = this.pressed;
    if (this.late) return;
    const held = this.focused();
    this.draw();
    if (held === "sheet") this.focusCell();
  }

  released() {
    this.pressed = false;
    if (this.late) setTimeout(() => this.redraw());
  }

  // --- what is chosen ---------------------------------------------------------------------------------------------

  focused() {
    const active = this.root.getRootNode().activeElement;
    return ["sheet", "slip"].find((name) => active && this.parts[name].contains(active)) ?? "";
  }

  cell(row = this.row, field = this.field) {
    const [text, reason, sure, block, start, end] = this.data.rows[row].cells[field];
    return { text, reason: this.data.reasons[reason], sure, block, start, end };
  }

  choose(row, field, focus = true) {
    this.commit();
    this.row = Math.max(0, Math.min(row, this.data.rows.length - 1));
    this.field = Math.max(0, Math.min(field, FIELDS.length - 1));
    this.drawChoice();
    if (focus) this.focusCell();
  }

  focusCell() {
    this.parts.sheet.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  doubts() {
    return this.data.rows.flatMap((row, at) =>
      row.cells.flatMap((cell, field) => (cell[2] ? [] : [[at, field]])),
    );
  }

  // The next cell to check behind the chosen one (or before it), round and round.
  next(step) {
    const found = this.doubts();
    if (!found.length) return;
    const here = this.row * FIELDS.length + this.field;
    const places = found.map(([row, field]) => row * FIELDS.length + field);
    const at = step > 0 ? places.findIndex((place) => place > here) : places.findLastIndex((place) => place < here);
    const [row, field] = found[at >= 0 ? at : step > 0 ? 0 : found.length - 1];
    this.choose(row, field);
  }

  // --- edits --------------------------------------------------------------------------------------------------------

  edit(edit) {
    this.last += 1;
    this.log.push({ n: this.last, ...edit });
    this.send("log", [...this.log]);
  }

  // What stands in the slip's box, if it was changed.
  commit() {
    const box = this.parts.slip.querySelector("textarea");
    if (!box || box.value === box.defaultValue) return false;
    const { row, field } = this.boxed;
    box.defaultValue = box.value;
    this.data.rows[row].cells[field][0] = box.value;
    this.data.rows[row].cells[field][2] = true;
    this.edit({ do: "put", row, field: this.data.fields[field][0], text: box.value });
    this.redraw();
    return true;
  }

  confirm() {
    if (!this.commit() && !this.cell().sure) {
      this.data.rows[this.row].cells[this.field][2] = true;
      this.edit({ do: "confirm", row: this.row, field: this.data.fields[this.field][0] });
      this.draw();
    }
    if (this.doubts().length) this.next(1);
    else this.focusCell();
  }

  split() {
    const box = this.parts.slip.querySelector("textarea");
    this.commit();
    this.edit({ do: "split", row: this.row, at: [...box.value.slice(0, box.selectionStart)].length });
  }

  add() {
    this.commit();
    this.edit({ do: "add", row: this.data.rows.length ? this.row + 1 : 0 });
    this.row += this.data.rows.length ? 1 : 0;
    this.field = TITLE;
    this.fresh = true; // the box of the new row is to be written in
  }

  // --- keys ---------------------------------------------------------------------------------------------------------

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("td")) return;
    const act = {
      ArrowUp: () => this.choose(this.row - 1, this.field),
      ArrowDown: () => this.choose(this.row + 1, this.field),
      ArrowLeft: () => this.choose(this.row, this.field - 1),
      ArrowRight: () => this.choose(this.row, this.field + 1),
      Home: () => this.choose(this.row, 0),
      End: () => this.choose(this.row, FIELDS.length - 1),
      PageUp: () => this.choose(this.row - 10, this.field),
      PageDown: () => this.choose(this.row + 10, this.field),
      Enter: () => this.confirm(),
      F2: () => this.write(),
      e: () => this.write(),
      n: () => this.next(1),
      p: () => this.next(-1),
      m: () => this.edit({ do: "merge", row: this.row }),
      a: () => this.add(),
      Delete: () => this.edit({ do: "drop", row: this.row }),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  anywhere(event) {
    const writing = event.target.closest("textarea, input");
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !writing) {
      event.preventDefault();
      this.edit({ do: "undo" });
    }
    event.stopPropagation(); // Streamlit's own keys
  }

  write() {
    const box = this.parts.slip.querySelector("textarea");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  inBox(event) {
    if (event.isComposing) return; // Enter ends a word of the input method
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey && this.field === TITLE) this.split();
      else this.confirm();
    } else if (event.key === "Escape") {
      event.target.value = event.target.defaultValue;
      this.focusCell();
    }
  }

  // --- drawing ------------------------------------------------------------------------------------------------------

  // All anew: for a new draft, and for what was changed here before Python's answer.
  draw() {
    this.drawBar();
    this.drawLoose();
    this.drawNotes();
    this.parts.paper.setAttribute("aria-label", this.data.words.paper);
    this.parts.keys.textContent = this.data.words.keys;
    this.sheetPage = this.paperFrom = null;
    this.drawChoice();
  }

  // What another chosen cell changes: the frames around it and its words, and the slip below.
  drawChoice() {
    const box = this.parts.slip.querySelector("textarea");
    const half = this.focused() === "slip" && box && box.value !== box.defaultValue;
    this.drawSheet();
    this.drawPaper();
    if (!half) this.drawSlip();
  }

  button(label, act, options = {}) {
    return make("button", { type: "button", onclick: act, ...options }, label);
  }

  drawBar() {
    const { words, rows, head, undo } = this.data;
    const left = this.doubts().length;
    const input = (name, label, value, width) =>
      make(
        "label",
        {},
        make("span", {}, label),
        make("input", {
          value,
          style: `width: ${width}`,
          onchange: (event) => this.edit({ do: name, text: event.target.value }),
        }),
      );
    const state = left ? words.left.replace("{}", left) : words.checked;
    const held = [...this.parts.bar.querySelectorAll("input, button")].indexOf(this.root.getRootNode().activeElement);
    this.parts.bar.replaceChildren(
      input("name", words.list, head.list, "min(26rem, 60vw)"),
      input("year", words.year, head.year, "4.5rem"),
      make("span", { class: left ? "left" : "left none", role: "status" }, state),
      this.button(words.previous, () => this.next(-1), { disabled: !left, title: "p" }),
      this.button(words.next, () => this.next(1), { disabled: !left, class: "main", title: "n" }),
      this.button(words.add, () => this.add(), { title: "a" }),
      this.button(words.undo, () => this.edit({ do: "undo" }), { disabled: !undo, title: "Ctrl+Z" }),
    );
    if (held >= 0) this.parts.bar.querySelectorAll("input, button")[held].focus();
  }

  drawNotes() {
    const { words, problems } = this.data;
    const item = ([text, block]) =>
      make("li", {}, block > 0 ? this.button(text, () => this.show(block - 1), { class: "line" }) : text);
    this.fold("notes", words.problems.replace("{}", problems.length), problems.map(item));
  }

  fold(part, title, items) {
    const open = this.parts[part].querySelector("details")?.open ?? false;
    const list = make("details", { open }, make("summary", {}, title), make("ul", {}, ...items));
    this.parts[part].replaceChildren(...(items.length ? [list] : []));
  }

  // The marks of a block: [start, end, kind, row, field], each character with the narrowest that covers it.
  marks() {
    if (this.marked === this.data) return this.byBlock;
    this.marked = this.data;
    this.byBlock = new Map();
    const note = (block, mark) => {
      if (block === null || block === undefined) return;
      if (!this.byBlock.has(block)) this.byBlock.set(block, []);
      this.byBlock.get(block).push(mark);
    };
    this.data.rows.forEach((row, at) =>
      row.cells.forEach(([, , , block, start, end], field) =>
        note(block, { start, end, kind: FIELDS[field], row: at, field }),
      ),
    );
    this.data.milestones.forEach(({ row, block, start, end }) =>
      note(block, { start, end, kind: "milestone", row, field: DEADLINE }),
    );
    this.data.unplaced.forEach(({ block, start, end }) => note(block, { start, end, kind: "unplaced", row: -1 }));
    return this.byBlock;
  }

  drawPaper() {
    const chosen = this.data.rows.length ? this.cell() : {};
    this.drawBlocks(chosen.block ?? this.paperFrom ?? 0);
    for (const node of this.parts.paper.querySelectorAll(".chosen, .shown")) node.classList.remove("chosen", "shown");
    const mine = (this.drawn.get(chosen.block) ?? []).filter(({ start, end }) => chosen.start <= start && end <= chosen.end);
    for (const { node } of mine) node.classList.add("chosen");
    this.scroll(this.parts.paper, mine[0]?.node ?? this.at(chosen.block));
  }

  // The paragraphs and tables around a block, unless they are there already.
  drawBlocks(at) {
    const { blocks, words } = this.data;
    const there = this.paperFrom !== null && at >= this.paperFrom && at < this.paperTo;
    if (there) return;
    const from = Math.max(0, Math.min(at - BLOCKS / 2, blocks.length - BLOCKS));
    const to = Math.min(blocks.length, from + BLOCKS);
    [this.paperFrom, this.paperTo, this.drawn] = [from, to, new Map()];
    const nodes = [];
    for (let index = from; index < to; index++) {
      if (blocks[index][1] < 0) nodes.push(make("p", { "data-block": index }, ...this.pieces(index)));
      else {
        const end = this.tableEnd(index, to);
        nodes.push(this.table(index, end));
        index = end - 1;
      }
    }
    const more = (label, block) => this.button(label, () => this.show(block), { class: "line" });
    const top = this.parts.paper.scrollTop;
    this.parts.paper.replaceChildren(
      ...(from ? [more(words.earlier, from - 1)] : []),
      ...nodes,
      ...(to < blocks.length ? [more(words.later, to)] : []),
    );
    this.parts.paper.scrollTop = top;
  }

  at(block) {
    return this.parts.paper.querySelector(`[data-block="${Number(block)}"]`);
  }

  show(block) {
    this.drawBlocks(block);
    const node = this.at(block);
    node?.classList.add("shown");
    this.scroll(this.parts.paper, node);
  }

  scroll(pane, node) {
    if (!node) return;
    const box = node.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top + 8 || box.bottom > frame.bottom - 8) {
      pane.scrollTop += box.top - frame.top - frame.height / 3;
    }
    if (box.left < frame.left || box.right > frame.right) pane.scrollLeft += box.left - frame.left - frame.width / 3;
  }

  tableEnd(from, to) {
    let end = from;
    while (end < to && this.data.blocks[end][1] === this.data.blocks[from][1]) end++;
    return end;
  }

  table(from, to) {
    const table = make("table");
    let line = null;
    for (let index = from; index < to; index++) {
      const [, , row, , down, across] = this.data.blocks[index];
      if (!line || line.place !== row) {
        line = { place: row, node: make("tr") };
        table.append(line.node);
      }
      line.node.append(
        make("td", { "data-block": index, rowspan: down > 1 && down, colspan: across > 1 && across }, ...this.pieces(index)),
      );
    }
    return make("div", { class: "scrolls" }, table);
  }

  // The text of a block in pieces, each marked with what was read from it.
  pieces(index) {
    const text = this.data.blocks[index][0];
    const length = [...text].length;
    const marks = this.marks().get(index) ?? [];
    if (!marks.length) return [text];
    const cuts = new Set([0, length]);
    for (const mark of marks) cuts.add(mark.start).add(mark.end);
    const places = [...cuts].filter((place) => place >= 0 && place <= length).sort((a, b) => a - b);
    const drawn = [];
    this.drawn.set(index, drawn);
    return places.slice(0, -1).map((start, i) => {
      const end = places[i + 1];
      const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
      const piece = cut(text, start, end);
      if (!over.length) return piece;
      const mark = over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
      const node = make("mark", { class: mark.kind }, piece);
      if (mark.row >= 0) node.addEventListener("click", () => this.choose(mark.row, mark.field, false));
      drawn.push({ start, end, node });
      return node;
    });
  }

  drawSheet() {
    const page = Math.floor(this.row / ROWS);
    if (page !== this.sheetPage) this.drawRows(page);
    const before = this.parts.sheet.querySelector('[tabindex="0"]');
    before?.setAttribute("tabindex", "-1");
    before?.setAttribute("aria-selected", "false");
    const now = this.parts.sheet.querySelectorAll("tbody tr")[this.row % ROWS]?.children[this.field + 1];
    now?.setAttribute("tabindex", "0");
    now?.setAttribute("aria-selected", "true");
    this.scroll(this.parts.sheet, now);
  }

  drawRows(page) {
    this.sheetPage = page;
    const { fields, rows, words } = this.data;
    const shown = rows.slice(page * ROWS, (page + 1) * ROWS);
    const head = make(
      "tr",
      {},
      make("th", { scope: "col" }, "#"),
      ...fields.map(([, label], at) => make("th", { scope: "col", class: FIELDS[at] }, label)),
    );
    const body = shown.map((row, i) => this.line(row, page * ROWS + i));
    const pages = Math.ceil(rows.length / ROWS);
    const turn = (label, to) =>
      this.button(label, () => this.choose(to * ROWS, this.field), { disabled: to < 0 || to >= pages });
    const grid = { role: "grid", "aria-label": words.table, "aria-rowcount": rows.length + 1 };
    const top = this.parts.sheet.scrollTop;
    this.parts.sheet.replaceChildren(
      rows.length
        ? make("table", grid, make("thead", {}, head), make("tbody", {}, ...body))
        : make("p", { class: "empty" }, words.none),
      ...(pages > 1
        ? [make("div", { class: "pages" }, turn("‹", page - 1), `${page + 1} / ${pages}`, turn("›", page + 1))]
        : []),
    );
    this.parts.sheet.scrollTop = top;
  }

  line(row, at) {
    const cells = row.cells.map(([text, , sure], field) =>
      make(
        "td",
        {
          role: "gridcell",
          class: `${FIELDS[field]}${sure ? "" : " doubt"}`,
          tabindex: "-1",
          "aria-selected": "false",
          title: sure ? false : this.data.words.doubt,
          onclick: () => this.choose(at, field),
          ondblclick: () => this.write(),
        },
        text || (sure ? "" : "?"),
        field === DEADLINE && row.due && row.due !== text ? make("small", {}, row.due) : null,
      ),
    );
    return make("tr", { "aria-rowindex": at + 2 }, make("th", { scope: "row" }, String(at + 1)), ...cells);
  }

  drawSlip() {
    const { words, fields, rows, blocks } = this.data;
    if (!rows.length) {
      this.parts.slip.replaceChildren();
      return;
    }
    const { text, reason, sure, block, start, end } = this.cell();
    this.boxed = { row: this.row, field: this.field };
    const box = make("textarea", {
      rows: Math.max(this.field === TITLE ? 2 : 1, Math.min(4, Math.ceil(text.length / 45))),
      "aria-label": `${this.row + 1} ${fields[this.field][1]}`,
      onkeydown: (event) => this.inBox(event),
      onblur: () => this.commit(),
    });
    box.value = box.defaultValue = text;
    const source = block === null || block === undefined ? "" : cut(blocks[block][0], start, end);
    const send = (edit) => {
      this.commit();
      this.edit(edit);
    };
    const keep = { onmousedown: (event) => event.preventDefault() }; // the cursor stays where the title is cut
    this.parts.slip.replaceChildren(
      make(
        "div",
        { class: "what" },
        make("b", {}, `${this.row + 1} · ${fields[this.field][1]}`),
        make("span", { class: sure ? "sure" : "doubt" }, sure ? words.sure : words.doubt),
      ),
      box,
      make("div", { class: "why" }, make("span", {}, reason), source && source !== text ? make("q", {}, source) : null),
      make(
        "div",
        { class: "acts" },
        this.button(sure ? words.save : words.right, () => this.confirm(), { class: "main", title: "Enter" }),
        this.field === TITLE ? this.button(words.split, () => this.split(), { title: "Ctrl+Enter", ...keep }) : null,
        this.row + 1 < rows.length
          ? this.button(words.merge, () => send({ do: "merge", row: this.row }), { title: "m" })
          : null,
        this.button(words.drop, () => send({ do: "drop", row: this.row }), { title: "Delete" }),
      ),
      this.dates(),
    );
    if (this.fresh && this.data.done >= this.last) {
      this.fresh = false;
      this.write();
    }
  }

  // The milestones of the chosen row.
  dates() {
    const { words, milestones } = this.data;
    const mine = milestones.filter((found) => found.row === this.row);
    const item = ({ item, text }) => {
      const forget = () => this.edit({ do: "forget", item });
      return make("li", {}, text, this.button("×", forget, { title: words.forget, "aria-label": `${words.forget}: ${text}` }));
    };
    return mine.length
      ? make("div", { class: "dates" }, make("b", {}, words.milestones), make("ul", {}, ...mine.map(item)))
      : "";
  }

  drawLoose() {
    const { words, unplaced } = this.data;
    const item = ({ text, why, block }, at) =>
      make(
        "li",
        {},
        this.button(text, () => this.show(block), { class: "line" }),
        make("small", {}, why),
        this.button(words.place, () => this.edit({ do: "place", item: at })),
      );
    this.fold("loose", words.unplaced.replace("{}", unplaced.length), unplaced.slice(0, BLOCKS).map(item));
  }
}
