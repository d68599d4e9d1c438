// One signature or timestamp with everything that is to say about it (schemas/bundle-format.md, "Signatures",
// "Trust" and "Time").
import { equalBytes } from "./bytes.js";
import { attributeFault, bindsCertificate, commitmentOf, contentFault, digestOf, oid, readSignedData, readTimestampInfo, signatureHolds, signingTimeOf } from "./cms.js";
import { DerError } from "./der.js";
import { checkAuthorityRevocation, checkRevocation, findPath, isoTime, signedLists, trustedAmong } from "./trust.js";

const signatureLimit = 1024 * 1024;
const tokenLimit = 64 * 1024;
const fiveMinutes = 5 * 60 * 1_000_000;

/** Whatever a reader trips over in bytes that anybody may have written makes them malformed. */
const words = (error) => (error instanceof DerError ? error.message : "its parts do not fit together");

/** Certificates inside must lead from the signer upwards; a root comes from elsewhere. */
function strangerFault(certificates, paths) {
  const isRoot = certificates.some((one) => one.isSelfIssued && paths.every((path) => !path[0].is(one)));
  if (isRoot) return "It carries a root certificate, which must come from elsewhere.";
  const isStranger = (one) => !paths.some((path) => path.some((other) => other.is(one)));
  return certificates.some(isStranger) ? "It carries a certificate that is on nobody's path." : null;
}

/** What is wrong with a token itself, before trust. */
async function tokenFaults(token, imprint) {
  const { info, signer } = token;
  const faults = [];
  const content = await contentFault(info, token.content, oid.timestampInfo);
  if (content) faults.push(content);
  if (!equalBytes(token.stamp.imprint, imprint)) faults.push("The timestamp was made over something else.");
  if (info.unsigned.size > 0) faults.push("The timestamp has an unsigned attribute.");
  if (signer === null) return [...faults, "The certificate of the time-stamp authority is not in the timestamp."];
  if (!(await signatureHolds(info, signer))) faults.push("The signature of the time-stamp authority does not hold.");
  if (!(await bindsCertificate(info, signer))) faults.push("The timestamp does not name the certificate that signed it.");
  if (!signer.mayMakeTimestamps) faults.push(`The certificate of ${signer.called} is not made for timestamps.`);
  return faults;
}

async function readToken(der) {
  if (der.length > tokenLimit) throw new DerError("it has more than 64 KiB");
  const token = await readSignedData(der, 3, oid.timestampInfo);
  if (token.content === null) throw new DerError("it holds no timestamp");
  return { ...token, stamp: readTimestampInfo(token.content) };
}

/**
 * Checks an RFC 3161 token over that SHA-256. context: { anchors, candidates, lists }; `existedBy` is a trusted time
 * by which the token was there, or null. Answers { time, faults, trusted, anchored, path, revocationKnown, … }.
 */
export async function checkTimestamp(der, imprint, context, existedBy) {
  const report = { time: null, faults: [], anchored: false, trusted: false, path: [], inside: [], lists: [], revocationKnown: false, authority: "", anchor: "" };
  let token;
  try {
    token = await readToken(der);
    report.faults = await tokenFaults(token, imprint);
    await followToken(token, context, existedBy, report);
  } catch (error) {
    report.trusted = false;
    report.faults.push(`The timestamp is malformed: ${words(error)}.`);
  }
  return report;
}

async function followToken(token, context, existedBy, report) {
  report.time = token.stamp.time;
  report.lists = token.lists;
  report.inside = token.certificates;
  if (token.signer === null) return;
  report.authority = token.signer.subject;
  const candidates = [...token.certificates, ...context.candidates];
  const found = await findPath(token.signer, trustedAmong(context.anchors, candidates), candidates, report.time);
  report.path = found.path;
  if (found.anchor === null) return;
  report.anchored = true;
  report.anchor = found.anchor.subject;
  report.faults.push(...found.faults.map(({ message }) => message.replace("the time of signing", "the time of the timestamp")));
  const stranger = strangerFault(token.certificates, [found.path]);
  if (stranger) report.faults.push(`The timestamp: ${stranger}`);
  const lists = await signedLists([...token.lists, ...context.lists], found.path);
  if (token.lists.some((list) => !lists.some((one) => one.list === list))) report.faults.push("The timestamp carries a revocation list that is not by anybody on its path.");
  const revocation = await checkAuthorityRevocation(found.path, lists, { moment: report.time, existedBy });
  report.faults.push(...revocation.problems);
  report.revocationKnown = revocation.known;
  report.trusted = report.faults.length === 0;
}

/** Problems of the signature itself: the profile, the bytes, the certificate. */
async function ownProblems(cms, content) {
  const { info, signer } = cms;
  const problems = [];
  const attributes = attributeFault(info);
  if (attributes) problems.push(["E40", attributes]);
  const fault = await contentFault(info, content, oid.data);
  if (fault) problems.push(["E40", fault]);
  if (signer === null) return [...problems, ["E40", "The signer's certificate is not in the signature."]];
  if (!signer.hasSignerKey) problems.push(["E40", "The signer's key is not P-256, P-384 or RSA of 3072 bits or more."]);
  if (!(await signatureHolds(info, signer))) problems.push(["E40", "The signature does not hold: it was not made with the key of the certificate."]);
  if (!(await bindsCertificate(info, signer))) problems.push(["E40", "The signature names another certificate than the one it brings."]);
  if (!signer.maySignDocuments) problems.push(["E50", `The certificate of ${signer.called} is not made for signing documents.`]);
  return problems;
}

