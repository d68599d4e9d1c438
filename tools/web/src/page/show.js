// Shows a report. The headline first, then the four statements, then the problems, then the facts.
import { element, icon, quoted } from "./dom.js";

const stateWords = { passed: "Passed", failed: "Failed", not_checked: "Not checked" };
const statementWords = { intact: "Intact", authentic: "Authentic", complete: "Complete", in_the_log: "In the log" };
const toneOf = { PASS: "passed", FAIL: "failed", INDETERMINATE: "not_checked" };
const roleWords = { seal: "Seal of the organisation", "lead-auditor": "Lead auditor", "certification-auditor": "Certification auditor" };
const decisionWords = { approved: "approved", accepted: "accepted", rejected: "rejected" };
const commitmentWords = { origin: "proof of origin", approval: "proof of approval", receipt: "proof of receipt" };
const levelWords = {
  B: "B: the signature alone; the time is the signer's own statement",
  T: "T: with a trusted timestamp",
  LT: "LT: with a trusted timestamp and revocation lists inside",
  LTA: "LTA: with all of it covered by a trusted archive timestamp",
};

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const momentOf = (text) => (text ? `${text.slice(0, 10)} ${text.slice(11, 19)} UTC` : "not stated");
const grouped = (digest) => digest.replace(/(.{4})(?=.)/g, "$1 ");

export function sizeWords(size) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  return step === 0 ? count(size, "byte") : `${(size / 1000 ** step).toFixed(1)} ${units[step]}`;
}

const pill = (state) => element("span", { class: "pill", "data-tone": state }, icon(state), stateWords[state]);
const digestText = (digest) => element("span", { class: "mono" }, grouped(digest));

function headline({ verdict, statements }, hasAnchors) {
  if (verdict === "PASS") return "Passed: intact, authentic, complete, in the log";
  if (verdict === "FAIL") return "Failed: do not rely on this bundle";
  if (statements.intact.status === "passed" && !hasAnchors) return "Undecided: intact, but not trusted yet";
  return "Undecided: nothing is wrong, but not everything could be checked";
}

function rejectionOf(report) {
  return report.signatures.find((one) => one.decision === "rejected" && one.intact);
}

function summary(report, hasAnchors) {
  const { bundle, problems } = report;
  if (report.verdict === "FAIL") {
    const failures = problems.filter((one) => !one.open).length;
    return `${count(failures, "problem")} found. Each is listed below with what it means and what to do.`;
  }
  if (report.verdict === "INDETERMINATE" && !hasAnchors) {
    return "You gave no anchor, so nothing says who signed. Add the certificate or the fingerprint above, then verify again.";
  }
  if (report.verdict === "INDETERMINATE") return "What could not be checked is listed below, with what would settle it.";
  return `This is what ${bundle.organisation} sealed as ${bundle.ref}: ${bundle.title}.`;
}

function verdictBox(report, hasAnchors) {
  const tone = toneOf[report.verdict];
  const rejection = rejectionOf(report);
  const words = rejection ? element("p", {}, element("strong", {}, "The certification auditor rejected it: "), quoted(rejection.comment)) : null;
  return element(
    "div", { class: "verdict", "data-tone": tone, id: "verdict" }, icon(tone),
    element("div", {}, element("h2", {}, headline(report, hasAnchors)), element("p", {}, quoted(summary(report, hasAnchors))), words),
  );
}

function statementBox(report, name) {
  const { status, sentences } = report.statements[name];
  const codes = report.checks.filter((one) => one.statement === name).map((one) => `${one.code} ${stateWords[one.status].toLowerCase()}`);
  return element(
    "section", { class: "check", "data-state": status, "data-statement": name },
    element("h3", {}, statementWords[name], pill(status)),
    sentences.map((sentence) => element("p", {}, quoted(sentence))),
    element("span", { class: "codes" }, codes.join(", ")),
  );
}

function panel(title, ...content) {
  return element("section", { class: "panel long" }, element("h2", {}, title), ...content);
}

