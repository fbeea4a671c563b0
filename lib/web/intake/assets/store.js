// The store: the drafts that this browser keeps, in a database of its own (IndexedDB).
//
// A draft has a record, its source and its edits, each in a table. What is done to them is done in
// one transaction, so that an edit is never without those before it. Nothing that is read is
// trusted: another version of the board, or a damaged disk, may have written it.

/** @import { KeptDraft } from "./kept.d.ts" */
/** @import { Edit } from "./message.d.ts" */

/** @typedef {{ key: string, name: string, changed: number, edits: number }} Kept what is said of it */
/** @typedef {{ key: string, format: number, name: string, begun: number }} Begun its record */
/** @typedef {{ key: string, edit: Edit, made: number }} Made an edit; made: when, in milliseconds */
/** @typedef {{ drafts: IDBObjectStore, sources: IDBObjectStore, edits: IDBObjectStore }} Tables */

const DATABASE = "measure-board";
const TABLES = ["drafts", "sources", "edits"];
const FORMAT = 1; // of the records; those of another format are dropped
const LIFETIME = 7 * 24 * 60 * 60 * 1000; // milliseconds after the last edit
const CHOICE = "measure-board.keep"; // in localStorage while the reader wants drafts to be kept

export class Store {
  /** @type {Promise<IDBDatabase> | null} */
  #database = null;

  /** Whether the reader has ticked that drafts are kept. */
  get isTicked() {
    try {
      return localStorage.getItem(CHOICE) !== null;
    } catch {
      return false; // a browser that stores nothing
    }
  }

  /** Remember that drafts are to be kept. */
  tick() {
    localStorage.setItem(CHOICE, "");
  }

  /** Remember that none is to be kept, and forget all that are. */
  async untick() {
    localStorage.removeItem(CHOICE);
    await this.#within("readwrite", async (tables) => {
      for (const table of Object.values(tables)) table.clear();
    });
  }

  /**
   * The drafts that are kept, the last one first. What is too old or unreadable goes.
   *
   * @returns {Promise<Kept[]>}
   */
  list() {
    return this.#within("readwrite", async (tables) => {
      const records = await answered(tables.drafts.getAll());
      const rows = await answered(tables.edits.getAll());
      const kept = records
        .filter(isGood)
        .map((record) => summary(record, rows))
        .filter(isYoung);
      const keys = new Set(kept.map(({ key }) => key));
      for (const { key } of [...records, ...rows]) if (!keys.has(key)) erase(tables, key);
      return kept.sort((one, other) => other.changed - one.changed);
    });
  }

  /**
   * @param {string} key
   * @returns {Promise<boolean>} whether a draft is kept
   */
  has(key) {
    return this.#within("readonly", async ({ drafts }) => isGood(await answered(drafts.get(key))));
  }

  /**
   * All of a draft.
   *
   * @param {string} key
   * @returns {Promise<KeptDraft | null>} null where it is gone, or a part of it
   */
  whole(key) {
    return this.#within("readonly", async ({ drafts, sources, edits }) => {
      const record = await answered(drafts.get(key));
      const content = await answered(sources.get(key));
      const rows = await answered(edits.getAll(rangeOf(key)));
      if (!record || !content) return null;
      const log = rows.map(({ edit }) => edit);
      return { key, name: record.name, source: content.source, log };
    });
  }

  /**
   * Keep a draft.
   *
   * @param {KeptDraft} draft
   * @param {string} before the key of the draft that it was, which is kept no longer
   */
  begin({ key, name, source, log }, before) {
    return this.#within("readwrite", async (tables) => {
      erase(tables, before);
      erase(tables, key);
      tables.drafts.put({ key, format: FORMAT, name, begun: Date.now() });
      tables.sources.put({ key, source });
      for (const edit of log) tables.edits.put({ key, edit, made: Date.now() });
    });
  }

  /**
   * Keep edits of a draft, some of which may be kept already. They reach the disk though the page
   * goes at once.
   *
   * @param {string} key
   * @param {Edit[]} log
   */
  add(key, log) {
    return this.#within("readwrite", async ({ edits }) => {
      for (const edit of log) edits.put({ key, edit, made: Date.now() });
      edits.transaction.commit();
    });
  }

  /** @param {string[]} keys of drafts that are kept no longer */
  remove(...keys) {
    return this.#within("readwrite", async (tables) => {
      for (const key of keys) erase(tables, key);
    });
  }

  /**
   * Do something in one transaction: all of it is done, or nothing.
   *
   * @template Result
   * @param {IDBTransactionMode} mode
   * @param {(tables: Tables) => Promise<Result>} act which waits for the tables and nothing else
   * @returns {Promise<Result>} once it is on the disk
   */
  async #within(mode, act) {
    this.#database ??= opened();
    try {
      const database = await this.#database;
      const transaction = database.transaction(TABLES, mode, { durability: "strict" });
      const [drafts, sources, edits] = TABLES.map((name) => transaction.objectStore(name));
      const [result] = await Promise.all([act({ drafts, sources, edits }), ended(transaction)]);
      return result;
    } catch (error) {
      this.#database = null; // the browser may have closed it: the next one opens it anew
      throw error;
    }
  }
}

/** @returns {Promise<IDBDatabase>} */
async function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("drafts", { keyPath: "key" });
    request.result.createObjectStore("sources", { keyPath: "key" });
    request.result.createObjectStore("edits", { keyPath: ["key", "edit.n"] });
  };
  return answered(request);
}

/**
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {any} record of a draft, whoever has written it */
function isGood(record) {
  return (
    record?.format === FORMAT && typeof record.name === "string" && Number.isFinite(record.begun)
  );
}

/**
 * @param {Begun} record
 * @param {Made[]} rows of all drafts, each draft's in their order
 * @returns {Kept}
 */
function summary({ key, name, begun }, rows) {
  const last = rows.findLast((row) => row.key === key);
  return { key, name, changed: last?.made ?? begun, edits: last?.edit.n ?? 0 };
}

/** @param {Kept} kept */
function isYoung({ changed }) {
  return changed > Date.now() - LIFETIME;
}

/**
 * @param {Tables} tables
 * @param {string} key
 */
function erase({ drafts, sources, edits }, key) {
  drafts.delete(key);
  sources.delete(key);
  edits.delete(rangeOf(key));
}

/** @param {string} key */
function rangeOf(key) {
  return IDBKeyRange.bound([key], [key, []]);
}
