// Names of entries (schemas/bundle-format.md, "Names" and "Entries").

const MiB = 1024 * 1024;
const KiB = 1024;

/** What is wrong with a name, or null. The name has one character for each byte. */
export function nameFault(name) {
  if (name.length === 0) return "the name is empty";
  if (name.length > 255) return "the name has more than 255 bytes";
  if (/[^\x20-\x7e]/.test(name)) return "the name holds something else than printable ASCII";
  const forbidden = /[\\:*?"<>|%]/.exec(name);
  if (forbidden) return `the name holds ${forbidden[0]}`;
  for (const segment of name.split("/")) {
    if (segment === "") return name.endsWith("/") ? "the name is a folder's" : "a part of the name is empty";
    if (segment === "." || segment === "..") return `a part of the name is ${segment}, which leads elsewhere`;
    if (segment.startsWith(" ")) return "a part of the name begins with a space";
    if (/[ .]$/.test(segment)) return "a part of the name ends with a space or dot";
  }
  return null;
}

const groupForms = [
  [/^META-INF\/statement(\d{3})\.json$/, "signature", 0, "statement"],
  [/^META-INF\/ASiCManifest(\d{3})\.xml$/, "signature", 1, "manifest"],
  [/^META-INF\/signature(\d{3})\.p7s$/, "signature", 2, "signature"],
  [/^META-INF\/ASiCArchiveManifest(\d{3})\.xml$/, "archive", 0, "manifest"],
  [/^META-INF\/timestamp(\d{3})\.tst$/, "archive", 1, "timestamp"],
];

/**
 * What an entry is: { kind: "mimetype" | "tag" | "payload" | "group" | "unknown-meta" }, for a group also
 * { group: "signature" | "archive", number, place, part }.
 */
export function classify(name) {
  if (name === "mimetype") return { kind: "mimetype" };
  if (name.startsWith("data/")) return { kind: "payload" };
  if (!name.startsWith("META-INF/")) return { kind: "tag" };
  for (const [form, group, place, part] of groupForms) {
    const found = form.exec(name);
    if (!found) continue;
    const number = Number(found[1]);
    const exists = number > 0 && !(part === "statement" && number === 1);
    if (exists) return { kind: "group", group, number, place, part };
  }
  return { kind: "unknown-meta" };
}

const three = (number) => String(number).padStart(3, "0");
export const manifestName = (number) => `META-INF/ASiCManifest${three(number)}.xml`;
export const signatureName = (number) => `META-INF/signature${three(number)}.p7s`;
export const statementName = (number) => `META-INF/statement${three(number)}.json`;
export const archiveManifestName = (number) => `META-INF/ASiCArchiveManifest${three(number)}.xml`;
export const timestampName = (number) => `META-INF/timestamp${three(number)}.tst`;

export const tagFiles = new Map([
  ["README-VERIFY.txt", Infinity],
  ["bag-info.txt", 64 * KiB],
  ["bagit.txt", Infinity],
  ["keys/root.pem", 64 * KiB],
  ["manifest-sha256.txt", 4 * MiB],
  ["tagmanifest-sha256.txt", 4 * MiB],
  ["tlog/checkpoint", 64 * KiB],
  ["tlog/entries.proofs.jsonl", 64 * MiB],
  ["tlog/history.json", 64 * KiB],
  ["tlog/seal.json", 64 * KiB],
  ["tlog/seal.tlog-proof", 64 * KiB],
]);

export const payloadFiles = new Map([
  ["data/audit-trail/entries.jsonl", 64 * MiB],
  ["data/manifest.json", 16 * MiB],
  ["data/oscal/assessment-results.json", 16 * MiB],
  ["data/oscal/poam.json", 16 * MiB],
  ["data/report.html", Infinity],
]);

/** The measurements of the KPIs, only when there are such. */
export const measurementsFile = "data/kpis.json";
/** The frozen inputs and the minutes, only in a bundle of a management review. */
export const reviewFiles = ["data/review/inputs.json", "data/review/minutes.json"];
export const oscalFiles = ["data/oscal/assessment-results.json", "data/oscal/poam.json"];
export const optionalTagFile = "keys/root.pem";
export const evidenceFolder = "data/evidence/";

/** An evidence file's name: data/evidence/FOLDER/NAME. */
export const isEvidenceName = (name) => /^data\/evidence\/[^/]+\/[^/]+$/.test(name);

/** Every name that a bundle must have. */
export const requiredNames = [
  "mimetype",
  ...[...tagFiles.keys()].filter((name) => name !== optionalTagFile),
  ...payloadFiles.keys(),
  manifestName(1),
  signatureName(1),
];

const largeLimits = new Map([
  ["manifest-sha256.txt", 64 * MiB],
  ["tagmanifest-sha256.txt", 64 * MiB],
  [measurementsFile, 256 * MiB],
  ...reviewFiles.map((name) => [name, 256 * MiB]),
  ["data/manifest.json", 256 * MiB],
  ["data/oscal/assessment-results.json", 256 * MiB],
  ["data/oscal/poam.json", 256 * MiB],
]);

/** The greatest size of the file with that name, Infinity where there is none. */
export function limitOf(name, isLarge) {
  const what = classify(name);
  if (what.kind === "mimetype") return 31;
  if (what.kind === "group") {
    if (what.part === "manifest") return isLarge ? 64 * MiB : 4 * MiB;
    if (what.part === "signature") return MiB;
    return 64 * KiB;
  }
  if ((name === measurementsFile || reviewFiles.includes(name)) && !isLarge) return 16 * MiB;
  if (isLarge && largeLimits.has(name)) return largeLimits.get(name);
  return tagFiles.get(name) ?? payloadFiles.get(name) ?? Infinity;
}