function tableOf(titles, rows) {
  const head = element("thead", {}, element("tr", {}, titles.map((title) => element("th", { scope: "col" }, title))));
  return element("table", { class: "cards" }, head, element("tbody", {}, rows));
}

function problemRow(problem, titles) {
  return element(
    "tr", { "data-code": problem.code },
    element("th", { scope: "row" }, problem.code),
    element("td", {}, pill(problem.open ? "not_checked" : "failed")),
    element("td", {}, element("strong", {}, titles.get(problem.code)), element("p", {}, quoted(problem.message)), element("span", { class: "place" }, quoted(problem.place))),
    element("td", {}, element("p", {}, problem.meaning), element("p", {}, problem.advice)),
  );
}

function problemPanel(report) {
  if (report.problems.length === 0) return null;
  const titles = new Map(report.checks.map((one) => [one.code, one.title]));
  const title = report.verdict === "FAIL" ? "What is wrong" : "What could not be decided";
  return panel(title, tableOf(["Code", "Result", "What and where", "What it means and what to do"], report.problems.map((one) => problemRow(one, titles))));
}

function pairs(list) {
  return element("dl", { class: "pairs" }, list.filter(Boolean).map(([term, ...words]) => element("div", {}, element("dt", {}, term), element("dd", {}, ...words))));
}

function stateOfSignature(one) {
  if (!one.intact) return "failed";
  return one.trusted ? "passed" : "not_checked";
}

function signatureBox(one) {
  const decision = decisionWords[one.decision];
  const title = [roleWords[one.role] ?? "Somebody in no known role", decision ? `: ${decision}` : ""].join("");
  return element(
    "section", { class: "signature" },
    element("h3", {}, title, pill(stateOfSignature(one))),
    one.comment ? element("blockquote", {}, quoted(one.comment)) : null,
    pairs([
      one.name ? ["Name, as signed", quoted(one.name)] : null,
      ["Certificate of", quoted(one.signer || "nobody: it cannot be read")],
      one.fingerprint ? ["Its fingerprint", digestText(one.fingerprint)] : null,
      ["Leads to the anchor", quoted(one.anchor || "none that you gave")],
      ["Commitment", commitmentWords[one.commitment] ?? "none"],
      ["Signed", `${momentOf(one.signing_time)}, by the signer's own clock`],
      one.trusted_time ? ["Existed by", momentOf(one.trusted_time), ", confirmed by ", quoted(one.authority)] : null,
      ["Level", levelWords[one.level]],
      ["File", element("span", { class: "mono" }, one.file)],
    ]),
  );
}

function signaturePanel(report) {
  if (report.signatures.length === 0) return null;
  return panel("Who signed", report.signatures.map(signatureBox));
}

function archivePanel(report) {
  const stamps = report.archive_timestamps;
  if (stamps.length === 0) return null;
  const rows = stamps.map((one) =>
    element("tr", {}, element("th", { scope: "row" }, one.file), element("td", {}, pill(one.trusted ? "passed" : "not_checked")), element("td", {}, momentOf(one.time)), element("td", {}, quoted(one.authority || "not readable"))),
  );
  return panel("Archive timestamps", tableOf(["File", "Trusted", "Time", "Authority"], rows));
}

function withheldPanel(report) {
  const files = report.bundle.withheld;
  if (files.length === 0) return null;
  const rows = files.map((one) =>
    element("tr", {}, element("th", { scope: "row" }, quoted(one.version)), element("td", {}, quoted(one.reason)), element("td", {}, sizeWords(one.size), one.redacted_as ? [", redacted as ", quoted(one.redacted_as)] : ""), element("td", {}, digestText(one.sha256))),
  );
  return panel("Withheld files", element("p", { class: "hint" }, "They are named with a reason, but not in the bundle. A file that you get later is the right one when its SHA-256 is this."), tableOf(["Version", "Reason", "Size", "SHA-256"], rows));
}

