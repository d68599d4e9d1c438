// Checks one evidence bundle by schemas/bundle-format.md. Written from that document alone: it is the second opinion
// beside tickmark-verify.
import { certificatesFrom } from "./certificates.js";
import { checkContent, checkSignatories } from "./content.js";
import { checkNames, checkOrder, checkScan } from "./container.js";
import { checkCoverage } from "./coverage.js";
import { DerError } from "./der.js";
import { readBagInfo } from "./lists.js";
import { checkLog } from "./log.js";
import { classify, evidenceFolder, limitOf, requiredNames } from "./names.js";
import { codes, Findings, iso } from "./report.js";
import { runsOf } from "./scan.js";
import { sentencesFor } from "./sentences.js";
import { checkSignatures } from "./signing.js";
import { readZip } from "./zip.js";

const noBundle = "the file could not be read as a bundle";
const neverRead = new Set(["data/report.html", "README-VERIFY.txt"]);

/** Entries by name; a name that stands twice has several. */
function byName(entries) {
  const all = new Map();
  for (const entry of entries) all.set(entry.name, [...(all.get(entry.name) ?? []), entry]);
  return all;
}

const readEntry = async (source, entry) => source.read(entry.dataAt, entry.size);

async function readBag(source, all) {
  const entry = all.get("bag-info.txt")?.[0];
  const isFit = entry?.isReadable && entry.size <= limitOf("bag-info.txt", false);
  return isFit ? readBagInfo(await readEntry(source, entry)) : { values: new Map() };
}

/** The small files, whole. Evidence and what is over its limit is only hashed. */
async function readFiles(source, all, isLarge) {
  const files = new Map();
  for (const [name, [entry]] of all) {
    const isSmall = entry.size <= Math.min(limitOf(name, isLarge), 256 * 1024 * 1024);
    const isWanted = !name.startsWith(evidenceFolder) && !neverRead.has(name) && classify(name).kind !== "unknown-meta";
    const isKnown = limitOf(name, isLarge) !== Infinity || name === "bagit.txt";
    if (entry.isReadable && isSmall && isWanted && isKnown) files.set(name, await readEntry(source, entry));
  }
  return files;
}

async function candidatesOf(files) {
  const bytes = files.get("keys/root.pem");
  if (!bytes) return { candidates: [], rootIsBroken: false };
  try {
    return { candidates: await certificatesFrom(bytes), rootIsBroken: false };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { candidates: [], rootIsBroken: true };
  }
}

function signatureFact(one) {
  const { report } = one;
  const fact = {
    file: one.file, role: one.role, decision: one.decision, comment: one.comment, name: one.name,
    signer: report?.signer?.subject ?? "", fingerprint: report?.signer?.digest ?? "", anchor: report?.anchor?.subject ?? "",
    commitment: report?.commitment ?? "", authority: report?.timestamp?.trusted ? report.timestamp.authority : "",
    level: one.level, intact: one.isGenuine, trusted: one.isTrusted,
  };
  if (typeof report?.signingTime === "number") fact.signing_time = iso(report.signingTime);
  if (report?.timestamp?.trusted) fact.trusted_time = iso(report.timestamp.time);
  return fact;
}

function archiveFact(one) {
  const fact = { file: one.name, authority: one.authority, anchor: one.anchor, trusted: one.trusted };
  if (one.time !== null) fact.time = iso(one.time);
  return fact;
}

function withheldFacts(manifest) {
  const copies = new Map(manifest.evidence.flatMap((one) => (one.redaction_of ? [[one.redaction_of, one.name]] : [])));
  return manifest.evidence
    .filter((one) => one.status === "withheld")
    .map((one) => ({ version: one.name, reason: one.reason, sha256: one.sha256, size: one.size, redacted_as: copies.get(one.name) ?? "" }));
}

function selectionWords({ selection }) {
  if (selection.kind === "audit") return "The whole audit.";
  if (selection.kind === "review") return "The minutes of a management review.";
  if (selection.kind === "findings") return `Chosen findings: ${selection.findings.join(", ") || "none"}.`;
  return `What changed since bundle ${selection.since.bundle}: ${selection.findings.join(", ") || "nothing"}.`;
}

function bundleFact(bundle, manifest, signing) {
  const info = bundle?.bagInfo.values ?? new Map();
  return {
    ref: manifest?.bundle.ref ?? info.get("External-Identifier") ?? "",
    title: manifest?.bundle.title ?? "",
    audit: manifest?.audit?.ref ?? "",
    organisation: manifest?.organisation ?? info.get("Source-Organization") ?? "",
    class: ["portable", "large"].includes(info.get("Tickmark-Class")) ? info.get("Tickmark-Class") : "",
    level: signing?.level ?? "B",
    selection: manifest ? selectionWords(manifest) : "",
    supersedes: manifest?.supersedes?.bundle ?? "",
    supersedes_sha256: manifest?.supersedes?.sha256 ?? "",
    findings: manifest?.findings.length ?? 0,
    files: manifest?.evidence.filter((one) => one.isThere).length ?? 0,
    withheld: manifest ? withheldFacts(manifest) : [],
  };
}

