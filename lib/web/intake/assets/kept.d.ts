// What the browser is told of the drafts that it keeps, and what it gives back, as
// lib/web/intake/keeping.py says; a test compares the two.

import type { Edit } from "./message.d.ts";

export interface Keeping {
  key: string;
  before: string;
  here: boolean;
  saved: boolean;
  large: boolean;
  kept?: KeptDraft;
  words: KeepingWords;
}

export interface KeptDraft {
  key: string;
  name: string;
  source: string;
  log: Edit[];
}

export interface Offering {
  on_desk: string;
  words: OfferingWords;
}

export interface KeepingWords {
  here: string;
  tick: string;
  saved: string;
  large: string;
  failed: string;
  throw_away: string;
  really: string;
}

export interface OfferingWords {
  title: string;
  edits: string;
  go_on: string;
  throw_away: string;
  really: string;
}
