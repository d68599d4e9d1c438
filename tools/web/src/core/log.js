// E70: the bundle's place in the organisation's append-only log.
import { bytesOf, hex, textOf } from "./bytes.js";
import { readJson } from "./json.js";
import { cosignedAt, hashesOf, isSignedBy, keyUse, readCheckpoint, readTlogProof, readVerifierKey } from "./notes.js";
import { consistencyHolds, inclusionHolds, leafHash } from "./tree.js";

const mostHistory = 100;

const sameHead = (a, b) => a.origin === b.origin && a.size === b.size && hex(a.root) === hex(b.root);

/** The key that counts: { key, isPinned }. The bundle's own counts only when it was signed. */
function keyFor(bundle, pinned, findings) {
  if (pinned) return { key: pinned, isPinned: true };
  const text = bundle.bagInfo.values.get("Tickmark-Ledger-Key") ?? "";
  const key = readVerifierKey(text, keyUse.checkpoint);
  if (!key) findings.fail("E70", "bag-info.txt", "Tickmark-Ledger-Key is no verifier key of a log.");
  return { key, isPinned: false };
}

function checkSeal(bundle, checkpoint, findings) {
  const place = "tlog/seal.tlog-proof";
  const [proofBytes, seal] = [bundle.files.get(place), bundle.files.get("tlog/seal.json")];
  if (!proofBytes || !seal) return;
  const proof = readTlogProof(proofBytes);
  if (!proof) {
    findings.fail("E70", place, "It is not a proof in the form of C2SP tlog-proof.");
    return;
  }
  if (proof.checkpoint !== textOf(bundle.files.get("tlog/checkpoint"))) findings.fail("E70", place, "It does not end in the checkpoint of the bundle.");
  if (!inclusionHolds(proof.index, checkpoint.size, leafHash(seal), proof.path, checkpoint.root)) {
    findings.fail("E70", place, "It does not prove that the log has the entry of tlog/seal.json.");
  }
}

function checkSealEntry(bundle, findings) {
  const bytes = bundle.files.get("tlog/seal.json");
  if (!bytes) return;
  const { value, wrong } = readJson(bytes, true);
  const fail = (message) => findings.fail("E70", "tlog/seal.json", message);
  if (wrong || value === null || typeof value !== "object") {
    fail(`The entry ${wrong ?? "is no object"}.`);
    return;
  }
  if (value.kind !== "bundle.seal") fail("The entry is not the sealing of a bundle.");
  if (value.ref !== bundle.reference) fail(`The entry is about ${value.ref}, not about this bundle.`);
  const manifest = bundle.all.get("manifest-sha256.txt")?.[0]?.found?.sha256;
  if (manifest && value.facts?.manifest_sha256 !== manifest) fail("The entry commits to another payload manifest than the one in the bundle.");
}

const linesOf = (text) => (text === "" ? [] : text.endsWith("\n") ? text.slice(0, -1).split("\n") : null);

function readProofLine(line) {
  const { value, wrong } = readJson(bytesOf(line), true);
  const isProof = !wrong && value !== null && typeof value === "object" && Object.keys(value).join() === "index,path" && Number.isSafeInteger(value.index) && value.index >= 0;
  const path = isProof ? hashesOf(value.path) : null;
  return path ? { index: BigInt(value.index), path } : null;
}

/** Lines of the audit trail, each proved by its line in the proofs. Answers their number. */
function checkTrail(bundle, checkpoint, findings) {
  const names = ["data/audit-trail/entries.jsonl", "tlog/entries.proofs.jsonl"];
  if (names.some((name) => !bundle.files.get(name))) return 0;
  const [entries, proofs] = names.map((name) => linesOf(textOf(bundle.files.get(name)) ?? "\u0000"));
  if (!entries || !proofs) {
    findings.fail("E70", entries ? names[1] : names[0], "Its last line does not end with a line feed, or it is not UTF-8.");
    return 0;
  }
  if (entries.length !== proofs.length) findings.fail("E70", names[1], `There are ${proofs.length} proofs for ${entries.length} entries of the log.`);
  let before = -1n;
  for (let i = 0; i < Math.min(entries.length, proofs.length); ++i) {
    const proof = readProofLine(proofs[i]);
    if (!proof) {
      findings.fail("E70", names[1], `Line ${i + 1} is not a proof in the only form allowed.`);
      continue;
    }
    if (proof.index <= before) findings.fail("E70", names[1], `Line ${i + 1} is not in ascending order of positions.`);
    before = proof.index;
    if (!inclusionHolds(proof.index, checkpoint.size, leafHash(bytesOf(entries[i])), proof.path, checkpoint.root)) {
      findings.fail("E70", names[0], `The log does not have the entry of line ${i + 1} at position ${proof.index}.`);
    }
  }
  return entries.length;
}

function readHistoryEntry(one) {
  const isObject = one !== null && typeof one === "object" && Object.keys(one).sort().join() === "checkpoint,kind,name,proof";
  if (!isObject || !["bundle", "witness"].includes(one.kind) || typeof one.checkpoint !== "string") return null;
  if (typeof one.name !== "string" || one.name === "" || bytesOf(one.name).length > 200) return null;
  const checkpoint = readCheckpoint(one.checkpoint);
  const proof = hashesOf(one.proof);
  return checkpoint && proof ? { kind: one.kind, name: one.name, checkpoint, proof } : null;
}

