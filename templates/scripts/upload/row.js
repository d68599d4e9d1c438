// One file on its way: what the person sees of it, and the upload behind it.
import { said } from "../lib/said.js";
import { Upload } from "tus-js-client";
import { localDigest } from "./digest.js";
import { element, percent, problemWords, shortDigest, sizeText } from "./words.js";

const endpoint = () => new URL("/api/v1/uploads", location.href).href;
// The package tries again after these; then the row goes on trying, ever more seldom.
const waits = [0, 1000, 2000];
const firstWait = 4000;
const longestWait = 60000;

const statusOf = (error) => error.originalResponse?.getStatus() ?? 0;
/** A broken connection, a busy or restarting server: the same file can go on later. */
const mayPass = (error) => [0, 409, 423, 429, 502, 503, 504].includes(statusOf(error));

/** Tells the server to forget an upload, also while the page is left. What it does not hear, it forgets in time. */
export async function endUpload(address, csrf) {
  for (let tries = 0; address && tries < 3; tries += 1) {
    const headers = { "Tus-Resumable": "1.0.0", "X-CSRF-Token": csrf };
    const answer = await fetch(address, { method: "DELETE", keepalive: true, headers }).catch(() => null);
    // Locked: the broken-off piece is still being put away.
    if (answer?.status !== 423) return;
    await new Promise((done) => setTimeout(done, 1000));
  }
}

/** The name under which an unfinished upload is found again when the same file is chosen for the same thing. */
export const keyOf = (pick, facts, person) =>
  ["tickmark", person, facts.finding, facts.action, facts.request, facts.improvement, facts.audit, facts.evidence,
    pick.path, pick.file.size, pick.file.lastModified].map((part) => part ?? "").join("|");

export class Row {
  /** `facts` go with the file; `setting` has csrf, person and digestScript; `changed` is called on every change. */
  constructor(pick, facts, setting, changed) {
    Object.assign(this, { pick, facts, setting, changed, state: "waiting", sent: 0 });
    this.bar = element("progress", { max: Math.max(1, pick.file.size), value: 0, "aria-label": said`Progress of ${pick.path}` });
    this.note = element("p", { class: "up-note" }, said`Waiting`);
    this.pauseButton = element("button", { type: "button", class: "plain", hidden: true, on: { click: () => this.togglePause() } }, said`Pause`);
    this.cancelButton = element("button", { type: "button", class: "plain", on: { click: () => this.cancel() } }, said`Remove`);
    for (const button of [this.pauseButton, this.cancelButton])
      button.setAttribute("aria-label", `${button.textContent} ${pick.path}`);
    this.name = element("bdi", { class: "up-name" }, pick.path);
    this.root = element("li", { class: "up-row" },
      element("p", { class: "up-head" }, this.name, " ", element("span", { class: "meta" }, sizeText(pick.file.size))),
      this.bar, this.note, element("p", { class: "up-buttons" }, this.pauseButton, this.cancelButton));
    addEventListener("online", () => this.state === "broken" && this.goOn());
  }

  get size() {
    return this.pick.file.size;
  }
  get isOpen() {
    return ["sending", "broken", "paused", "checking"].includes(this.state);
  }

  say(words, tone = "") {
    this.note.textContent = words;
    this.root.className = `up-row ${tone}`;
  }

