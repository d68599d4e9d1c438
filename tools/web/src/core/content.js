// E80 and E90: what the bundle says about itself, and whether all of it is there.
import { equalBytes } from "./bytes.js";
import { readJson } from "./json.js";
import { bagDeclaration } from "./lists.js";
import { classify, evidenceFolder, isEvidenceName, measurementsFile, oscalFiles, payloadFiles, reviewFiles, tagFiles } from "./names.js";
import { shown } from "./bytes.js";
import { checkMeasurements } from "./measurements.js";
import { isManifest } from "tickmark:schemas";

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function checkBag(bundle, findings) {
  const declaration = bundle.files.get("bagit.txt");
  if (declaration && !equalBytes(declaration, bagDeclaration)) findings.fail("E80", "bagit.txt", "It is not the declaration of BagIt 1.0 in UTF-8.");
  const { values, wrong } = bundle.bagInfo;
  if (!bundle.files.get("bag-info.txt")) return;
  const fail = (message) => findings.fail("E80", "bag-info.txt", message);
  if (wrong) fail(wrong);
  const says = (label, allowed) => values.has(label) && !allowed.includes(values.get(label)) && fail(`${label} is "${values.get(label)}"; it must be ${allowed.join(" or ")}.`);
  says("Tickmark-Profile", ["1"]);
  says("Tickmark-Class", ["portable", "large"]);
  says("Tickmark-Signatories", ["seal", "seal approval"]);
  if (values.has("Bagging-Date") && !isDay(values.get("Bagging-Date"))) fail("Bagging-Date is no day.");
}

function checkTypes(bundle, findings) {
  const type = bundle.files.get("mimetype");
  if (type && String.fromCharCode(...type) !== "application/vnd.etsi.asic-e+zip") findings.fail("E10", "mimetype", "Its content is not application/vnd.etsi.asic-e+zip.");
  if (bundle.rootIsBroken) findings.fail("E80", "keys/root.pem", "It is not a certificate.");
}

const schemaWords = (errors) => {
  const [first] = errors ?? [];
  return first ? `${first.instancePath || "the document"} ${first.message}` : "it differs";
};

function readManifest(bundle, findings) {
  const name = "data/manifest.json";
  const bytes = bundle.files.get(name);
  if (!bytes) return null;
  const { value, wrong } = readJson(bytes, true);
  if (wrong) findings.fail("E80", name, `It ${wrong}.`);
  if (value === undefined) return null;
  if (!isManifest(value)) {
    findings.fail("E80", name, `It does not follow its schema: ${schemaWords(isManifest.errors)}.`);
    return null;
  }
  const info = bundle.bagInfo.values;
  if (value.bundle.ref !== info.get("External-Identifier")) findings.fail("E80", name, `It is about bundle ${value.bundle.ref}; bag-info.txt names another one.`);
  if (value.organisation !== info.get("Source-Organization")) findings.fail("E80", name, "It names another organisation than bag-info.txt.");
  return value;
}

function checkPresent(version, bundle, findings) {
  const place = version.path;
  if (!place.startsWith(evidenceFolder)) findings.fail("E80", "data/manifest.json", `${version.name} lies at ${shown(place)}, which is no place for evidence.`);
  const entry = bundle.all.get(place)?.[0];
  if (!entry) {
    findings.fail("E90", shown(place), `${version.name} is listed as present, but the file is missing.`);
    return false;
  }
  if (entry.found?.sha256 !== version.sha256) findings.fail("E80", shown(place), `data/manifest.json states another digest for ${version.name} than the file has.`);
  if (entry.size !== version.size) findings.fail("E80", shown(place), `data/manifest.json states ${version.size} bytes for ${version.name}; the file has ${entry.size}.`);
  return true;
}

function checkVersions(manifest, bundle, findings) {
  const versions = new Map();
  const places = new Set();
  for (const version of manifest.evidence) {
    const fail = (message) => findings.fail("E80", "data/manifest.json", message);
    if (versions.has(version.name)) fail(`${version.name} is listed twice.`);
    if (version.name !== `${version.ref}/v${version.version}`) fail(`${version.name} is called ${version.ref} version ${version.version}.`);
    versions.set(version.name, version);
    if (version.status !== "present") continue;
    if (places.has(version.path)) fail(`Two versions lie at ${shown(version.path)}.`);
    places.add(version.path);
    version.isThere = checkPresent(version, bundle, findings);
  }
  return { versions, places };
}

