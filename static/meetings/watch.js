// Asks every few seconds what others saved, while the page is in sight.

const PAUSE = 8_000;

export class Watch {
  constructor(sheet, counter) {
    this.sheet = sheet;
    this.counter = counter;
    this.timer = 0;
    this.asking = false;
  }

  start() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.now();
    });
    window.addEventListener("online", () => {
      this.sheet.outbox.flush();
      this.now();
    });
    window.addEventListener("offline", () => this.sheet.notices.offline());
    this.#later();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  async now() {
    if (this.asking) return;
    if (!document.hidden) {
      this.asking = true;
      const answer = await this.sheet.server.changes(this.counter);
      this.asking = false;
      this.#take(answer);
    }
    this.#later();
  }

  #take({ kind, body }) {
    const { sheet } = this;
    if (kind === "saved") {
      this.counter = Math.max(this.counter, body.counter);
      sheet.learn(body.rows);
      sheet.notices.online();
      sheet.outbox.reached();
      sheet.outbox.setStatus(body.status);
    } else if (kind === "signed-out" || kind === "gone") {
      sheet.outbox.stop(kind);
    } else {
      sheet.notices.offline();
    }
  }
}
