// Says which row or cell of the table with a key is open, apart from the table, which is not sent again
// for it (table.js).

/** @param {{ data: { table: string, at: string } }} component */
export default function ({ data }) {
  const holder = document.querySelector(`.st-key-${CSS.escape(data.table)}`);
  if (holder instanceof HTMLElement) holder.dataset.at = data.at;
}
