// Every vector gives the verdict and the codes that tests/vectors/expected.json states, under Node and in the page.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "../browser/lib/cases.js";
import { bringInto, check, openWithAnchor } from "./chromium.js";
import { codesOf, core, holds, same, vectors } from "./lib.js";

const all = vectors();

function judge(vector, verdict, failed, open) {
  same(verdict, vector.verdict, "the verdict");
  const found = vector.verdict === "INDETERMINATE" ? [...failed, ...open] : failed;
  for (const code of vector.codes) holds(found.includes(code), `${code} is not among ${found.join(", ") || "no codes"}`);
}

async function underNode(vector) {
  const report = await core.verifyFile(vector.path, vector.plain);
  judge(vector, report.verdict, codesOf(report), codesOf(report, true));
  return report;
}

export function addVectors(chromium) {
  for (const vector of all) test(`under Node, ${vector.name} is ${[vector.verdict, ...vector.codes].join(" ")}`, () => underNode(vector));

  let opened = null;
  const page = async () => (opened ??= await openWithAnchor(chromium)).page;
  for (const vector of all) {
    test(`in Chromium, ${vector.name} is ${[vector.verdict, ...vector.codes].join(" ")}, as under Node`, async () => {
      const shown = await page();
      await bringInto(shown, vector);
      const found = await check(shown, vector.path);
      same(found.error, "", "an error");
      judge(vector, found.verdict, found.failed, found.open);
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