/** A redacted copy names its original, which is listed and withheld. */
function checkRedactions(versions, findings) {
  for (const version of versions.values()) {
    if (version.redaction_of === undefined) continue;
    const original = versions.get(version.redaction_of);
    const fail = (message) => findings.fail("E90", "data/manifest.json", `${version.name} is a redacted copy of ${version.redaction_of}, ${message}`);
    if (!original) fail("which is not listed.");
    else if (original.status !== "withheld") fail("which is not withheld.");
    else if (original.sha256 !== version.redaction_of_sha256) fail("but states another digest for it.");
  }
}

function checkNamed(manifest, versions, findings) {
  for (const kind of ["findings", "actions", "requests", "improvements"]) {
    for (const one of manifest[kind] ?? []) {
      for (const name of one.evidence) {
        if (!versions.has(name)) findings.fail("E90", "data/manifest.json", `${one.ref} names ${name}, which is not listed.`);
      }
    }
  }
}

/** What shows that it was found elsewhere is listed too. */
function checkExtents(manifest, versions, findings) {
  for (const finding of manifest.findings) {
    for (const { extent_places: places = [] } of finding.responses ?? []) {
      for (const { evidence } of places) {
        if (evidence !== undefined && !versions.has(evidence)) findings.fail("E90", "data/manifest.json", `The extent of ${finding.ref} names ${evidence}, which is not listed.`);
      }
    }
  }
}

/** What the selection names is there. */
function checkSelection({ selection, findings: found }, findings) {
  const refs = new Set(found.map((one) => one.ref));
  for (const ref of selection.findings ?? []) {
    if (!refs.has(ref)) findings.fail("E90", "data/manifest.json", `The selection names the finding ${ref}, which is not there.`);
  }
}

/** A bundle of a management review has its inputs and minutes and no OSCAL file; any other has neither of both. */
function checkReview({ review }, bundle, findings) {
  const digests = review ? [review.inputs_sha256, review.minutes_sha256] : [];
  reviewFiles.forEach((name, at) => {
    const entry = bundle.all.get(name)?.[0];
    if (!review && entry) findings.fail("E90", name, "The bundle is of no management review, so this has no place.");
    if (review && !entry) findings.fail("E90", name, "The file is missing that data/manifest.json names.");
    if (!review || !entry) return;
    if (entry.found?.sha256 !== digests[at]) findings.fail("E80", name, "It does not have the digest that data/manifest.json states.");
    const bytes = bundle.files.get(name);
    const { wrong } = bytes ? readJson(bytes, true) : { wrong: "could not be read" };
    if (wrong) findings.fail("E80", name, `It ${wrong}.`);
  });
  for (const name of oscalFiles) if (review && bundle.all.has(name)) findings.fail("E90", name, "A bundle of a management review has no place for this.");
}

function checkUnknown(bundle, places, findings) {
  for (const name of bundle.all.keys()) {
    const what = classify(name);
    if (what.kind === "payload" && name.startsWith(evidenceFolder)) {
      if (places && !places.has(name)) findings.fail("E90", shown(name), "data/manifest.json does not list this file as evidence.");
      else if (!isEvidenceName(name)) findings.fail("E90", shown(name), "Evidence lies in data/evidence/FOLDER/NAME.");
    } else if (what.kind === "payload" && name !== measurementsFile && !reviewFiles.includes(name) && !payloadFiles.has(name)) {
      findings.fail("E90", shown(name), "The format has no place for this file.");
    } else if (what.kind === "tag" && !tagFiles.has(name)) {
      findings.fail("E90", shown(name), "The format has no place for this file.");
    }
  }
}

