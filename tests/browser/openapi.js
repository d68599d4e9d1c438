// Lints schemas/openapi.json. Each check is one case; the last line is `N passed, N failed`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test, runAll } from "./lib/cases.js";
import { run, sourceDir } from "./lib/server.js";

const path = join(sourceDir, "schemas/openapi.json");
const here = join(sourceDir, "tests/browser");
const methods = ["get", "put", "post", "delete", "patch", "head", "options"];
const operations = () => {
  const description = JSON.parse(readFileSync(path, "utf8"));
  return Object.entries(description.paths).flatMap(([address, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ name: `${method} ${address}`, ...item[method] })),
  );
};

test("the description holds to Spectral's rules for OpenAPI", async () => {
  const spectral = createRequire(import.meta.url).resolve("@stoplight/spectral-cli/dist/index.js");
  const ended = await run(process.execPath, [spectral, "lint", "--quiet", "--format", "json", "--fail-severity", "error", "--ruleset", join(here, "openapi-rules.json"), path]);
  const found = JSON.parse(ended.out || "[]");
  for (const one of found)
    console.log(`${["error", "warning", "information", "hint"][one.severity]} ${one.code} at ${one.path.join(".")}: ${one.message}`);
  assert.equal(ended.code, 0, ended.err);
  assert.deepEqual(found.filter((one) => one.severity === 0), []);
});

test("every operation has a name of its own", () => {
  const all = operations();
  assert.ok(all.length > 20, `${all.length} operations are described`);
  const names = new Map();
  for (const one of all) {
    assert.ok(one.operationId, `${one.name} has an operationId`);
    assert.equal(names.get(one.operationId), undefined, `${one.operationId} names both ${one.name} and ${names.get(one.operationId)}`);
    names.set(one.operationId, one.name);
  }
});

test("every operation says what it does, how it answers and that it may refuse", () => {
  for (const one of operations()) {
    assert.ok((one.summary ?? "").length > 3, `${one.name} has a summary`);
    const codes = Object.keys(one.responses ?? {});
    assert.ok(codes.some((code) => /^[23]/.test(code)), `${one.name} says how it answers`);
    assert.ok(codes.some((code) => /^4/.test(code) || code === "default"), `${one.name} says how it refuses`);
  }
});

process.exit((await runAll(process.argv[2])) === 0 ? 0 : 1);