  #to(state) {
    this.state = state;
    const running = state === "sending" || state === "broken";
    this.pauseButton.hidden = !running && state !== "paused";
    this.#label(this.pauseButton, state === "paused" ? said`Go on` : said`Pause`);
    this.#label(this.cancelButton, state === "waiting" || state === "refused" ? said`Remove` : said`Cancel`);
    this.cancelButton.hidden = state === "done" || state === "checking" || state === "cancelled";
    this.changed(this);
  }

  #label(button, words) {
    button.textContent = words;
    button.setAttribute("aria-label", `${words} ${this.pick.path}`);
  }

  async start() {
    this.digest = localDigest(this.pick.file, this.setting.digestScript);
    const key = keyOf(this.pick, this.facts, this.setting.person);
    this.upload = new Upload(this.pick.file, {
      endpoint: endpoint(),
      headers: { "X-CSRF-Token": this.setting.csrf },
      metadata: { filename: this.pick.file.name, ...this.facts },
      fingerprint: async () => key,
      removeFingerprintOnSuccess: true,
      retryDelays: waits,
      onShouldRetry: mayPass,
      onProgress: (sent) => this.#progress(sent),
      onSuccess: ({ lastResponse }) => this.#arrived(lastResponse.getHeader("Tickmark-Evidence")),
      onError: (error) => this.#failed(error),
    });
    this.#to("sending");
    this.say(said`Beginning`);
    const before = await this.upload.findPreviousUploads();
    if (this.state !== "sending") return;
    if (before.length > 0) {
      this.resumed = true;
      this.upload.resumeFromPreviousUpload(before[0]);
    }
    this.upload.start();
  }

  #progress(sent) {
    this.sent = sent;
    this.wait = undefined;
    this.bar.value = sent;
    const resumed = this.resumed ? `${said`Going on where it stopped:`} ` : "";
    if (this.state === "broken") this.#to("sending");
    if (this.state === "sending")
      this.say(resumed + said`${percent(sent, this.size)} %, ${sizeText(sent)} of ${sizeText(this.size)}`);
    this.changed(this);
  }

  #failed(error) {
    if (this.state === "cancelled" || this.state === "paused") return;
    if (!mayPass(error)) {
      this.say(problemWords(statusOf(error), error.originalResponse?.getBody() ?? ""), "bad");
      this.bar.hidden = true;
      this.#to("refused");
      return;
    }
    this.#to("broken");
    this.say(said`The connection is broken. What arrived is kept; this goes on by itself when it is back.`, "warn");
    this.wait = Math.min(longestWait, 2 * (this.wait ?? firstWait / 2));
    this.timer = setTimeout(() => this.goOn(), this.wait);
  }

  goOn() {
    clearTimeout(this.timer);
    if (!["broken", "paused"].includes(this.state)) return;
    this.resumed = true;
    this.#to("sending");
    this.upload.start();
  }

  async togglePause() {
    if (this.state === "paused") {
      this.goOn();
      return;
    }
    clearTimeout(this.timer);
    this.#to("paused");
    this.say(said`Paused at ${percent(this.sent, this.size)} %. What arrived is kept.`);
    await this.upload.abort();
  }

  async cancel() {
    clearTimeout(this.timer);
    const begun = this.isOpen;
    this.#to("cancelled");
    this.root.remove();
    if (!begun) return;
    await this.upload.abort().catch(() => {});
    const stored = `tus::${keyOf(this.pick, this.facts, this.setting.person)}::`;
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(stored))) localStorage.removeItem(name);
    await endUpload(this.upload.url, this.setting.csrf);
  }

  async #arrived(version) {
    this.sent = this.size;
    this.bar.value = this.bar.max;
    this.#to("checking");
    this.say(said`Arrived; comparing the digests`);
    const [ref, number] = (version ?? "").split("/v");
    this.receiptHref = `/evidence/${encodeURIComponent(ref)}/v/${number}/receipt`;
    const [here, receipt] = await Promise.all([this.digest, this.#receipt(ref, number)]);
    this.result = outcomeOf(version, this.receiptHref, here, receipt);
    this.#to("done");
    this.bar.hidden = true;
    this.show(this.result);
  }

  async #receipt(ref, number) {
    try {
      const answer = await fetch(`/api/v1/evidence/${encodeURIComponent(ref)}/v/${number}/receipt`);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  show(result) {
    showOutcome(this.root, this.note, result);
  }
}

/** What is kept of a finished file: { version, href, tone, words }. */
function outcomeOf(version, href, here, receipt) {
  if (!receipt || !here) {
    const words = said`Handed over as ${version}. The digests could not be compared here; compare them on the receipt.`;
    return { version, href, tone: "warn", words };
  }
  if (here === receipt.sha256) {
    const words = said`Handed over as ${version}. The digest computed on this machine equals the receipt's: ${shortDigest(here)}.`;
    return { version, href, tone: "good", words };
  }
  const words = said`Handed over as ${version}, but the digest computed on this machine (${here}) differs from the receipt's (${receipt.sha256}). Do not rely on this version: tell the auditor, and hand the file over again.`;
  return { version, href, tone: "bad", words };
}

export function showOutcome(root, note, { version, href, tone, words }) {
  root.className = `up-row ${tone}`;
  note.textContent = words;
  const file = `receipt-${version.replace("/", "-")}.json`;
  const [ref, number] = version.split("/v");
  note.after(element("p", { class: "meta" },
    element("a", { href }, said`Receipt`), " · ",
    element("a", { href: `/api/v1/evidence/${encodeURIComponent(ref)}/v/${number}/receipt`, download: file }, said`Download the receipt`)));
}
