// What was typed and has not reached the server waits here, in this browser: member numbers and amounts, no names.
// One record a row; a newer version of the row takes the place of an older one that was not sent yet.

import { openDB } from "../vendor/idb-8.0.4/index.js";

const NAME = "satcha";
const ROWS = "rows";

export async function openStore() {
  try {
    const database = await openDB(NAME, 1, {
      upgrade(db) {
        db.createObjectStore(ROWS, { keyPath: "key" }).createIndex("sheet", "sheet");
      },
      blocking(_old, _new, event) {
        event.target.close();
      },
    });
    return new KeptStore(database);
  } catch {
    return new PassingStore();
  }
}

class KeptStore {
  constructor(database) {
    this.database = database;
    this.lasting = true;
  }

  async remove(key) {
    await this.database.delete(ROWS, key);
  }

  of(sheet) {
    return this.database.getAllFromIndex(ROWS, "sheet", sheet);
  }

  all() {
    return this.database.getAll(ROWS);
  }

  // Read one record and write what `decide` makes of it (null: remove it, or keep none) in one transaction, so that
  // an answer to an older version never takes away a newer one. Returns what stands afterwards.
  async update(key, decide) {
    const transaction = this.database.transaction(ROWS, "readwrite");
    const next = decide((await transaction.store.get(key)) ?? null);
    await (next === null ? transaction.store.delete(key) : transaction.store.put(next));
    await transaction.done;
    return next;
  }
}

// A browser that refuses to keep anything (some private windows): the same calls, for as long as the page lives.
class PassingStore {
  constructor() {
    this.records = new Map();
    this.lasting = false;
  }

  async remove(key) {
    this.records.delete(key);
  }

  async of(sheet) {
    return (await this.all()).filter((record) => record.sheet === sheet);
  }

  async all() {
    return structuredClone([...this.records.values()]);
  }

  async update(key, decide) {
    const next = decide(structuredClone(this.records.get(key) ?? null));
    if (next === null) this.records.delete(key);
    else this.records.set(key, structuredClone(next));
    return next;
  }
}
