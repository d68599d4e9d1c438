// What the tests of the offline page share: where things lie, the vectors, and the verifier core under Node.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const sourceDir = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const vectorsDir = join(sourceDir, "tests/vectors");
export const builtDir = join(sourceDir, "build/web");
export const pageFile = join(builtDir, "tickmark-verify.html");

/** Packages of the page's own lock file, and those of the tests in a browser. */
export const webRequire = createRequire(join(sourceDir, "tools/web/package.json"));
export const browserRequire = createRequire(join(sourceDir, "tests/browser/package.json"));

export const core = await import(join(builtDir, "verify-core.mjs"));

const file = (name) => ({ name, bytes: readFileSync(join(vectorsDir, name)) });
const isList = (value) => Array.isArray(value);

/** What stands in expected.json for a vector, in one shape: { verdict, codes, bring }. */
function wish(value) {
  if (value === "PASS") return { verdict: "PASS", codes: [], bring: {} };
  if (typeof value === "string") return { verdict: "FAIL", codes: [value], bring: {} };
  const codes = isList(value.codes) ? value.codes : [value.code].filter(Boolean);
  return { verdict: value.verdict ?? (codes.length > 0 ? "FAIL" : "PASS"), codes, bring: value.bring ?? value.with ?? {} };
}

/** Every vector: { name, path, verdict, codes, plain }; `plain` is what readOptions() takes. */
export function vectors() {
  const all = JSON.parse(readFileSync(join(vectorsDir, "expected.json"), "utf8"));
  return Object.entries(all).map(([name, value]) => ({ name, path: join(vectorsDir, `${name}.evidence.zip`), ...wish(value), plain: { anchorFiles: [file("anchor.pem")] } }));
}

/** The codes of a report's failures, or of its open questions. */
export const codesOf = (report, open = false) => [...new Set(report.problems.filter((one) => one.open === open).map((one) => one.code))].sort();

/** Throws with both sides when they differ. */
export function same(found, wanted, what) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: found ${left}, expected ${right}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

export const anchorFile = join(vectorsDir, "anchor.pem");
export const goodBundle = join(vectorsDir, "good.evidence.zip");
export const exists = existsSync;
