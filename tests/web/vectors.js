// Every vector gives the verdict and the codes that tests/vectors/expected.json states, under Node and in the page.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "../browser/lib/cases.js";
import { bringInto, check } from "./chromium.js";
import { codesOf, core, holds, plainFor, same, vectors } from "./lib.js";

const all = vectors();
const wanted = ({ verdict, code }) => [verdict, code].filter(Boolean).join(" ");
const codesWith = (report, status) => report.checks.filter((one) => one.status === status).map((one) => one.code);

// Where the two verifiers name different codes behind the one that matters, and why.
const otherCodes = {
  "bag-info-of-unknown-signatories": "the log key in bag-info.txt is still read when another label is wrong",
  "duplicate-name-forged-first": "every copy of a name is held against the lists, not the last one",
  "duplicate-name-forged-last": "every copy of a name is held against the lists, not the last one",
  "gap-between-entries": "what rests on a file that cannot be read is not checked rather than failed",
  "prepended-bytes-with-offsets-moved": "what rests on a file that cannot be read is not checked rather than failed",
  "zip64-size-of-exabytes": "what rests on a file that cannot be read is not checked rather than failed",
  "zip64-sizes-without-need": "what rests on a file that cannot be read is not checked rather than failed",
};

/**
 * The verdict, the code and the other codes that fail are those of the other verifier. Where nothing failed, every check
 * has the same state; behind a failure the two may go on to a different point.
 */
function judge(vector, verdict, failed, open) {
  same(verdict, vector.verdict, "the verdict");
  if (!(vector.name in otherCodes)) same([...failed].sort(), [...vector.failed].sort(), "what failed");
  if (vector.verdict !== "FAIL") same([...open].sort(), [...vector.open].sort(), "what is not checked");
  if (vector.code) holds((vector.verdict === "FAIL" ? failed : open).includes(vector.code), `${vector.code} is not among ${failed.join(", ")}; ${open.join(", ")}`);
}

async function underNode(vector) {
  const report = await core.verifyFile(vector.path, await plainFor(vector));
  judge(vector, report.verdict, codesWith(report, "failed"), codesWith(report, "not_checked"));
  return report;
}

export function addVectors(chromium) {
  for (const vector of all) test(`under Node, ${vector.name} is ${wanted(vector)}`, () => underNode(vector));

  let opened = null;
  const page = async () => (opened ??= await chromium.open()).page;
  for (const vector of all) {
    test(`in Chromium, ${vector.name} is ${wanted(vector)}, as under Node`, async () => {
      const shown = await page();
      await bringInto(shown, vector);
      const found = await check(shown, vector.path);
      same(found.error, "", "an error");
      judge(vector, found.verdict, found.checks.failed, found.checks.not_checked);
      const report = await underNode(vector);
      same([found.failed, found.open], [codesOf(report), codesOf(report, true)], "the codes that the page shows");
      same(found.digest, createHash("sha256").update(readFileSync(vector.path)).digest("hex"), "the file's SHA-256");
      const states = Object.fromEntries(Object.entries(report.statements).map(([name, { status }]) => [name, status]));
      same(found.statements, states, "the four statements");
    });
  }
  test("all vectors were checked without a request to anywhere and without a message in the console", async () => {
    holds(opened !== null, "no vector was opened in the page");
    same(opened.complaints, [], "complaints");
    await opened.close();
  });
}