function checkPanel(report) {
  const rows = report.checks.map((one) =>
    element("tr", { "data-check": one.code, "data-state": one.status }, element("th", { scope: "row" }, one.code), element("td", {}, one.title), element("td", {}, pill(one.status)), element("td", {}, quoted(one.weighs || one.status !== "not_checked" ? one.reason : `${one.reason}; does not weigh on the verdict`))),
  );
  return panel("All checks", tableOf(["Code", "Check", "Result", "Why"], rows));
}

function historyWords(log) {
  const words = log.history.map((one) => `${one.kind} ${one.name} (${count(one.size, "entry", "entries")})`);
  return words.length > 0 ? words.join("; ") : "none";
}

function bundlePanel(report) {
  const { bundle, log, file } = report;
  return panel("The bundle", pairs([
    ["File tested", quoted(file.name)],
    ["SHA-256 of the file", element("span", { id: "file-digest" }, digestText(file.sha256))],
    ["Size", `${count(file.size, "byte")}`],
    ["Reference", quoted(bundle.ref || "not readable")],
    ["Title", quoted(bundle.title || "not readable")],
    ["Organisation", quoted(bundle.organisation || "not readable")],
    ["Audit", quoted(bundle.audit || "not readable")],
    bundle.selection ? ["Selection", quoted(bundle.selection)] : null,
    bundle.supersedes ? ["Supersedes", quoted(bundle.supersedes), ", SHA-256 ", digestText(bundle.supersedes_sha256)] : null,
    ["Content", `${count(bundle.findings, "finding")}, ${count(bundle.files, "evidence file")}, ${bundle.withheld.length} withheld; ${bundle.class || "unknown"} class`],
    ["Level", levelWords[bundle.level]],
    log.origin ? ["Log", quoted(log.origin), `, ${count(log.size, "entry", "entries")}`] : null,
    log.history.length > 0 ? ["Earlier heads", quoted(historyWords(log))] : null,
    ...log.witnesses.map((one) => ["Witness", quoted(one.name), ` cosigned the head of ${count(one.size, "entry", "entries")}, ${momentOf(one.at)}`]),
  ]));
}

function listWords(list) {
  return list.flatMap(({ name, digest }, index) => [index > 0 ? element("br") : null, name ? [quoted(name), " "] : null, digestText(digest)].flat());
}

function broughtPanel({ anchors, authorities, brought, seconds, at, version }) {
  return panel("What the check was made with", pairs([
    ["Anchors", ...(anchors.length > 0 ? listWords(anchors) : ["none"])],
    authorities.length > 0 ? ["Time-stamp authorities", ...listWords(authorities)] : null,
    ["Log key", quoted(brought.logKey.trim() || "the one that the signed bundle names")],
    brought.witnessKeys.length > 0 ? ["Witnesses", quoted(brought.witnessKeys.join("; "))] : null,
    brought.crlFiles.length > 0 ? ["Revocation lists", quoted(brought.crlFiles.map((one) => one.name).join(", "))] : null,
    brought.earlier.length > 0 ? ["Earlier heads", quoted(brought.earlier.map((one) => one.name).join(", "))] : null,
    brought.required.length > 0 ? ["Required", brought.required.join(", ")] : null,
    ["Checked", `${momentOf(at)} on this computer, offline, in ${seconds.toFixed(1)} s, by version ${version} of this page`],
  ]));
}

/** The whole report as elements. */
export function reportElements(report, context) {
  const hasAnchors = context.anchors.length > 0;
  return [
    verdictBox(report, hasAnchors),
    element("div", { class: "checks" }, Object.keys(statementWords).map((name) => statementBox(report, name))),
    problemPanel(report),
    signaturePanel(report),
    withheldPanel(report),
    archivePanel(report),
    bundlePanel({ ...report, file: { ...report.file, name: context.fileName } }),
    checkPanel(report),
    broughtPanel(context),
  ].filter(Boolean);
}

export const headlineOf = headline;
