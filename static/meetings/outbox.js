// Sends what waits in the store, row by row, and tries again until the server has it.
//
// A record: {key, sheet, number, user, seq, state, operation, version, fields, sent, at, problem?, theirs?}
//   state   waiting, wrong (refused with a sentence), clash (someone else saved the row meanwhile),
//           stranded (the meeting is closed); "draft" stands under a key of its own: typed, the row not left yet,
//           so never sent
//   sent    what went out under this version and was not answered; if the server shows just that as "someone
//           else's" row, it is our own first try whose answer got lost

import { parseBaht } from "./money.js";

const DELAYS = [2, 4, 8, 15, 30, 60];
const LANES = 3;
const REBASES = 5;
export const AMOUNTS = ["pledge", "special", "fee", "fine", "loan"];

export class Outbox extends EventTarget {
  constructor({ store, server, sheet, user }) {
    super();
    this.store = store;
    this.server = server;
    this.sheet = sheet;
    this.user = user;
    this.failures = 0;
    this.timer = 0;
    this.retryAt = 0;
    this.halt = ""; // "", signed-out, counting, closed, gone
    this.running = null;
    this.again = false;
    this.seq = Date.now();
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("satcha-sheet") : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data.sheet === this.sheet) this.#tell(data.what, data.detail, false);
    });
  }

  key(number) {
    return `${this.sheet}${number}`;
  }

  keepDraft(number, draft) {
    const key = `${this.key(number)}/draft`;
    const record = { key, sheet: this.sheet, number, user: this.user, state: "draft", draft };
    return this.store.update(key, () => record);
  }

  dropDraft(number) {
    return this.store.remove(`${this.key(number)}/draft`);
  }

  // Keep a row to be sent. What the record that it replaces has learned (version, operation, what is under way) stays;
  // `base.version` is read at the moment of writing, for the answer to an earlier send may just have raised it.
  keep({ number, base, operation, fields }) {
    const key = this.key(number);
    const seq = this.#nextSeq();
    return this.store.update(key, (current) => ({
      key,
      sheet: this.sheet,
      number,
      user: this.user,
      seq,
      state: "waiting",
      version: current?.version ?? base.version,
      operation: current?.operation ?? operation,
      fields,
      sent: current?.sent ?? [],
      at: new Date().toISOString(),
    }));
  }

  // Insist on one's own amounts against a row that someone else saved meanwhile.
  insist(number) {
    const seq = this.#nextSeq();
    return this.store.update(this.key(number), (current) =>
      current?.theirs
        ? { ...current, state: "waiting", version: current.theirs.version, seq, theirs: undefined, problem: undefined }
        : current,
    );
  }

  // Take over what another officer typed in this browser and could not send.
  async adopt() {
    for (const record of await this.records()) {
      await this.store.update(record.key, (current) => current && { ...current, user: this.user });
    }
    return this.flush();
  }

  #nextSeq() {
    this.seq = Math.max(this.seq + 1, Date.now());
    return this.seq;
  }

  drop(number) {
    return this.store.remove(this.key(number));
  }

  records() {
    return this.store.of(this.sheet);
  }

  // Send now what waits. A call while a round runs makes one more round; the promise covers that one too.
  flush() {
    clearTimeout(this.timer);
    this.retryAt = 0;
    this.again = true;
    this.running ??= this.#rounds().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async #rounds() {
    while (this.again) {
      this.again = false;
      await this.#alone(() => this.#round());
    }
  }

  // The server was reached by somebody else (the watch, the person): do not wait for the timer.
  reached() {
    const wasOut = this.halt === "signed-out";
    if (wasOut) this.#setHalt("");
    if (wasOut || this.retryAt) this.flush();
  }

  // As the server tells it: open, counting, closed. What waits when the meeting closes is refused by the server itself.
  async setStatus(status) {
    const halt = status === "open" ? "" : status;
    if (this.halt === halt) return;
    if (halt === "closed") await this.flush();
    this.#setHalt(halt);
    if (!halt) this.flush();
  }

  stop(halt) {
    this.#setHalt(halt);
  }

  #setHalt(halt) {
    if (this.halt === halt) return;
    this.halt = halt;
    this.#tell("halt", { halt }, false);
  }

  // Two windows of one browser share the store; one of them sends.
  #alone(work) {
    return navigator.locks ? navigator.locks.request(`satcha${this.sheet}`, work) : work();
  }

  async #round() {
    let stopped = false;
    for (;;) {
      const waiting = (await this.records())
        .filter((record) => record.state === "waiting" && record.user === this.user)
        .sort((one, other) => one.seq - other.seq);
      if (waiting.length === 0) break;
      if (this.halt && this.halt !== "counting") return;
      const lane = async () => {
        for (let record = waiting.shift(); record && !stopped; record = waiting.shift()) {
          stopped = !(await this.#send(record)) || stopped;
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      if (stopped) return;
    }
    this.failures = 0;
    this.#tell("calm", {}, false);
  }

  // True if the round may go on.
  async #send(record) {
    this.#tell("saving", { number: record.number });
    const outgoing = await this.store.update(
      record.key,
      (current) => current && { ...current, sent: [...current.sent.slice(-4), current.fields] },
    );
    if (outgoing?.state !== "waiting") return true;
    const body = { operation: outgoing.operation, version: outgoing.version, ...outgoing.fields };
    const answer = await this.server.saveRow(record.number, body);
    switch (answer.kind) {
      case "saved":
        return this.#saved(outgoing, answer.body);
      case "clash":
        return this.#clash(outgoing, answer.body);
      case "wrong":
        return this.#wrong(outgoing, answer.body);
      case "locked":
        this.#unsent(outgoing);
        if (answer.body.status === "closed") await this.strand(answer.body.message);
        this.#setHalt(answer.body.status);
        if (answer.body.status !== "closed") this.#tryAgain();
        return false;
      case "signed-out":
        this.#unsent(outgoing);
        this.#setHalt("signed-out");
        return false;
      case "gone":
        this.#unsent(outgoing);
        this.#setHalt("gone");
        return false;
      default:
        return this.#failed(outgoing);
    }
  }

  #failed(outgoing) {
    this.#unsent(outgoing);
    this.#tryAgain();
    return false;
  }

  #tryAgain() {
    if (this.retryAt > Date.now()) return;
    const seconds = DELAYS[Math.min(this.failures, DELAYS.length - 1)];
    this.failures += 1;
    this.retryAt = Date.now() + seconds * 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), seconds * 1000);
    this.#tell("retry", { at: this.retryAt }, false);
  }

  #unsent(outgoing) {
    this.#tell("unsent", { number: outgoing.number });
  }

  async #saved(outgoing, row) {
    const left = await this.store.update(outgoing.key, (current) => {
      if (current === null || current.seq === outgoing.seq) return null;
      return { ...current, version: row.version, operation: row.operation, sent: [] };
    });
    this.#tell("saved", { number: outgoing.number, row, newer: left !== null });
    return true;
  }

  async #clash(outgoing, { message, conflict, version }) {
    const operation = conflict === null ? newOperation() : conflict.operation;
    const own = conflict === null || outgoing.sent.some((fields) => isSame(fields, conflict));
    if (own && (outgoing.rebased ?? 0) >= REBASES) return this.#failed(outgoing);
    const record = await this.store.update(outgoing.key, (current) => {
      if (current === null) return null;
      const rebased = (current.rebased ?? 0) + 1;
      if (own) return { ...current, version: version ?? current.version, operation, rebased, sent: [] };
      return { ...current, state: "clash", theirs: conflict, operation, problem: { row: message }, sent: [] };
    });
    if (!own && record) this.#tell("clash", { number: outgoing.number, record });
    return true;
  }

  async #wrong(outgoing, body) {
    const problem = body.errors ?? { row: body.message };
    const record = await this.store.update(outgoing.key, (current) =>
      current?.seq === outgoing.seq ? { ...current, state: "wrong", problem, sent: [] } : current,
    );
    if (record) this.#tell(record.state === "wrong" ? "wrong" : "unsent", { number: outgoing.number, record });
    return true;
  }

  // The meeting closed without these rows: they stay here until a person has seen them.
  async strand(message) {
    for (const record of await this.records()) {
      const problem = { row: message };
      const fields = record.fields ?? record.draft.fields;
      const kept = await this.store.update(
        record.key,
        (current) => current && { ...current, fields, state: "stranded", problem },
      );
      if (kept) this.#tell("wrong", { number: record.number, record: kept });
    }
  }

  #tell(what, detail, others = true) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
    if (others) this.channel?.postMessage({ sheet: this.sheet, what, detail });
  }
}

// crypto.randomUUID needs https or localhost; a village's own server may have neither.
export function newOperation() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// How the money is divided among loans, [[id, "1,200.00"], ...], in one text to compare by.
export function loansKey(loans) {
  return loans.map(([id, text]) => `${id}:${parseBaht(text).satang}`).join(" ");
}

// Does a row as the server has it say the same as the fields we sent?
export function isSame(fields, row) {
  if (fields.received !== row.received || fields.present !== row.present) return false;
  if (!fields.received) return true;
  if (fields.method !== row.method || fields.slip_ref.trim() !== row.slip_ref) return false;
  if (fields.loans && loansKey(fields.loans) !== row.loans.map(([id, { satang }]) => `${id}:${satang}`).join(" ")) return false;
  return AMOUNTS.every((name) => parseBaht(fields[name]).satang === row.amounts[name].satang);
}
