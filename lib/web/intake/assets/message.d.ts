// What the desk is sent and what comes back, as lib/notices/message.py says; a test compares the two.

export interface Message {
  done: number;
  undo: boolean;
  words: Words;
  columns: Column[];
  head: Head;
  blocks: Block[];
  rows: Row[];
  reasons: string[];
  milestones: Milestone[];
  problems: Problem[];
  unplaced: Unplaced[];
  lines: number;
  said: Said[];
  cells: Column[];
  tables: Table[];
  fields: Column[];
  remembers_columns: boolean;
}

export interface Column {
  name: string;
  label: string;
}

export interface Table {
  number: number;
  row: number;
  labels: string[];
  fields: string[];
  guess: boolean;
}

export interface Head {
  list: string;
  year: string;
}

export interface Source {
  block: number;
  start: number;
  end: number;
}

export interface Block {
  text: string;
  line?: number;
  said?: boolean;
  table?: TablePlace;
}

export interface TablePlace {
  number: number;
  row: number;
  down: number;
  across: number;
}

export interface Said {
  kind: string;
  lines: number[];
  pieces: PieceOfRow[];
}

export interface PieceOfRow {
  text: string;
  cell: string;
}

export interface Row {
  cells: Cell[];
  due: string;
  day?: string;
}

export interface Cell {
  text: string;
  reason: number;
  sure: boolean;
  source?: Source;
}

export interface Milestone {
  item: number;
  row: number;
  text: string;
  source?: Source;
}

export interface Problem {
  text: string;
  block?: number;
}

export interface Unplaced {
  text: string;
  why: string;
  source: Source;
}

export interface Edit {
  n: number;
  do: string;
  row?: number;
  field?: string;
  text?: string;
  at?: number;
  item?: number;
  lines?: number[];
  cells?: string[];
}

export interface Words {
  list: string;
  year: string;
  left: string;
  checked: string;
  previous: string;
  next: string;
  add: string;
  undo: string;
  table: string;
  none: string;
  rows_before: string;
  rows_after: string;
  doubt: string;
  sure: string;
  right: string;
  save: string;
  split: string;
  merge: string;
  drop: string;
  day: string;
  milestones: string;
  forget: string;
  unplaced: string;
  place: string;
  problems: string;
  earlier: string;
  later: string;
  paper: string;
  say: string;
  pick: string;
  picked: string;
  is_table: string;
  is_measure: string;
  is_above: string;
  through: string;
  unpick: string;
  lines: string;
  row: string;
  piece: string;
  unsay: string;
  columns: string;
  column: string;
  keys: string;
}
