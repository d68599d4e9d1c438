// The lists of digests in a bundle: bag manifests, ASiC manifests, bag-info.txt.
import { fromBase64, hex, bytesOf, latin1, shown, textOf, toBase64, fromHex } from "./bytes.js";

/**
 * Reads a bag manifest: 64 hex digits, two spaces, name, line feed; names ascending. Answers { digests: Map of name to
 * hex } or { wrong }.
 */
export function readBagManifest(bytes) {
  const text = latin1Of(bytes);
  const digests = new Map();
  if (text !== "" && !text.endsWith("\n")) return { wrong: "Its last line does not end with a line feed." };
  let before = "";
  for (const [number, line] of text.split("\n").slice(0, -1).entries()) {
    const found = /^([0-9a-f]{64}) {2}([^\r]+)$/s.exec(line);
    if (!found) return { wrong: `Line ${number + 1} is not 64 hex digits, two spaces and a name.` };
    if (digests.size > 0 && found[2] <= before) return { wrong: `Line ${number + 1} is not in ascending order of names.` };
    before = found[2];
    digests.set(before, found[1]);
  }
  return { digests };
}

function latin1Of(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 65536) text += latin1(bytes.subarray(at, at + 65536));
  return text;
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
`;
const foot = "</asic:ASiCManifest>\n";
const beforeUri = '<asic:DataObjectReference URI="';
const between = '"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>';
const afterDigest = "</ds:DigestValue></asic:DataObjectReference>\n";

const percent = (name) =>
  name.replace(/[^A-Za-z0-9\-._~/]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

function plain(uri) {
  return uri.replace(/%([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The only text that an ASiC manifest with these references may have. */
export function writeAsicManifest(signatureFile, mediaType, digests) {
  let text = `${head}<asic:SigReference URI="${percent(signatureFile)}" MimeType="${mediaType}"/>\n`;
  for (const [name, digest] of digests) text += beforeUri + percent(name) + between + toBase64(fromHex(digest)) + afterDigest;
  return text + foot;
}

/** One reference line as [name, hex digest], or null. */
function reference(line) {
  const at = line.indexOf(between);
  if (!line.startsWith(beforeUri) || at < 0) return null;
  const digest = fromBase64(line.slice(at + between.length, line.length - afterDigest.length + 1));
  return digest?.length === 32 ? [plain(line.slice(beforeUri.length, at)), hex(digest)] : null;
}

/**
 * Reads an ASiC manifest of exactly the canonical form. Answers { digests } or { wrong }. Names and digests are taken
 * from the lines, the manifest is written again, and the bytes must be the same.
 */
export function readAsicManifest(bytes, signatureFile, mediaType) {
  const text = latin1Of(bytes);
  const digests = new Map();
  let before = null;
  for (const line of text.split("\n").slice(3, -2)) {
    const found = reference(line);
    if (!found) return { wrong: `It is not in the only form allowed: ${shown(line.slice(0, 80))}` };
    if (before !== null && found[0] <= before) return { wrong: `Its names are not in ascending order at ${shown(found[0])}.` };
    before = found[0];
    digests.set(...found);
  }
  if (writeAsicManifest(signatureFile, mediaType, digests) !== text) return { wrong: "It is not in the only form allowed; written again, its bytes differ." };
  return { digests };
}

export const bagInfoLabels = [
  "Source-Organization", "External-Identifier", "Bag-Software-Agent", "Bagging-Date", "Payload-Oxum", "Tickmark-Profile",
  "Tickmark-Class", "Tickmark-Signatories", "Tickmark-Ledger-Key",
];

/** Reads bag-info.txt. Answers { values: Map, wrong?: string }: what can be read is read, even when a rule is broken. */
export function readBagInfo(bytes) {
  const values = new Map();
  const text = textOf(bytes);
  if (text === null) return { values, wrong: "It is not UTF-8." };
  const lines = text.split("\n");
  for (const line of lines) {
    const found = /^([A-Za-z-]+): (.*)$/.exec(line);
    if (found && !values.has(found[1])) values.set(found[1], found[2]);
  }
  const wanted = bagInfoLabels.map((label) => `${label}: ${values.get(label) ?? ""}\n`).join("");
  const missing = bagInfoLabels.find((label) => !values.get(label));
  if (missing) return { values, wrong: `The label ${missing} is missing or empty.` };
  if (wanted !== text) return { values, wrong: "It does not consist of exactly the labels of the format, in their order." };
  return { values };
}

export const bagDeclaration = bytesOf("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
