// The sentences behind the four statements, for people.

const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
const moment = (micros) => `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19).replace("T", " at ")} UTC`;

function intact(findings, bundle) {
  if (!bundle) return ["The file could not be read as a bundle."];
  if (findings.statements().intact === "passed") return [`${count(bundle.entries.length, "file")}, every digest equal, nothing extra.`];
  return [`${count(findings.countOf("E10", "E20"), "breach", "breaches")} of the zip layout, ${count(findings.countOf("E30"), "file")} not covered as they must be, ${count(findings.countOf("E31"), "digest")} that differ.`];
}

const roleWords = { seal: "the organisation's seal", "lead-auditor": "the lead auditor", "certification-auditor": "the certification auditor" };
const decisionWords = { approved: "approves", accepted: "accepts", rejected: "rejects" };

function signer(one) {
  const { report } = one;
  if (!report?.signer) return `${one.file} cannot be read.`;
  const who = `${report.signer.called}, ${roleWords[one.role] ?? "in no known role"}`;
  const what = decisionWords[one.decision] ? `, ${decisionWords[one.decision]} the bundle` : "";
  const by = report.timestamp?.trusted ? `${report.timestamp.authority} confirms ${moment(report.timestamp.time)}` : `on ${moment(report.signingTime)} by the signer's own clock`;
  const anchor = report.anchor ? `leads to your anchor ${report.anchor.called}` : "leads to no anchor that you gave";
  const state = one.isGenuine ? anchor : "does not hold";
  const comment = one.decision === "rejected" ? ` The reason given: ${one.comment}` : "";
  return `${who}${what}: ${state}; ${by}.${comment}`;
}

function authentic(signing) {
  if (!signing || signing.signatures.length === 0) return ["There is no signature."];
  return signing.signatures.map(signer);
}

function complete(manifest) {
  if (!manifest) return ["What the bundle should contain cannot be read."];
  const present = manifest.evidence.filter((one) => one.isThere).length;
  const withheld = manifest.evidence.filter((one) => one.status === "withheld").length;
  const missing = manifest.evidence.length - present - withheld;
  return [`${present} of ${count(manifest.evidence.length, "expected file")} present, ${withheld} withheld with a reason, ${missing} missing.`];
}

function inTheLog(findings, log) {
  if (!log?.origin) return ["There is no head of the log that can be read."];
  if (findings.status("E70") === "failed") return [`What the bundle says about its place in the log ${log.origin} does not hold.`];
  const sentences = [`The sealing is an entry of the log ${log.origin}, which had ${count(Number(log.size), "entry", "entries")}.`];
  if (log.history.length > 0) sentences.push(`It continues ${count(log.history.length, "earlier head")} that the bundle carries.`);
  for (const one of log.witnesses) sentences.push(`The witness ${one.name} cosigned the head of ${count(Number(one.size), "entry", "entries")} on ${moment(one.at * 1e6)}.`);
  return sentences;
}

/** { intact, authentic, complete, in_the_log }, each a list of sentences; they may hold text of the bundle. */
export function sentencesFor({ findings, bundle, manifest, signing, log }) {
  if (!bundle) return Object.fromEntries(Object.keys(findings.statements()).map((name) => [name, name === "intact" ? intact(findings, null) : []]));
  return { intact: intact(findings, bundle), authentic: authentic(signing), complete: complete(manifest), in_the_log: inTheLog(findings, log) };
}
