// E40, E50, E51, I52, E60: every signature group and archive timestamp of a bundle.
import { fromHex } from "./bytes.js";
import { readJson } from "./json.js";
import { archiveManifestName, manifestName, signatureName, statementName, timestampName } from "./names.js";
import { checkSignature, checkTimestamp } from "./signatures.js";
import { isoTime } from "./trust.js";
import { isStatement } from "tickmark:schemas";

const neverProven = null;
const noAnchor = "no anchor was given: the signature fits, but nobody said whom to trust";
const noTimestamp = "there is no timestamp: level B, the signing time is the signer's own statement";
const fiveMinutes = 5 * 60 * 1_000_000;

const decisions = { "lead-auditor": ["approved"], "certification-auditor": ["accepted", "rejected"] };

/** What is wrong with a statement, or null. */
function statementFault(value, reference) {
  if (!isStatement(value)) return "The statement does not follow its schema.";
  if (!decisions[value.role].includes(value.decision)) return `The role ${value.role} cannot decide "${value.decision}".`;
  if (value.decision === "rejected" && value.comment === "") return "A rejection needs a comment.";
  if ([...value.comment].length > 2000 || [...value.name].length > 200) return "The comment or the name is too long.";
  return value.bundle === reference ? null : `The statement is about bundle ${value.bundle}, not about this one.`;
}

/** The statement of a group and the commitment that its signature must have. */
function readStatement(number, bundle, findings) {
  if (number === 1) return { role: "seal", decision: "", comment: "", name: "", commitment: "origin" };
  const empty = { role: "", decision: "", comment: "", name: "", commitment: null };
  const bytes = bundle.files.get(statementName(number));
  if (!bytes) {
    findings.fail("E40", signatureName(number), "The signature has no statement: nothing says what the signer means by it.");
    return empty;
  }
  const { value, wrong } = readJson(bytes, true);
  const fault = wrong ? `The statement ${wrong}.` : statementFault(value, bundle.reference);
  if (fault) findings.fail("E40", statementName(number), fault);
  if (wrong || !isStatement(value)) return empty;
  const { role, decision, comment, name } = value;
  return { role, decision, comment, name, commitment: decision === "rejected" ? "receipt" : "approval" };
}

const commitmentWords = { origin: "proof of origin", approval: "proof of approval", receipt: "proof of receipt" };

function checkCommitment(place, stated, wanted, findings) {
  if (wanted === null || stated === wanted) return;
  const found = commitmentWords[stated] ?? "something else";
  findings.fail("E40", place, `The signature commits to ${found}; it must be ${commitmentWords[wanted]}.`);
}

/** Whether the manifest of that name covers the file with the digest that the file has. */
function covers(bundle, list, name) {
  const digest = bundle.lists.get(list)?.get(name);
  return digest !== undefined && bundle.all.get(name)?.every((entry) => entry.found?.sha256 === digest);
}

function noteTimestamp(place, report, findings) {
  for (const message of report.faults) findings.fail("E60", place, message);
  if (!report.anchored && report.faults.length === 0) {
    findings.skip("E60", "no anchor was given that vouches for the time-stamp authority");
  }
}

/** Archive timestamps, the last first: a later trusted one shows that the earlier ones existed. */
async function checkArchives(bundle, context, findings) {
  const reports = [];
  let existedBy = neverProven;
  for (const group of bundle.groups.filter((one) => one.group === "archive").reverse()) {
    const name = timestampName(group.number);
    const list = archiveManifestName(group.number);
    const token = bundle.files.get(name);
    const manifest = bundle.all.get(list)?.[0];
    if (!token || !manifest?.found) {
      findings.fail("E60", name, token ? "What the archive timestamp was made over is missing." : "The archive timestamp is missing.");
      continue;
    }
    const report = await checkTimestamp(token, fromHex(manifest.found.sha256), context, existedBy);
    noteTimestamp(name, report, findings);
    if (report.trusted) existedBy = report.time;
    reports.unshift({ name, list, ...report });
  }
  for (let i = 1; i < reports.length; ++i) {
    const [before, now] = [reports[i - 1], reports[i]];
    const falls = before.time !== null && now.time !== null && now.time < before.time;
    if (falls) findings.fail("E60", now.name, `Its time, ${isoTime(now.time)}, lies before that of the archive timestamp before it, ${isoTime(before.time)}.`);
  }
  return reports;
}

/** How long the signature can be proved: B, T, LT or LTA. */
const levelOf = (report, isArchived) => {
  if (!report.timestamp?.trusted && !isArchived) return "B";
  if (!report.hasLists) return "T";
  return isArchived ? "LTA" : "LT";
};

