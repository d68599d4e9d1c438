// What a bundle contains: OSCAL documents, manifest and report of bundles that the demonstration's data makes.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { Browser } from "./lib/browser.js";
import { Demonstration, filesBelow, sha256 } from "./lib/bundles.js";
import { runAll, test } from "./lib/cases.js";
import { accessibilityErrors, htmlErrors, widthErrors } from "./lib/inspect.js";
import { program, run, sourceDir } from "./lib/server.js";

const ajv = new Ajv({ allErrors: true, unicodeRegExp: true });
addFormats(ajv);
const schema = (path) => ajv.compile(JSON.parse(readFileSync(join(sourceDir, path), "utf8")));
const documents = {
  "data/oscal/assessment-results.json": schema("tests/data/oscal/oscal-1.1.3_assessment-results_schema.json"),
  "data/oscal/poam.json": schema("tests/data/oscal/oscal-1.1.3_poam_schema.json"),
};
const manifestSchema = schema("schemas/json/manifest.schema.json");

/** The violations of a schema, one line each. */
function violations(check, document) {
  return check(document) ? [] : check.errors.map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`);
}

const backMatter = (document) => Object.values(document)[0]["back-matter"].resources;

/** Where the links of a document disagree with the files beside it. */
function wrongLinks(bundle, name, document) {
  const wrong = [];
  for (const link of backMatter(document).flatMap((resource) => resource.rlinks ?? [])) {
    const file = normalize(join(dirname(name), decodeURIComponent(link.href)));
    if (!bundle.has(file)) wrong.push(`${link.href} leads nowhere`);
    else if (link.hashes[0].algorithm !== "SHA-256" || link.hashes[0].value !== sha256(join(bundle.root, file)))
      wrong.push(`${link.href} has another digest`);
  }
  return wrong;
}

const demo = await Demonstration.make();
const lead = "la-01";
let audit = "";
let whole;
let delta;
let findings = [];

test("the demonstration's audit of the service desk is sealed whole, with a withheld file", async () => {
  const people = readFileSync(join(demo.data, "demo-accounts.txt"), "utf8");
  assert.ok(people.includes(lead), people);
  audit = "IA-2022-03";
  const evidence = (await demo.command("bundle", "preview", "--audit", audit, "--as", lead)).files;
  assert.ok(evidence >= 3, `${evidence} files`);
  const first = await demo.seal("--audit", audit, "--as", lead);
  const names = first.json("data/manifest.json").evidence.map((one) => one.name);
  whole = await demo.seal("--audit", audit, "--as", lead, "--supersedes", first.ref, "--withhold", `${names[0]}=Names of customers`);
  findings = whole.json("data/manifest.json").findings.map((one) => one.ref);
  assert.ok(findings.length > 2, findings.join());
  assert.deepEqual(whole.json("data/manifest.json").supersedes, { bundle: first.ref, sha256: first.sha256 });
});

test("the schemas accept NIST's own examples and refuse what they must", () => {
  const example = JSON.parse(readFileSync(join(sourceDir, "tests/data/oscal/ifa_plan-of-action-and-milestones.json"), "utf8"));
  const check = documents["data/oscal/poam.json"];
  assert.deepEqual(violations(check, example), []);
  const plan = () => structuredClone(example);
  const broken = [plan(), plan(), plan(), plan()];
  delete broken[0]["plan-of-action-and-milestones"].metadata.title;
  broken[1]["plan-of-action-and-milestones"].uuid = "7";
  broken[2]["plan-of-action-and-milestones"].more = 1;
  broken[3]["plan-of-action-and-milestones"]["poam-items"] = [];
  for (const one of broken) assert.notDeepEqual(violations(check, one), []);
});

test("both OSCAL documents hold to the schema", () => {
  for (const [name, check] of Object.entries(documents)) assert.deepEqual(violations(check, whole.json(name)), [], name);
});

test("each evidence file of the bundle is a resource with a link and its digest, a withheld one has the reason", () => {
  const inside = filesBelow(join(whole.root, "data/evidence")).sort();
  assert.ok(inside.length >= 2);
  for (const name of Object.keys(documents)) {
    const document = whole.json(name);
    assert.deepEqual(wrongLinks(whole, name, document), []);
    const linked = backMatter(document).flatMap((one) => one.rlinks ?? []).map((one) => one.href.replace("../evidence/", ""));
    assert.deepEqual(linked.sort(), inside);
    const withheld = backMatter(document).filter((one) => one.remarks?.startsWith("Withheld"));
    assert.equal(withheld.length, 1);
    assert.equal(withheld[0].remarks, "Withheld: Names of customers");
    assert.equal(withheld[0].rlinks, undefined);
  }
});

test("a changed digest in an OSCAL document is noticed, by this check and by the verifier", async () => {
  const name = "data/oscal/poam.json";
  const document = whole.json(name);
  const digest = backMatter(document).find((one) => one.rlinks).rlinks[0].hashes[0].value;
  const other = (digest[0] === "0" ? "1" : "0") + digest.slice(1);
  backMatter(document).find((one) => one.rlinks).rlinks[0].hashes[0].value = other;
  assert.equal(wrongLinks(whole, name, document).length, 1);
  const bytes = readFileSync(whole.file);
  const at = bytes.lastIndexOf(digest, bytes.indexOf(Buffer.from("META-INF/ASiCManifest001.xml")));
  assert.ok(at > 0);
  bytes.write(other, at);
  const forged = join(demo.folder, "forged.evidence.zip");
  writeFileSync(forged, bytes);
  assert.equal((await run(program("tickmark-verify"), [whole.file])).code, 5);
  assert.equal((await run(program("tickmark-verify"), [forged])).code, 1);
});

test("each finding and action of the manifest stands in the OSCAL documents once", () => {
  const manifest = whole.json("data/manifest.json");
  const refs = (items, kind) => items.map((one) => one.props.find((prop) => prop.name === kind)?.value).filter(Boolean).sort();
  const results = whole.json("data/oscal/assessment-results.json")["assessment-results"].results[0];
  const poam = whole.json("data/oscal/poam.json")["plan-of-action-and-milestones"];
  assert.deepEqual(refs(results.findings, "ref"), findings);
  assert.deepEqual(refs(poam.findings, "ref"), findings);
  assert.deepEqual(refs(poam["poam-items"], "ref"), manifest.actions.map((one) => one.ref).sort());
});

test("the manifest holds to its schema with each selection", async () => {
  const named = await demo.seal("--audit", audit, "--as", lead, "--finding", findings[1], "--finding", findings[0]);
  for (const bundle of [whole, named]) assert.deepEqual(violations(manifestSchema, bundle.json("data/manifest.json")), []);
  assert.deepEqual(named.json("data/manifest.json").selection, { kind: "findings", findings: [findings[0], findings[1]] });
  for (const [name, check] of Object.entries(documents)) assert.deepEqual(violations(check, named.json(name)), [], name);
});

test("a plan that is filed with the audit itself is in the bundle of the whole audit", async () => {
  const bundle = await demo.seal("--audit", "SA-2022-240680", "--as", lead);
  const own = filesBelow(join(bundle.root, "data/evidence/audit"));
  assert.ok(own.length > 0);
  const manifest = bundle.json("data/manifest.json");
  for (const name of own) {
    const version = manifest.evidence.find((one) => one.path === `data/evidence/audit/${name}`);
    assert.deepEqual(version.used_by, ["SA-2022-240680"]);
    assert.ok(bundle.text("data/report.html").includes(`evidence/audit/${name}`));
  }
});

test("nothing changed since the bundle, so there is no delta; and plain words refuse what is not there", async () => {
  const base = ["bundle", "seal", "--audit", audit, "--as", lead];
  const refusals = [
    [["--since", whole.ref], /Nothing changed/],
    [["--since", "B-0999"], /no sealed bundle "B-0999"/],
    [["--finding", "F-9999"], /no finding "F-9999" in audit/],
    [["--finding", findings[0], "--since", whole.ref], /not both/],
  ];
  for (const [options, words] of refusals) {
    const ended = await demo.refused(...base, ...options);
    assert.notEqual(ended.code, 0);
    assert.match(ended.err, words);
  }
});

test("a delta holds the file that came since and names everything else as unchanged", async () => {
  const file = join(demo.folder, "later.txt");
  writeFileSync(file, "Came after the bundle.\n");
  await demo.command("evidence", "add", file, "--finding", findings[0], "--as", lead);
  delta = await demo.seal("--audit", audit, "--as", lead, "--since", whole.ref);
  const manifest = delta.json("data/manifest.json");
  assert.deepEqual(violations(manifestSchema, manifest), []);
  assert.deepEqual(manifest.selection.findings, [findings[0]]);
  assert.equal(manifest.selection.since.bundle, whole.ref);
  assert.equal(manifest.selection.since.sha256, whole.sha256);
  for (const ref of findings.slice(1)) assert.ok(manifest.selection.unchanged.includes(ref), ref);
  for (const [name, check] of Object.entries(documents)) assert.deepEqual(violations(check, delta.json(name)), [], name);
});

test("the report is valid HTML and well-formed XML", async () => {
  for (const bundle of [whole, delta]) {
    assert.deepEqual(await htmlErrors(bundle.text("data/report.html")), []);
    const ended = await run("/usr/bin/python3", ["-c", "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])", join(bundle.root, "data/report.html")]);
    assert.equal(ended.code, 0, ended.err);
  }
});

async function onPage(bundle, look) {
  const browser = await Browser.start({ folder: demo.folder, origin: "http://127.0.0.1:1" });
  try {
    const context = await browser.inner.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false });
    const page = await context.newPage();
    const asked = [];
    const said = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(pathToFileURL(join(bundle.root, "data/report.html")).href);
    return await look(page, { asked, said });
  } finally {
    await browser.inner.close();
  }
}

test("the report asks for nothing, its own style counts under its policy, and it says nothing to the console", () =>
  onPage(whole, async (page, { asked, said }) => {
    assert.equal(asked.length, 1);
    assert.deepEqual(said, []);
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".figures")).display), "grid");
    await page.screenshot({ path: join(sourceDir, "build/screenshots/bundle-report.png"), fullPage: true });
  }));

test("the report's links lead to files of the unpacked bundle", () =>
  onPage(whole, async (page) => {
    const links = await page.evaluate(() => [...document.querySelectorAll("a")].map((one) => one.getAttribute("href")));
    const files = links.filter((link) => !link.startsWith("#"));
    assert.ok(files.length > 5);
    for (const link of files) assert.ok(whole.has(normalize(join("data", decodeURIComponent(link)))), link);
    for (const link of links.filter((one) => one.startsWith("#")))
      assert.equal(await page.locator(link).count(), 1, link);
  }));

test("the report is accessible in light and dark and fits a screen of 390 pixels", async () => {
  for (const bundle of [whole, delta]) {
    await onPage(bundle, async (page) => {
      // axe is brought in from outside, which the page's own policy must not allow.
      assert.deepEqual(await accessibilityErrors(page), []);
      assert.deepEqual([await widthErrors(page)].flat().filter(Boolean), []);
    });
  }
});

const failed = await runAll(process.argv[2]);
demo.end();
process.exit(failed === 0 ? 0 : 1);
