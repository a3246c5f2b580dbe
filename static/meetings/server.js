// The one place that talks to the server. Every answer comes back as {kind, ...}; nothing is thrown.
//   saved, clash, wrong, locked, signed-out, gone, failed (the server's or the line's fault: try again)

const PATIENCE = 15_000;
const BACKGROUND = { "Satcha-Background": "1" }; // asked by the page, not by a person: it keeps no session alive

export class Server {
  constructor({ urls, csrf }) {
    this.urls = urls;
    this.csrf = csrf;
    this.since = 0;
  }

  rowUrl(number) {
    return numbered(this.urls.row, number);
  }

  saveRow(number, body) {
    return this.#post(this.rowUrl(number), body);
  }

  receiveRest(body) {
    return this.#post(this.urls.rest, body);
  }

  saveHousehold(number, body) {
    return this.#post(numbered(this.urls.household, number), body);
  }

  async changes(since) {
    this.since = since;
    const answer = await this.#ask(`${this.urls.changes}?since=${since}`, { method: "GET", headers: BACKGROUND });
    if (answer.body?.csrf) this.csrf = answer.body.csrf;
    return answer;
  }

  async #post(url, body) {
    const answer = await this.#send(url, body);
    if (answer.status !== 403) return answer;
    // After a new login in another window the token is a new one: fetch it and send once more.
    const fresh = await this.changes(this.since);
    return fresh.kind === "saved" ? this.#send(url, body) : fresh;
  }

  #send(url, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    return this.#ask(url, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(url, options) {
    let response;
    try {
      response = await fetch(url, {
        ...options,
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return { kind: "failed", status: 0, body: null };
    }
    let body = null;
    try {
      body = await response.json();
    } catch {
      body = null;
    }
    return { kind: kindOf(response, body), status: response.status, body };
  }
}

// ".../rows/0/" is the pattern of a row's address.
function numbered(url, number) {
  return url.replace(/\/0\/$/, `/${number}/`);
}

function kindOf(response, body) {
  if (response.type === "opaqueredirect") return "signed-out";
  if (response.ok) return body ? "saved" : "failed";
  switch (response.status) {
    case 401:
      return "signed-out";
    case 409:
      return body ? "clash" : "failed";
    case 400:
    case 422:
      return body ? "wrong" : "failed";
    case 423:
      return body ? "locked" : "failed";
    case 404:
    case 410:
      return "gone";
    default:
      return "failed";
  }
}