/** Earlier heads of the log: those that hold. */
function checkHistory(bundle, checkpoint, key, findings) {
  const name = "tlog/history.json";
  const bytes = bundle.files.get(name);
  if (!bytes) return [];
  const { value, wrong } = readJson(bytes, true);
  const isList = !wrong && value !== null && typeof value === "object" && Object.keys(value).join() === "entries" && Array.isArray(value.entries);
  if (!isList || value.entries.length > mostHistory) {
    findings.fail("E70", name, `It ${wrong ?? `is not a list of at most ${mostHistory} earlier heads`}.`);
    return [];
  }
  const heads = [];
  value.entries.forEach((one, index) => {
    const entry = readHistoryEntry(one);
    const fail = (message) => findings.fail("E70", name, `Entry ${index + 1}${entry ? ` (${entry.kind} ${entry.name})` : ""}: ${message}`);
    if (!entry) fail("it is not in the only form allowed.");
    else if (!isSignedBy(entry.checkpoint, key)) fail("its checkpoint is not signed by the log.");
    else if (!consistencyHolds(entry.checkpoint.size, checkpoint.size, entry.checkpoint.root, checkpoint.root, entry.proof)) {
      fail("the log of the bundle is not proved to continue that earlier head: its past may have been rewritten.");
    } else heads.push(entry);
  });
  return heads;
}

/** A bundle that continues an earlier one carries that one's head. */
function checkSince(since, history, findings) {
  if (!since) return;
  const isThere = history.some((one) => one.kind === "bundle" && one.name === since.bundle && one.checkpoint.size === BigInt(since.log_size));
  if (!isThere) findings.fail("E70", "tlog/history.json", `The bundle continues ${since.bundle}, but does not carry the head of the log that ${since.bundle} had.`);
}

/** The newest head that each named witness cosigned. */
function checkWitnesses(witnesses, heads, findings) {
  const seen = [];
  for (const witness of witnesses) {
    let newest = null;
    for (const { checkpoint, place } of heads) {
      const at = cosignedAt(checkpoint, witness);
      if (at === "broken") findings.fail("E70", place, `A cosignature in the name of the witness ${witness.name} does not hold.`);
      const isNewer = typeof at === "number" && (newest === null || checkpoint.size > newest.size || (checkpoint.size === newest.size && at > newest.at));
      if (isNewer) newest = { name: witness.name, at, size: checkpoint.size };
    }
    if (newest) seen.push(newest);
    else findings.fail("E70", "tlog/checkpoint", `The witness ${witness.name} cosigned neither this head of the log nor an earlier one in the bundle.`);
  }
  return seen;
}

/** Heads that the verifier saw before and brings along. */
function checkEarlier(earlier, heads, key, findings) {
  for (const { name, text } of earlier) {
    const head = readCheckpoint(text);
    if (!head || !isSignedBy(head, key)) findings.fail("E70", name, "The earlier checkpoint that you gave is not one of this log.");
    else if (heads.some((one) => sameHead(one.checkpoint, head))) continue;
    else if (heads.some((one) => one.checkpoint.size === head.size)) findings.fail("E70", name, `The log had another content when it had ${head.size} entries: its past was rewritten.`);
    else if (head.size > heads[0].checkpoint.size) findings.open("E70", name, `The checkpoint that you gave has ${head.size} entries, more than the log had when the bundle was sealed.`);
    else findings.open("E70", name, `The bundle does not bring a proof from the head of ${head.size} entries that you gave.`);
  }
}

/**
 * Checks the log. options: { logKey, witnesses, earlier: [{ name, text }], since }; isSealTrusted: the seal leads to an anchor
 * and covers bag-info.txt. Answers { origin, size, history, witnesses }.
 */
export function checkLog(bundle, options, isSealTrusted, findings) {
  const nothing = { origin: "", size: 0n, history: [], witnesses: [] };
  const bytes = bundle.files.get("tlog/checkpoint");
  if (!bytes) {
    findings.skip("E70", "there is no checkpoint");
    return nothing;
  }
  checkSealEntry(bundle, findings);
  const { key, isPinned } = keyFor(bundle, options.logKey, findings);
  const checkpoint = readCheckpoint(bytes);
  if (!checkpoint) {
    findings.fail("E70", "tlog/checkpoint", "It is not a checkpoint in the form of C2SP tlog-checkpoint.");
    return nothing;
  }
  if (key && !isSignedBy(checkpoint, key)) findings.fail("E70", "tlog/checkpoint", `It is not signed by the log ${key.name} with the key that counts.`);
  checkSeal(bundle, checkpoint, findings);
  const count = checkTrail(bundle, checkpoint, findings);
  const history = key ? checkHistory(bundle, checkpoint, key, findings) : [];
  if (key) checkSince(options.since, history, findings);
  const heads = [{ checkpoint, place: "tlog/checkpoint" }, ...history.map((one) => ({ checkpoint: one.checkpoint, place: "tlog/history.json" }))];
  const witnesses = checkWitnesses(options.witnesses, heads, findings);
  if (key) checkEarlier(options.earlier, heads, key, findings);
  if (!isPinned && !isSealTrusted) findings.skip("E70", "the proofs hold, but only the bundle itself names the log's key: give an anchor or the key");
  findings.say("E70", `the seal and ${count} entries in ${checkpoint.origin}, ${checkpoint.size} entries`);
  return { origin: checkpoint.origin, size: checkpoint.size, history, witnesses };
}
