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

const place = (name) => join(vectorsDir, name);
const file = (name) => ({ name, bytes: new Uint8Array(readFileSync(place(name))) });

/** The checkpoint in an earlier bundle, or the file itself. */
async function head(name) {
  const whole = file(name);
  if (!name.endsWith(".zip")) return whole;
  const source = { size: whole.bytes.length, read: async (offset, length) => whole.bytes.subarray(offset, offset + length) };
  const entry = (await core.zip.readZip(source, () => {})).find((one) => one.name === "tlog/checkpoint");
  return { name, bytes: await source.read(entry.dataAt, entry.size) };
}

/** Every vector of expected.json with the paths of what is brought: see tests/vectors/README.md. */
export function vectors() {
  const { vectors: all } = JSON.parse(readFileSync(place("expected.json"), "utf8"));
  return Object.entries(all).map(([name, { verdict, code, failed, open, brought }]) => ({
    name, verdict, code, failed, open, brought, path: place(`${name}.evidence.zip`),
    files: Object.fromEntries(["anchors", "timestamp_anchors", "crls", "previous"].map((kind) => [kind, (brought[kind] ?? []).map(place)])),
  }));
}

/** What readOptions() takes, for a vector. */
export async function plainFor({ brought }) {
  return {
    anchorFiles: (brought.anchors ?? []).map(file),
    timestampFiles: (brought.timestamp_anchors ?? []).map(file),
    crlFiles: (brought.crls ?? []).map(file),
    earlier: await Promise.all((brought.previous ?? []).map(head)),
    logKey: brought.log_key ?? "",
    witnessKeys: brought.witnesses ?? [],
    required: brought.required ?? [],
  };
}

export const vectorNamed = (name) => vectors().find((one) => one.name === name);

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
