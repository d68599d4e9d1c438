// What was found: problems, the state of each check, the four statements and the verdict.
import codes from "tickmark:codes";

export { codes };
const statementNames = ["intact", "authentic", "complete", "in_the_log"];
const mostProblems = 1000;

const iso = (micros) => `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19)}.${String(((micros % 1e6) + 1e6) % 1e6).padStart(6, "0")}Z`;

/** Microseconds as the report writes them. */
export { iso };

export class Findings {
  constructor() {
    this.problems = [];
    this.counts = new Map();
    this.failed = new Set();
    this.unchecked = new Map();
    this.reasons = new Map();
    this.timeWeighs = false;
  }

  #add(code, place, message, open) {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > mostProblems) return;
    const words = codes.find((one) => one.code === code);
    const [meaning, advice] = open ? [words.openMeaning, words.openAdvice] : [words.meaning, words.advice];
    const isLast = count === mostProblems;
    this.problems.push({ code, place, message: isLast ? `${message} Further problems of this kind are counted, not listed.` : message, meaning, advice, open });
  }

  /** A rule is broken. */
  fail(code, place, message) {
    this.failed.add(code);
    this.#add(code, place, message, false);
  }

  /** Something could not be decided. */
  open(code, place, message) {
    if (!this.unchecked.has(code)) this.unchecked.set(code, message);
    this.#add(code, place, message, true);
  }

  /** A check could not be made at all. */
  skip(code, reason) {
    if (!this.unchecked.has(code)) this.unchecked.set(code, reason);
  }

  /** What stands behind a check that passed. */
  say(code, reason) {
    this.reasons.set(code, reason);
  }

  /** How many problems of these codes there are. */
  countOf(...names) {
    return names.reduce((sum, code) => sum + (this.counts.get(code) ?? 0), 0);
  }

  status(code) {
    if (this.failed.has(code)) return "failed";
    return this.unchecked.has(code) ? "not_checked" : "passed";
  }

  #reason(code) {
    const count = this.counts.get(code) ?? 0;
    if (this.failed.has(code)) return count === 1 ? "1 problem" : `${count} problems`;
    return this.unchecked.get(code) ?? this.reasons.get(code) ?? "";
  }

  #weighs(code) {
    return code !== "E60" || this.failed.has("E60") || this.timeWeighs;
  }

  /** In the order of the codes. */
  sorted() {
    const place = new Map(codes.map(({ code }, index) => [code, index]));
    return [...this.problems].sort((a, b) => place.get(a.code) - place.get(b.code));
  }

  checks() {
    return codes.map(({ code, title, statement }) => ({ code, title, statement, status: this.status(code), reason: this.#reason(code), weighs: this.#weighs(code) }));
  }

  /** The state of each of the four statements. */
  statements() {
    const stateOf = (name) => {
      const states = codes.filter((one) => one.statement === name && this.#weighs(one.code)).map((one) => this.status(one.code));
      return ["failed", "not_checked"].find((state) => states.includes(state)) ?? "passed";
    };
    return Object.fromEntries(statementNames.map((name) => [name, stateOf(name)]));
  }

  verdict() {
    const states = Object.values(this.statements());
    if (states.includes("failed")) return "FAIL";
    return states.includes("not_checked") ? "INDETERMINATE" : "PASS";
  }
}
