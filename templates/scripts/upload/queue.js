// Several files, a few at a time, with the progress of all and one polite voice.
import { said } from "../lib/said.js";
import { Row, showOutcome } from "./row.js";
import { element, files, percent, sizeText } from "./words.js";

const atOnce = 3;
const keptUnder = (pathname) => `tickmark-handed-over:${pathname}`;

export class Queue {
  /** `place` gets the rows; `whenIdle` is called when nothing waits or runs any more. */
  constructor(place, setting, whenIdle) {
    Object.assign(this, { setting, whenIdle, rows: [], going: false });
    this.list = element("ul", { class: "up-rows" });
    this.bar = element("progress", { max: 1, value: 0, "aria-label": said`Progress of all files` });
    this.sum = element("span", { class: "meta" });
    this.all = element("p", { class: "up-all", hidden: true }, this.bar, this.sum);
    this.voice = place.querySelector(".upload-note");
    this.voice.before(this.list, this.all);
    this.#showKept();
  }

  get waiting() {
    return this.rows.filter((row) => row.state === "waiting");
  }

  add(pick, facts) {
    const row = new Row(pick, facts, this.setting, () => this.#changed());
    this.rows.push(row);
    this.list.append(row.root);
    this.#changed();
    return row;
  }

  start() {
    this.going = true;
    this.#changed();
  }

  say(words) {
    if (this.voice.textContent !== words) this.voice.textContent = words;
  }

  #changed() {
    this.rows = this.rows.filter((row) => row.state !== "cancelled");
    if (this.going) this.#startSome();
    this.#total();
    const open = this.rows.some((row) => row.isOpen);
    if (this.going && !open && this.waiting.length === 0) {
      this.going = false;
      this.#idle();
    }
    this.setting.rowsChanged?.(this);
  }

  #startSome() {
    const running = () => this.rows.filter((row) => ["sending", "broken", "checking"].includes(row.state)).length;
    // A row that starts says so and comes back here at once: each is looked for anew, so that none starts twice.
    while (running() < atOnce && this.waiting.length > 0) this.waiting[0].start();
  }

  #total() {
    const begun = this.rows.filter((row) => row.state !== "waiting" && row.state !== "refused");
    const whole = this.rows.filter((row) => row.state !== "refused").reduce((sum, row) => sum + row.size, 0);
    const sent = begun.reduce((sum, row) => sum + row.sent, 0);
    this.all.hidden = !this.going || this.rows.length < 2;
    this.bar.max = Math.max(1, whole);
    this.bar.value = sent;
    this.sum.textContent = ` ${said`${percent(sent, whole)} % of ${sizeText(whole)} in ${files(this.rows.length)}`}`;
    if (!this.going) return;
    const done = this.rows.filter((row) => row.state === "done").length;
    const broken = this.rows.some((row) => row.state === "broken");
    const tail = broken ? ` ${said`The connection is broken; it goes on by itself.`}` : "";
    this.say(said`${done} of ${files(this.rows.length)} handed over.` + tail);
  }

  #idle() {
    const done = this.rows.filter((row) => row.state === "done");
    const refused = this.rows.filter((row) => row.state === "refused").length;
    const differ = done.some((row) => row.result.tone === "bad");
    if (refused > 0) this.say(said`${files(done.length)} handed over, ${refused} not taken: the reason stands with each.`);
    this.whenIdle({ done, refused, differ });
  }

  /** The page is loaded anew so that it shows what changed; the outcomes are shown again once. */
  keepOutcomes(pathname) {
    const kept = this.rows.filter((row) => row.state === "done").map((row) => ({ path: row.pick.path, ...row.result }));
    sessionStorage.setItem(keptUnder(pathname), JSON.stringify(kept));
  }

  #showKept() {
    const text = sessionStorage.getItem(keptUnder(location.pathname));
    sessionStorage.removeItem(keptUnder(location.pathname));
    const kept = text ? JSON.parse(text) : [];
    for (const one of kept) {
      const note = element("p", { class: "up-note" });
      const root = element("li", { class: "up-row" }, element("p", { class: "up-head" }, element("bdi", { class: "up-name" }, one.path)), note);
      showOutcome(root, note, one);
      this.list.append(root);
    }
    if (kept.length > 0) this.say(said`${files(kept.length)} handed over; the page shows it now.`);
  }
}