/** The entry that a link inside data/oscal/ leads to, or null when it leads elsewhere. */
function linkTarget(href) {
  if (typeof href !== "string" || /^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("/") || href.startsWith("#")) return null;
  const segments = ["data", "oscal"];
  for (const segment of href.split(/[?#]/)[0].split("/")) {
    if (segment === ".." && segments.length === 0) return null;
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  try {
    return decodeURIComponent(segments.join("/"));
  } catch {
    return segments.join("/");
  }
}

const listOf = (value) => (Array.isArray(value) ? value : []);

function checkLink(place, link, bundle, findings) {
  const target = linkTarget(link?.href);
  if (target === null) return null;
  const digest = ["manifest-sha256.txt", "tagmanifest-sha256.txt"].map((list) => bundle.lists.get(list)?.get(target)).find(Boolean) ?? bundle.all.get(target)?.[0].found?.sha256;
  const stated = listOf(link.hashes).filter((one) => one?.algorithm === "SHA-256").map((one) => one.value);
  if (digest === undefined || !bundle.all.has(target)) findings.fail("E80", place, `A resource links to ${shown(target)}, which is not in the bundle.`);
  else if (stated.length === 0) findings.fail("E80", place, `The resource of ${shown(target)} carries no SHA-256.`);
  else if (stated.some((one) => one !== digest)) findings.fail("E80", place, `The resource of ${shown(target)} carries another SHA-256 than the bag states.`);
  return target;
}

function checkOscal(name, root, bundle, findings) {
  const bytes = bundle.files.get(name);
  if (!bytes) return;
  const { value, wrong } = readJson(bytes, false);
  const document = value?.[root];
  if (wrong || document === null || typeof document !== "object") {
    findings.fail("E80", name, wrong ? `It ${wrong}.` : `It is no OSCAL document of the kind ${root}.`);
    return;
  }
  const linked = new Set();
  for (const resource of listOf(document["back-matter"]?.resources)) {
    for (const link of listOf(resource?.rlinks)) linked.add(checkLink(name, link, bundle, findings));
  }
  for (const file of bundle.all.keys()) {
    if (file.startsWith(evidenceFolder) && !linked.has(file)) findings.fail("E80", name, `The evidence file ${shown(file)} is not among its resources.`);
  }
}

/** All of E80 and E85 and, without the signatories, E90. Answers the manifest, or null. */
export function checkContent(bundle, findings) {
  checkBag(bundle, findings);
  checkTypes(bundle, findings);
  checkOscal("data/oscal/assessment-results.json", "assessment-results", bundle, findings);
  checkOscal("data/oscal/poam.json", "plan-of-action-and-milestones", bundle, findings);
  const manifest = readManifest(bundle, findings);
  if (manifest === null) {
    for (const code of ["E85", "E90"]) findings.skip(code, "data/manifest.json cannot be read");
    checkUnknown(bundle, null, findings);
    return null;
  }
  const { versions, places } = checkVersions(manifest, bundle, findings);
  checkRedactions(versions, findings);
  checkNamed(manifest, versions, findings);
  checkExtents(manifest, versions, findings);
  checkSelection(manifest, findings);
  checkMeasurements(manifest, bundle, findings);
  checkReview(manifest, bundle, findings);
  checkUnknown(bundle, places, findings);
  const present = [...versions.values()].filter((one) => one.isThere).length;
  const withheld = manifest.evidence.filter((one) => one.status === "withheld").length;
  findings.say("E80", `${manifest.findings.length} ${manifest.findings.length === 1 ? "finding" : "findings"}`);
  findings.say("E90", `${present} evidence files present, ${withheld} withheld`);
  return manifest;
}

/** Who must have signed: announced by the seal, or required by the verifier. */
export function checkSignatories(bundle, { signatures }, required, findings) {
  const genuine = (role, decision) => signatures.filter((one) => one.isGenuine && one.role === role && one.decision === decision);
  const missing = (place, message) => findings.fail("E90", place, message);
  if (!signatures.some((one) => one.report?.commitment === "origin")) missing("META-INF/signature001.p7s", "The organisation's seal (proof of origin) is missing.");
  const isAnnounced = bundle.bagInfo.values.get("Tickmark-Signatories") === "seal approval";
  if (isAnnounced && genuine("lead-auditor", "approved").length === 0) missing("META-INF", "The lead auditor's approval is missing; the seal announces it.");
  const require = (name, role, decision, words) => {
    if (!required.includes(name)) return;
    const given = genuine(role, decision);
    if (given.length === 0) missing("META-INF", `${words} is missing; you require it.`);
    else if (!given.some((one) => one.isTrusted)) findings.open("E90", given[0].file, `${words} is there, but no anchor that you gave vouches for the signer; you require it.`);
  };
  require("approval", "lead-auditor", "approved", "The lead auditor's approval");
  require("acceptance", "certification-auditor", "accepted", "The certification auditor's acceptance");
}