async function checkOne(group, bundle, context, archives, findings) {
  const place = signatureName(group.number);
  const said = readStatement(group.number, bundle, findings);
  const bytes = bundle.files.get(place);
  const manifest = bundle.files.get(manifestName(group.number));
  const result = { ...said, file: place, number: group.number, report: null, isGenuine: false, isTrusted: false, level: "B" };
  if (!bytes) {
    findings.fail("E40", place, "The signature is missing.");
    return result;
  }
  if (!manifest) {
    findings.fail("E40", place, "What the signature was made over is missing.");
    return result;
  }
  const archive = archives.find((one) => one.trusted && covers(bundle, one.list, place));
  const report = await checkSignature(bytes, manifest, context, archive?.time ?? neverProven);
  for (const [code, message] of report.problems) {
    if (code === "I52") findings.open(code, place, message);
    else findings.fail(code, place, message);
  }
  if (report.commitment !== null || report.signingTime !== null) checkCommitment(place, report.commitment, said.commitment, findings);
  if (archive && report.signingTime > archive.time + fiveMinutes) {
    findings.fail("E60", place, `The signer states ${isoTime(report.signingTime)}, more than 5 minutes after the archive timestamp, ${isoTime(archive.time)}.`);
  }
  if (report.timestamp && !report.timestamp.anchored && report.timestamp.faults.length === 0) {
    findings.skip("E60", "no anchor was given that vouches for the time-stamp authority");
  }
  const isWrong = (code) => report.problems.some(([one]) => one === code);
  const commits = report.commitment === said.commitment;
  result.report = report;
  result.isGenuine = !isWrong("E40") && commits && said.commitment !== null;
  result.isTrusted = result.isGenuine && report.anchor !== null && !isWrong("E50") && !isWrong("E51");
  result.level = levelOf(report, archive !== undefined);
  result.hasTime = report.timestamp?.trusted === true || archive !== undefined;
  result.hasAnyTime = report.timestamp !== null || archives.some((one) => covers(bundle, one.list, place));
  return result;
}

function judgeAnchors(signatures, hasAnchors, findings) {
  if (!hasAnchors) {
    for (const code of ["E50", "E51", "I52"]) findings.skip(code, noAnchor);
    return;
  }
  const seal = signatures.find((one) => one.number === 1);
  const called = (one) => `No way leads from the certificate of ${one.report.signer.called} to an anchor that you gave`;
  for (const one of signatures) {
    if (!one.report?.signer || one.report.anchor) continue;
    const isOthers = one !== seal && seal?.report?.anchor;
    if (isOthers) {
      findings.open("E50", one.file, `${called(one)}: the organisation that signed has another root.`);
    } else {
      findings.fail("E50", one.file, `${called(one)}.`);
      for (const code of ["E51", "I52"]) findings.skip(code, "the signature leads to no anchor");
    }
  }
  const anchors = [...new Set(signatures.flatMap((one) => (one.report?.anchor ? [one.report.anchor.subject] : [])))];
  findings.say("E50", anchors.join("; "));
}

/** Nobody signs in two roles. */
function checkRoles(signatures, findings) {
  const roles = new Map();
  for (const { report, role, file } of signatures) {
    const digest = report?.signer?.digest;
    if (!digest || role === "") continue;
    const other = roles.get(digest);
    if (other !== undefined && other !== role) findings.fail("E40", file, "The same certificate signs in two roles.");
    roles.set(digest, other ?? role);
  }
}

function skipWithoutSigner(signatures, findings) {
  if (signatures.some((one) => one.report?.signer)) return;
  const reason = signatures.length === 0 ? "there is no signature" : "no signature can be read";
  for (const code of ["E50", "E51", "I52"]) findings.skip(code, reason);
}

const levels = ["B", "T", "LT", "LTA"];
const lowest = (signatures) => levels[Math.min(...signatures.map((one) => levels.indexOf(one.level)), signatures.length === 0 ? 0 : 3)];

/**
 * Checks all signatures and archive timestamps. Answers { signatures, archives, level, seal }.
 * options: { anchors, timestampAnchors, lists }.
 */
export async function checkSignatures(bundle, options, findings) {
  const groups = bundle.groups.filter((one) => one.group === "signature");
  if (!groups.some((one) => one.number === 1)) findings.fail("E40", signatureName(1), "There is no signature: the organisation's seal is missing.");
  const context = { anchors: options.anchors, timestampAnchors: options.timestampAnchors, candidates: bundle.candidates, lists: options.lists };
  const archiveContext = { anchors: options.timestampAnchors, candidates: bundle.candidates, lists: options.lists };
  const archives = await checkArchives(bundle, archiveContext, findings);
  const signatures = [];
  for (const group of groups) signatures.push(await checkOne(group, bundle, context, archives, findings));
  const hasAnchors = options.anchors.certificates.length + options.anchors.fingerprints.length > 0;
  checkRoles(signatures, findings);
  skipWithoutSigner(signatures, findings);
  judgeAnchors(signatures, hasAnchors, findings);
  const stamps = archives.length + signatures.filter((one) => one.report?.timestamp).length;
  if (stamps === 0) findings.skip("E60", noTimestamp);
  findings.say("E40", signatures.length === 1 ? "1 signature" : `${signatures.length} signatures`);
  findings.say("E60", stamps === 1 ? "1 timestamp" : `${stamps} timestamps`);
  return { signatures, archives, level: lowest(signatures), seal: signatures.find((one) => one.number === 1) ?? null };
}