function logFact({ origin, size, history, witnesses }) {
  return {
    origin, size: Number(size),
    history: history.map((one) => ({ kind: one.kind, name: one.name, size: Number(one.checkpoint.size) })),
    witnesses: witnesses.map((one) => ({ name: one.name, at: iso(one.at * 1e6), size: Number(one.size) })),
  };
}

/** The state of each statement with what was found behind it. */
function statementFacts(findings, sentences) {
  return Object.fromEntries(Object.entries(findings.statements()).map(([name, status]) => [name, { status, sentences: sentences[name] ?? [] }]));
}

function makeReport(findings, source, digest, { bundle = null, manifest = null, signing = null, log = null }) {
  return {
    format: "tickmark-verification-report",
    version: 1,
    verdict: findings.verdict(),
    statements: statementFacts(findings, sentencesFor({ findings, bundle, manifest, signing, log })),
    file: { sha256: digest, size: source.size },
    bundle: bundleFact(bundle, manifest, signing),
    log: logFact(log ?? { origin: "", size: 0n, history: [], witnesses: [] }),
    signatures: (signing?.signatures ?? []).map(signatureFact),
    archive_timestamps: (signing?.archives ?? []).map(archiveFact),
    checks: findings.checks(),
    problems: findings.sorted(),
  };
}

/** What a timestamp is required for: every signature is covered by a trusted one. */
function requireTimestamps(signatures, findings) {
  findings.timeWeighs = true;
  for (const one of signatures) {
    if (one.hasTime) continue;
    if (one.hasAnyTime) findings.open("E90", one.file, "You require a trusted timestamp; there is one, but no anchor that you gave vouches for it.");
    else findings.fail("E90", one.file, "No timestamp covers this signature; you require one.");
  }
}

function requireExtras(options, signing, log, findings) {
  if (options.required.includes("timestamp")) requireTimestamps(signing.signatures, findings);
  if (!options.required.includes("witness") || log.witnesses.length > 0) return;
  if (options.witnesses.length === 0) findings.open("E90", "tlog/checkpoint", "You require a witness but name none: give the key of one.");
  else {
    findings.fail("E90", "tlog/checkpoint", "No witness that you named cosigned the log; you require one.");
  }
}

/** What rests on a file that is there but could not be read, which is E10 already, is not checked. */
function skipUnread({ all, files }, findings) {
  for (const name of requiredNames) {
    if (name === "mimetype" || neverRead.has(name) || !all.has(name) || files.has(name)) continue;
    for (const code of ["E40", "E70", "E80", "E85", "E90"]) findings.skip(code, `${name} could not be read`);
  }
}

/** Whether bag-info.txt is what a trusted seal covers, so that the log key in it counts. */
function sealVouches(bundle, seal) {
  const stated = bundle.lists.get("META-INF/ASiCManifest001.xml")?.get("bag-info.txt");
  return seal?.isTrusted === true && stated !== undefined && bundle.all.get("bag-info.txt")[0].found?.sha256 === stated;
}

/**
 * Verifies the bundle in `source` { size, read(offset, length) }. options: { anchors, timestampAnchors, lists, logKey,
 * witnesses, earlier, required }. scanner.run({ runs }) answers { digest, results }: see scan.js. Answers the report by
 * schemas/json/verification-report.schema.json.
 */
export async function verify(source, options, scanner) {
  const findings = new Findings();
  const entries = await readZip(source, (place, message) => findings.fail("E10", place, message));
  const runs = entries === null ? [] : runsOf(entries);
  const { digest, results } = await scanner.run(runs);
  if (entries === null) {
    for (const { code } of codes) if (code !== "E10") findings.skip(code, noBundle);
    return makeReport(findings, source, digest, {});
  }
  runs.forEach((run, place) => run.places.forEach((index, i) => (entries[index].found = results[place][i])));
  const all = byName(entries);
  const bagInfo = await readBag(source, all);
  const bagClass = bagInfo.values.get("Tickmark-Class") === "large" ? "large" : "portable";
  checkNames(entries, findings);
  checkScan(entries, findings);
  const groups = checkOrder(entries, bagClass, findings);
  const files = await readFiles(source, all, bagClass === "large");
  const bundle = { entries, all, bagInfo, groups, files, lists: new Map(), reference: bagInfo.values.get("External-Identifier") ?? "", ...(await candidatesOf(files)) };
  findings.say("E10", `${entries.length} entries`);
  findings.say("E20", `${entries.length} names`);
  checkCoverage(bundle, findings);
  skipUnread(bundle, findings);
  const signing = await checkSignatures(bundle, options, findings);
  const manifest = checkContent(bundle, findings);
  const log = checkLog(bundle, { ...options, since: manifest?.selection.since }, sealVouches(bundle, signing.seal), findings);
  checkSignatories(bundle, signing, options.required, findings);
  requireExtras(options, signing, log, findings);
  return makeReport(findings, source, digest, { bundle, manifest, signing, log });
}

