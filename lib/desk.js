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
    this.log = [];
    this.last = 0;
    this.parts = Object.fromEntries(
      ["bar", "paper", "sheet", "slip", "keys", "loose", "notes"].map((name) => [name, root.querySelector(`.${name}`)]),
    );
    this.parts.sheet.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("keydown", (event) => this.anywhere(event));
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
    const held = this.focused();
    this.draw();
    if (held === "sheet") this.focusCell();
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
    this.draw();
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
    return true;
  }

  confirm() {
    if (!this.commit() && !this.cell().sure) {
      this.data.rows[this.row].cells[this.field][2] = true;
      this.edit({ do: "confirm", row: this.row, field: this.data.fields[this.field][0] });
    }
    if (this.doubts().length) this.next(1);
    else {
      this.draw();
      this.focusCell();
    }
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

  draw() {
    const box = this.parts.slip.querySelector("textarea");
    const half = this.focused() === "slip" && box && box.value !== box.defaultValue;
    this.drawBar();
    this.drawPaper();
    this.drawSheet();
    if (!half) this.drawSlip();
    this.drawLoose();
    this.drawNotes();
    this.parts.paper.setAttribute("aria-label", this.data.words.paper);
    this.parts.keys.textContent = this.data.words.keys;
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
    const held = [...this.parts.bar.querySelectorAll("input, button")].indexOf(this.root.getRootNode().activeElement);
    this.parts.bar.replaceChildren(
      input("name", words.list, head.list, "min(26rem, 60vw)"),
      input("year", words.year, head.year, "4.5rem"),
      make("span", { class: left ? "left" : "left none", role: "status" }, left ? words.left.replace("{}", left) : words.checked),
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
      row.cells.forEach(([, , , block, start, end], field) => note(block, { start, end, kind: FIELDS[field], row: at, field })),
    );
    this.data.milestones.forEach(({ row, block, start, end }) =>
      note(block, { start, end, kind: "milestone", row, field: DEADLINE }),
    );
    this.data.unplaced.forEach(({ block, start, end }) => note(block, { start, end, kind: "unplaced", row: -1 }));
    return this.byBlock;
  }

  drawPaper() {
    const { blocks, words } = this.data;
    const chosen = this.data.rows.length ? this.cell() : {};
    const at = this.shown ?? chosen.block ?? this.paperAt ?? 0;
    this.paperAt = at;
    this.shown = null;
    const from = blocks.length <= BLOCKS ? 0 : Math.max(0, Math.min(at - BLOCKS / 2, blocks.length - BLOCKS));
    const to = Math.min(blocks.length, from + BLOCKS);
    const nodes = [];
    for (let index = from; index < to; index++) {
      if (blocks[index][1] < 0) nodes.push(make("p", { "data-block": index }, ...this.pieces(index, chosen)));
      else {
        const end = this.tableEnd(index, to);
        nodes.push(this.table(index, end, chosen));
        index = end - 1;
      }
    }
    const more = (label, block) => this.button(label, () => this.show(block), { class: "line" });
    const key = [from, to, this.data, chosen.block, chosen.start, chosen.end];
    if (this.paperKey && key.every((part, i) => part === this.paperKey[i])) return;
    this.paperKey = key;
    this.parts.paper.replaceChildren(
      ...(from ? [more(words.earlier, from - 1)] : []),
      ...nodes,
      ...(to < blocks.length ? [more(words.later, to)] : []),
    );
    this.scroll(this.parts.paper, this.parts.paper.querySelector(".chosen") ?? this.at(at));
  }

  at(block) {
    return this.parts.paper.querySelector(`[data-block="${Number(block)}"]`);
  }

  show(block) {
    this.shown = block;
    this.paperKey = null;
    this.drawPaper();
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

  table(from, to, chosen) {
    const table = make("table");
    let line = null;
    for (let index = from; index < to; index++) {
      const [, , row, , down, across] = this.data.blocks[index];
      if (!line || line.place !== row) {
        line = { place: row, node: make("tr") };
        table.append(line.node);
      }
      line.node.append(
        make("td", { "data-block": index, rowspan: down > 1 && down, colspan: across > 1 && across }, ...this.pieces(index, chosen)),
      );
    }
    return make("div", { class: "scrolls" }, table);
  }

  // The text of a block in pieces, each marked with what was read from it.
  pieces(index, chosen) {
    const text = this.data.blocks[index][0];
    const length = [...text].length;
    const marks = this.marks().get(index) ?? [];
    if (!marks.length) return [text];
    const here = chosen.block === index ? chosen : null;
    const cuts = new Set([0, length]);
    for (const mark of marks) cuts.add(mark.start).add(mark.end);
    const places = [...cuts].filter((place) => place >= 0 && place <= length).sort((a, b) => a - b);
    return places.slice(0, -1).map((start, i) => {
      const end = places[i + 1];
      const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
      const piece = cut(text, start, end);
      if (!over.length) return piece;
      const mark = over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
      const isChosen = here && here.start <= start && here.end >= end;
      const node = make("mark", { class: `${mark.kind}${isChosen ? " chosen" : ""}` }, piece);
      if (mark.row >= 0) node.addEventListener("click", () => this.choose(mark.row, mark.field, false));
      return node;
    });
  }

  drawSheet() {
    const { fields, rows, words } = this.data;
    const page = Math.floor(this.row / ROWS);
    const shown = rows.slice(page * ROWS, (page + 1) * ROWS);
    const head = make(
      "tr",
      {},
      make("th", { scope: "col" }, "#"),
      ...fields.map(([, label], at) => make("th", { scope: "col", class: FIELDS[at] }, label)),
    );
    const body = shown.map((row, i) => this.line(row, page * ROWS + i));
    const pages = Math.ceil(rows.length / ROWS);
    const turn = (label, to) => this.button(label, () => this.choose(to * ROWS, this.field), { disabled: to < 0 || to >= pages });
    const top = this.parts.sheet.scrollTop;
    this.parts.sheet.replaceChildren(
      rows.length
        ? make("table", { role: "grid", "aria-label": words.table, "aria-rowcount": rows.length + 1 }, make("thead", {}, head), make("tbody", {}, ...body))
        : make("p", { class: "empty" }, words.none),
      ...(pages > 1
        ? [make("div", { class: "pages" }, turn("‹", page - 1), `${page + 1} / ${pages}`, turn("›", page + 1))]
        : []),
    );
    this.parts.sheet.scrollTop = top;
    this.scroll(this.parts.sheet, this.parts.sheet.querySelector('[tabindex="0"]'));
  }

  line(row, at) {
    const cells = row.cells.map(([text, , sure], field) => {
      const isChosen = at === this.row && field === this.field;
      return make(
        "td",
        {
          role: "gridcell",
          class: `${FIELDS[field]}${sure ? "" : " doubt"}`,
          tabindex: isChosen ? 0 : -1,
          "aria-selected": String(isChosen),
          title: sure ? false : this.data.words.doubt,
          onclick: () => this.choose(at, field),
          ondblclick: () => this.write(),
        },
        text || (sure ? "" : "?"),
        field === DEADLINE && row.due && row.due !== text ? make("small", {}, row.due) : null,
      );
    });
    return make("tr", { "aria-rowindex": at + 2 }, make("th", { scope: "row" }, String(at + 1)), ...cells);
  }

  drawSlip() {
    const { words, fields, rows, blocks } = this.data;
    if (!rows.length) return this.parts.slip.replaceChildren();
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
    const act = (label, edit, key) => this.button(label, () => (this.commit(), this.edit(edit)), { title: key });
    const mine = this.data.milestones.filter((found) => found.row === this.row);
    this.parts.slip.replaceChildren(
      make("div", { class: "what" }, make("b", {}, `${this.row + 1} · ${fields[this.field][1]}`), make("span", { class: sure ? "sure" : "doubt" }, sure ? words.sure : words.doubt)),
      box,
      make("div", { class: "why" }, make("span", {}, reason), source && source !== text ? make("q", {}, source) : null),
      make(
        "div",
        { class: "acts" },
        this.button(sure ? words.save : words.right, () => this.confirm(), { class: "main", title: "Enter" }),
        this.field === TITLE ? this.button(words.split, () => this.split(), { title: "Ctrl+Enter", onmousedown: (event) => event.preventDefault() }) : null,
        this.row + 1 < rows.length ? act(words.merge, { do: "merge", row: this.row }, "m") : null,
        act(words.drop, { do: "drop", row: this.row }, "Delete"),
      ),
      mine.length
        ? make(
            "div",
            { class: "dates" },
            make("b", {}, words.milestones),
            make("ul", {}, ...mine.map((found) => make("li", {}, found.text, this.button("×", () => this.edit({ do: "forget", item: found.item }), { title: words.forget, "aria-label": `${words.forget}: ${found.text}` })))),
          )
        : "",
    );
    if (this.fresh && this.data.done >= this.last) {
      this.fresh = false;
      this.write();
    }
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