async function checkSignatureTimestamp(cms, context, provenTime) {
  const token = cms.info.unsigned.get(oid.timestampToken);
  if (!token) return null;
  const imprint = await digestOf("SHA-256", cms.info.signature);
  const timeContext = { anchors: context.timestampAnchors, candidates: [...cms.certificates, ...context.candidates], lists: [...cms.lists, ...context.lists] };
  return checkTimestamp(Uint8Array.from(token.whole), imprint, timeContext, provenTime);
}

/** Lists inside that are in the name of a trusted certificate, but not by it. */
async function falseLists(lists, trusted) {
  const known = await signedLists(lists, trusted);
  return lists.some((list) => trusted.some((one) => list.namesIssuer(one)) && !known.some((one) => one.list === list));
}

/** Certificates and lists inside must serve the path of the signer or of the time-stamp authority. */
function serviceProblems(cms, found, timestamp, usable) {
  const paths = [found.path, ...(timestamp ? [timestamp.path] : [])];
  const problems = [];
  const stranger = strangerFault(cms.certificates, paths);
  if (stranger) problems.push(["E40", stranger]);
  const mayBeAuthoritys = (list) => timestamp && !timestamp.anchored && !found.path.some((one) => list.namesIssuer(one));
  const isUnserved = (list) => !usable.some((one) => one.list === list) && !mayBeAuthoritys(list);
  if (found.anchor && cms.lists.some(isUnserved)) problems.push(["E40", "A revocation list in the signature is not one that an issuer on the path signed."]);
  return problems;
}

function timeProblems(report) {
  const { timestamp, signingTime } = report;
  if (!timestamp) return [];
  const problems = timestamp.faults.map((message) => ["E60", message]);
  const isLate = timestamp.time !== null && signingTime > timestamp.time + fiveMinutes;
  if (isLate) problems.push(["E60", `The signer states ${isoTime(signingTime)}, more than 5 minutes after the timestamp, ${isoTime(timestamp.time)}.`]);
  return problems;
}

const noneKnown = { problems: [], known: false };

/**
 * Checks one signature over `content`. context: { anchors, timestampAnchors, candidates, lists }; `provenTime` is the
 * time of the first trusted archive timestamp that covers it, or null. Answers { problems: [[code, message]], signer,
 * anchor, path, commitment, signingTime, provenTime, timestamp, revocationKnown, isGenuine }.
 */
export async function checkSignature(der, content, context, provenTime) {
  const report = { problems: [], signer: null, anchor: null, commitment: null, signingTime: null, provenTime, timestamp: null, revocationKnown: false, hasLists: false };
  let cms;
  try {
    if (der.length > signatureLimit) throw new DerError("it has more than 1 MiB");
    cms = await readSignedData(der, 1, oid.data);
    if (cms.content !== null) throw new DerError("its content is attached; it must be the file beside the signature");
    report.problems = await ownProblems(cms, content);
    report.commitment = commitmentOf(cms.info);
    report.signingTime = signingTimeOf(cms.info);
  } catch (error) {
    report.problems.push(["E40", `The signature is malformed: ${words(error)}.`]);
    return report;
  }
  report.signer = cms.signer;
  try {
    await judge(cms, report, context);
  } catch (error) {
    report.problems.push(["E40", `The signature is malformed: ${words(error)}.`]);
  }
  return report;
}

async function judge(cms, report, context) {
  report.timestamp = await checkSignatureTimestamp(cms, context, report.provenTime);
  report.problems.push(...timeProblems(report));
  if (report.timestamp?.trusted) report.provenTime = report.timestamp.time;
  if (cms.signer !== null) await followPath(cms, report, context);
}

async function followPath(cms, report, context) {
  const moment = report.provenTime ?? report.signingTime;
  const candidates = [...cms.certificates, ...context.candidates];
  const found = await findPath(cms.signer, trustedAmong(context.anchors, candidates), candidates, moment);
  report.anchor = found.anchor;
  report.path = found.path;
  const issuers = [...found.path, ...(report.timestamp?.path ?? []), ...(found.path.length === 1 ? candidates : [])];
  const inside = await signedLists(cms.lists, issuers);
  const lists = [...inside, ...(await signedLists(context.lists, issuers))];
  report.problems.push(...serviceProblems(cms, found, report.timestamp, inside));
  if (found.anchor === null) {
    const isFalse = await falseLists(cms.lists, trustedAmong(context.anchors, candidates));
    if (isFalse) report.problems.push(["E40", "A revocation list in the signature is in the name of your anchor, but not signed by it."]);
    return;
  }
  report.problems.push(...found.faults.map(({ message }) => ["E50", message]));
  const rules = { moment, isProven: report.provenTime !== null };
  const revocation = await checkRevocation(found.path, lists, rules);
  report.problems.push(...revocation.problems.map(({ kind, message }) => [kind === "revoked" ? "E51" : "I52", message]));
  report.revocationKnown = revocation.known;
  const insideOnly = revocation.known ? await checkRevocation(found.path, inside, rules) : noneKnown;
  report.hasLists = insideOnly.known && (await authorityHasLists(cms, report));
}

/** Whether the lists inside tell about the time-stamp authority too, for level LT. */
async function authorityHasLists(cms, report) {
  const { timestamp } = report;
  if (!timestamp?.trusted) return timestamp === null;
  const lists = await signedLists([...cms.lists, ...timestamp.lists], timestamp.path);
  return (await checkAuthorityRevocation(timestamp.path, lists, { moment: timestamp.time, existedBy: null })).known;
}
