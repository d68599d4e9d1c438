// Signed notes, checkpoints, proofs and cosignatures of the C2SP specifications signed-note, tlog-checkpoint,
// tlog-proof and tlog-cosignature.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesOf, equalBytes, fromBase64, fromHex, hex, joined, textOf } from "./bytes.js";

const greatestSize = 2n ** 63n - 1n;
const mostHashes = 64;

const isKeyName = (name) => name !== "" && bytesOf(name).length <= 200 && !/[\s+\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/u.test(name);

/** A key's use, as the first byte that is hashed and encoded with it. */
export const keyUse = { checkpoint: 1, cosignature: 4 };

/** Reads NAME+ID+KEY. Answers { name, id, key, use }, or null when it is no key of that use. */
export function readVerifierKey(text, use) {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!found || !isKeyName(found[1])) return null;
  const encoded = fromBase64(found[3]);
  if (encoded?.length !== 33 || encoded[0] !== use) return null;
  const id = sha256(joined([bytesOf(`${found[1]}\n`), encoded])).subarray(0, 4);
  if (hex(id) !== found[2]) return null;
  return { name: found[1], id, key: encoded.subarray(1), use, text };
}

/** Takes a note apart: { text, signatures: [{ name, id, bytes }] }, or null. */
export function readNote(bytes) {
  const note = typeof bytes === "string" ? bytes : textOf(bytes);
  if (note === null || /[\x00-\x09\x0b-\x1f\x7f]/.test(note) || !note.endsWith("\n")) return null;
  const cut = note.lastIndexOf("\n\n");
  if (cut < 1) return null;
  const lines = note.slice(cut + 2, -1).split("\n");
  const signatures = [];
  for (const line of lines) {
    const found = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const decoded = found && isKeyName(found[1]) ? fromBase64(found[2]) : null;
    if (!decoded || decoded.length < 5) return null;
    signatures.push({ name: found[1], id: decoded.subarray(0, 4), bytes: decoded.subarray(4) });
  }
  return { text: note.slice(0, cut + 1), signatures };
}

/** Reads a checkpoint without judging who signed it: { origin, size, root, note }, or null. */
export function readCheckpoint(bytes) {
  const note = readNote(bytes);
  const found = note && /^([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/=]{44})\n$/.exec(note.text);
  if (!found || !isKeyName(found[1])) return null;
  const root = fromBase64(found[3]);
  const size = BigInt(found[2]);
  return root?.length === 32 && size <= greatestSize ? { origin: found[1], size, root, note } : null;
}

const verifies = (signature, message, key) => {
  try {
    return signature.length === 64 && ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
};

const byKey = (note, key) => note.signatures.filter((one) => one.name === key.name && equalBytes(one.id, key.id));

/** Whether the log with this key signed the checkpoint; every signature line by that key must hold. */
export function isSignedBy(checkpoint, key) {
  const lines = byKey(checkpoint.note, key);
  const message = bytesOf(checkpoint.note.text);
  return checkpoint.origin === key.name && lines.length > 0 && lines.every((one) => verifies(one.bytes, message, key.key));
}

function cosignatureHolds(line, text, key) {
  if (line.bytes.length !== 72) return null;
  const seconds = new DataView(line.bytes.buffer, line.bytes.byteOffset, 8).getBigUint64(0);
  const message = bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);
  return seconds > 0n && verifies(line.bytes.subarray(8), message, key.key) ? Number(seconds) : null;
}

/** "absent", "broken", or the time in seconds of the newest cosignature by the witness with this key. */
export function cosignedAt(checkpoint, key) {
  const times = byKey(checkpoint.note, key).map((line) => cosignatureHolds(line, checkpoint.note.text, key));
  if (times.length === 0) return "absent";
  return times.includes(null) ? "broken" : Math.max(...times);
}

/** Reads a tlog-proof: { index, path, checkpoint: text }, or null. */
export function readTlogProof(bytes) {
  const text = textOf(bytes);
  const found = text && /^c2sp\.org\/tlog-proof@v1\n(?:extra ([^\n]*)\n)?index (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/=]{44}\n)*)\n/.exec(text);
  if (!found || (found[1] !== undefined && fromBase64(found[1]) === null)) return null;
  const path = found[3].split("\n").slice(0, -1).map(fromBase64);
  const index = BigInt(found[2]);
  if (path.length > mostHashes || index > greatestSize || path.some((hash) => hash?.length !== 32)) return null;
  return { index, path, checkpoint: text.slice(found[0].length) };
}

/** Hashes written in hex, or null. */
export function hashesOf(list) {
  const isList = Array.isArray(list) && list.length <= mostHashes;
  return isList && list.every((one) => typeof one === "string" && /^[0-9a-f]{64}$/.test(one)) ? list.map(fromHex) : null;
}
