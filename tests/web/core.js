// The verifier core under Node: what the vectors do not reach.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "../browser/lib/cases.js";
import { anchorFile, builtDir, codesOf, core, goodBundle, holds, pageFile, plainFor, same, sourceDir, vectorNamed, vectors, webRequire } from "./lib.js";

const anchored = { anchorFiles: [{ name: "anchor.pem", bytes: readFileSync(anchorFile) }] };
const good = new Uint8Array(readFileSync(goodBundle));
const isLong = Boolean(process.env.TICKMARK_LONG);

/** The bytes of a vector, and where those of each entry begin and end. */
async function laidOut(name) {
  const vector = vectorNamed(name);
  const bytes = new Uint8Array(readFileSync(vector.path));
  const source = { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
  const entries = await core.zip.readZip(source, () => {});
  return { bytes, plain: await plainFor(vector), entries };
}

/** Flips bits one at a time and answers those after which the bundle is not FAIL. */
async function unseenFlips({ bytes, plain }, places, bitsOf) {
  const unseen = [];
  for (const at of places) {
    for (const bit of bitsOf(at)) {
      const changed = bytes.slice();
      changed[at] ^= 1 << bit;
      const { verdict } = await core.verifyBytes(changed, plain);
      if (verdict !== "FAIL") unseen.push([at, bit, verdict]);
    }
  }
  return unseen;
}

const every = () => [0, 1, 2, 3, 4, 5, 6, 7];
const one = (at) => [(at * 5) % 8];
const range = (from, to, step) => Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

function addFlips() {
  test(`no flipped bit of the seal goes unseen (${isLong ? "all bits" : "one in every third byte"})`, async () => {
    const bundle = await laidOut("good");
    const { dataAt, end } = bundle.entries.find((entry) => entry.name.endsWith(".p7s"));
    same(await unseenFlips(bundle, range(dataAt, end, isLong ? 1 : 3), isLong ? every : one), [], "flips that nobody saw");
  }, { seconds: 900 });
  test("no flipped bit of later signatures, statements and timestamps goes unseen (samples)", async () => {
    const bundle = await laidOut("good-and-renewed");
    const groups = bundle.entries.filter((entry) => entry.name.startsWith("META-INF/"));
    const places = groups.flatMap(({ dataAt, end }) => range(dataAt, end, isLong ? 1 : 61));
    same(await unseenFlips(bundle, places, isLong ? every : one), [], "flips that nobody saw");
  }, { seconds: 3600 });
  test("no flipped bit in any other part of the bundle goes unseen (samples)", async () => {
    const bundle = await laidOut("good");
    same(await unseenFlips(bundle, range(0, bundle.bytes.length, isLong ? 1 : 211), one), [], "flips that nobody saw");
  }, { seconds: 3600 });
  test("a bundle cut at any of many places fails and throws nothing", async () => {
    const { bytes, plain } = await laidOut("good-and-renewed");
    for (let length = 0; length < bytes.length; length += 1499) {
      const { verdict } = await core.verifyBytes(bytes.slice(0, length), plain);
      same(verdict, "FAIL", `cut to ${length} bytes`);
    }
  });
}

function addTrust() {
  const root = () => createHash("sha256").update(Buffer.from(readFileSync(anchorFile, "utf8").replace(/-----[^-]+-----|\s/g, ""), "base64")).digest("hex");
  const verdictWith = async (plain) => (await core.verifyBytes(good, plain)).verdict;
  test("without an anchor a good bundle is undecided and its log not checked", async () => {
    const report = await core.verifyBytes(good, {});
    same(report.verdict, "INDETERMINATE", "the verdict");
    same([report.statements.intact.status, report.statements.authentic.status, report.statements.in_the_log.status], ["passed", "not_checked", "not_checked"], "the statements");
  });
  test("the root's fingerprint is enough, in every way of writing it", async () => {
    const digits = root();
    const ways = [digits, digits.toUpperCase(), `SHA256:${digits}`, digits.match(/../g).join(":"), `sha256 ${digits.match(/.{4}/g).join(" ")}`];
    for (const text of ways) same(await verdictWith({ fingerprints: [text] }), "PASS", text);
  });
  test("a fingerprint spelled as words is the same fingerprint", () => {
    const words = readFileSync(join(sourceDir, "schemas/fingerprint-words.txt"), "utf8").split("\n").filter((line) => /^[a-z]{3,7}$/.test(line));
    const digits = root();
    const spelled = digits.match(/../g).map((pair) => words[Number.parseInt(pair, 16)]).join(", ");
    same(core.readFingerprint(spelled), digits, "the fingerprint");
  });
  test("a wrong fingerprint fails with E50, and half a one is refused with what is wrong", async () => {
    const report = await core.verifyBytes(good, { fingerprints: ["0".repeat(64)] });
    holds(codesOf(report).includes("E50"), "E50 is missing");
    const refused = await core.verifyBytes(good, { fingerprints: ["abcd"] }).catch((error) => error);
    same(refused.field, "anchor", "the field");
  });
  test("requirements that the bundle does not meet fail with E90", async () => {
    for (const required of ["approval", "acceptance", "timestamp"]) {
      const report = await core.verifyBytes(good, { ...anchored, required: [required] });
      same([report.verdict, codesOf(report)], ["FAIL", ["E90"]], required);
    }
  });
}

function addWords() {
  test("the report follows its schema, for every vector", async () => {
    const Ajv = webRequire("ajv").default;
    const ajv = webRequire("ajv-formats").default(new Ajv({ strict: false, allErrors: true }));
    const isReport = ajv.compile(JSON.parse(readFileSync(join(sourceDir, "schemas/json/verification-report.schema.json"), "utf8")));
    for (const vector of vectors()) {
      holds(isReport(await core.verifyFile(vector.path, await plainFor(vector))), `${vector.name}: ${JSON.stringify(isReport.errors?.[0])}`);
    }
  });
  test("the same sources give the same bytes, and the digest beside the page is its digest", () => {
    const folder = mkdtempSync(join(tmpdir(), "tickmark-web-"));
    try {
      execFileSync(join(sourceDir, "tools/web/build"), [folder]);
      const [first, second] = [pageFile, join(folder, "tickmark-verify.html")].map((path) => readFileSync(path));
      holds(first.equals(second), "two builds differ");
      const digest = createHash("sha256").update(first).digest("hex");
      same(readFileSync(join(builtDir, "tickmark-verify.html.sha256"), "utf8"), `${digest}  tickmark-verify.html\n`, "the digest file");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

export function addCore() {
  addTrust();
  addWords();
  addFlips();
}
