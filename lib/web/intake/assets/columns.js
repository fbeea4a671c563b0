// What the columns of a table were taken for: a choice above each, and what was chosen before.

import { make } from "./dom.js";

/** @import { Draft } from "./draft.js" */
/** @import { Message, Table } from "./message.d.ts" */

const REMEMBERED = "measure-board.columns"; // in the browser's own storage: label, folded → field

/**
 * The row of choices above the header of a table.
 *
 * @param {Draft} draft
 * @param {Table} table
 */
export function choicesAbove(draft, table) {
  const cells = table.labels.map((label, column) => {
    const cell = make("td");
    if (label) cell.append(choice(draft, table, column));
    return cell;
  });
  return make("tr", { class: "columns" }, ...cells);
}

/**
 * @param {Draft} draft
 * @param {Table} table
 * @param {number} column
 */
function choice(draft, table, column) {
  const { message, words } = draft;
  const label = table.labels[column];
  const field = table.fields[column];
  const options = message.fields.map(({ name, label }) =>
    make("option", { value: name, selected: name === field }, label),
  );
  const select = make(
    "select",
    {
      class: field || "unused",
      "aria-label": words.column.replace("{}", label),
      "data-label": label,
      onchange: () => draft.edit(...guessed(table, label), chosen(label, select.value)),
    },
    ...options,
  );
  return select;
}

/**
 * The edit that says what a column is.
 *
 * @param {string} label
 * @param {string} field
 */
function chosen(label, field) {
  return { do: "column", text: label, field };
}

/**
 * What was guessed of the other columns, as if it had been chosen: who mends one leaves the others
 * as they are.
 *
 * @param {Table} table
 * @param {string} mended the label of the one
 */
function guessed({ labels, fields, guess }, mended) {
  const others = labels.filter((label, column) => guess && fields[column] && label !== mended);
  return others.map((label) => chosen(label, fields[labels.indexOf(label)]));
}

/**
 * Choose what was chosen for the same headers before, where the browser is to remember it.
 *
 * @param {Draft} draft
 */
export function chooseAsBefore(draft) {
  const { message } = draft;
  if (!message.remembers_columns) return;
  const before = remembered();
  const edits = [];
  for (const [label, field] of columns(message)) {
    const earlier = before[folded(label)];
    const isOffered = message.fields.some(({ name }) => name === earlier);
    if (isOffered && earlier !== field) edits.push(chosen(label, earlier));
  }
  draft.edit(...edits);
}

/**
 * Remember what is chosen now, where the browser is to.
 *
 * @param {Message} message
 * @param {Message} before the same draft, before it changed
 */
export function rememberChanges(message, before) {
  if (!message.remembers_columns) return;
  const earlier = new Map(columns(before));
  const all = remembered();
  let isChanged = false;
  for (const [label, field] of columns(message)) {
    if (earlier.get(label) === field) continue;
    all[folded(label)] = field;
    isChanged = true;
  }
  if (!isChanged) return;
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(all));
  } catch {
    // A browser may refuse to keep anything: then the choice is made again the next time
  }
}

/**
 * The labels over all columns, and what each was taken for.
 *
 * @param {Message} message
 * @returns {[string, string][]}
 */
function columns({ tables }) {
  return tables.flatMap(({ labels, fields }) =>
    labels.map((label, column) => /** @type {[string, string]} */ ([label, fields[column]])),
  );
}

/**
 * A label as it is compared: the same header in another width, or with other spaces, is one.
 *
 * @param {string} label
 */
function folded(label) {
  return label
    .normalize("NFKC")
    .replace(/[\s_*:]/g, "")
    .toLowerCase();
}

/** @returns {Record<string, string>} label, folded → field */
function remembered() {
  try {
    const all = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    return typeof all === "object" && all !== null ? all : {};
  } catch {
    return {};
  }
}
