// What a verifier brings from outside, as people write it.
import { textOf } from "./bytes.js";
import { certificatesFrom, listsFrom } from "./certificates.js";
import { DerError } from "./der.js";
import { keyUse, readCheckpoint, readVerifierKey } from "./notes.js";
import words from "tickmark:words";

/** Something that the verifier typed or chose cannot be used; the message says which rule it breaks. */
export class OptionError extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

const wordNumber = new Map(words.map((word, index) => [word, index]));

function fromWords(text) {
  const found = text.toLowerCase().split(/[^a-z]+/).filter(Boolean);
  const numbers = found.map((word) => wordNumber.get(word));
  if (found.length !== 32 || numbers.includes(undefined)) return null;
  return numbers.map((number) => number.toString(16).padStart(2, "0")).join("");
}

/** A fingerprint: "SHA256:" (optional), 64 hex digits with or without colons or blanks; or its 32 words. */
export function readFingerprint(text, field = "anchor") {
  const digits = text.trim().replace(/^sha256[:= ]/i, "").replace(/[\s:]/g, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  const spelled = fromWords(text);
  if (spelled) return spelled;
  throw new OptionError(field, "A fingerprint has 64 hex digits, with or without colons, or is spelled as 32 words. Compare it with what you were given.");
}

async function readAnchors(files, fingerprints, field) {
  const anchors = { certificates: [], fingerprints: [] };
  for (const { name, bytes } of files) {
    try {
      anchors.certificates.push(...(await certificatesFrom(bytes)));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      throw new OptionError(field, `${name} cannot be used: ${error.message}. A certificate in PEM or DER is needed.`);
    }
  }
  for (const text of fingerprints) anchors.fingerprints.push(readFingerprint(text, field));
  return anchors;
}

function readLists(files) {
  return files.flatMap(({ name, bytes }) => {
    try {
      return listsFrom(bytes);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      throw new OptionError("crls", `${name} cannot be used: ${error.message}. A revocation list in PEM or DER is needed.`);
    }
  });
}

function readKey(text, use, field, whose) {
  const key = readVerifierKey(text.trim(), use);
  if (!key) throw new OptionError(field, `This is no key of a ${whose}. It reads NAME+ID+KEY, on one line, as the organisation publishes it.`);
  return key;
}

function readEarlier({ name, bytes }) {
  const text = textOf(bytes);
  if (text === null || !readCheckpoint(text)) throw new OptionError("earlier", `${name} is no checkpoint of a log.`);
  return { name, text };
}

/**
 * Options of verify() out of plain values: { anchorFiles, fingerprints, timestampFiles, timestampFingerprints, crlFiles,
 * logKey, witnessKeys, earlier, required }; files are { name, bytes }. Throws OptionError.
 */
export async function readOptions(plain) {
  return {
    anchors: await readAnchors(plain.anchorFiles ?? [], plain.fingerprints ?? [], "anchor"),
    timestampAnchors: await readAnchors(plain.timestampFiles ?? [], plain.timestampFingerprints ?? [], "timestamp-anchor"),
    lists: readLists(plain.crlFiles ?? []),
    logKey: plain.logKey?.trim() ? readKey(plain.logKey, keyUse.checkpoint, "log-key", "log") : null,
    witnesses: (plain.witnessKeys ?? []).map((text) => readKey(text, keyUse.cosignature, "witness-keys", "witness")),
    earlier: (plain.earlier ?? []).map(readEarlier),
    required: plain.required ?? [],
  };
}
