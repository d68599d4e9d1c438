// Parts of the verifier core against known answers: the zip layout with zip64, DER, the log's tree, notes and keys.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "../browser/lib/cases.js";
import { core, holds, same } from "./lib.js";

const { der, json, lists, names, notes, tree, zip } = core;
const bytes = (text) => new TextEncoder().encode(text);

/** A zip of the canonical layout whose data is zeros that are never stored, so that sizes may be as large as they like. */
function hollowZip(files) {
  const pieces = [];
  let at = 0;
  const put = (content) => {
    pieces.push([at, content]);
    at += content.length;
  };
  const entries = files.map(([name, size]) => {
    const entry = { name, size, crc: 0, offset: at };
    put(zip.localHeader(entry));
    at += size;
    return entry;
  });
  const offset = at;
  for (const entry of entries) put(zip.centralRecord(entry));
  put(zip.endRecords({ count: entries.length, size: at - offset, offset }));
  return { pieces, size: at };
}

function sourceOf({ pieces, size }) {
  return {
    size,
    read: async (offset, length) => {
      const result = new Uint8Array(length);
      for (const [from, content] of pieces) {
        if (from + content.length <= offset || from >= offset + length) continue;
        const start = Math.max(from, offset);
        result.set(content.subarray(start - from, Math.min(content.length, offset + length - from)), start - offset);
      }
      return result;
    },
  };
}

async function zipProblems(hollow) {
  const problems = [];
  const entries = await zip.readZip(sourceOf(hollow), (place, message) => problems.push(`${place}: ${message}`));
  return { entries, problems };
}

const large = [["mimetype", 31], ["data/evidence/audit/a", 2 ** 32 + 5], ["data/evidence/audit/b", 10], ["data/evidence/audit/c", 0xffffffff], ["data/evidence/audit/d", 0xfffffffe]];

function addZip() {
  test("zip64 stands exactly where a number does not fit", async () => {
    const { entries, problems } = await zipProblems(hollowZip(large));
    same(problems, [], "problems");
    same(entries.map((one) => one.size), large.map(([, size]) => size), "the sizes");
    const lengths = entries.map((one) => one.header.length - 30 - one.name.length);
    same(lengths, [0, 20, 0, 20, 0], "extra fields of the local headers");
  });
  test("more than 65,534 entries need the zip64 end record, one fewer must not have it", async () => {
    for (const [count, length] of [[65534, 22], [65535, 98]]) {
      const hollow = hollowZip(Array.from({ length: count }, (_, i) => [`data/evidence/audit/${String(i).padStart(6, "0")}`, 0]));
      same(hollow.pieces.at(-1)[1].length, length, `the end of ${count} entries`);
      const { entries, problems } = await zipProblems(hollow);
      same([entries.length, problems], [count, []], "what was read");
    }
  });
  test("any changed byte of the directory or the end records of a zip64 file is E10 or another name", async () => {
    const hollow = hollowZip(large);
    const before = (await zipProblems(hollow)).entries.map((one) => one.name).join();
    const records = hollow.pieces.slice(large.length);
    for (const [, content] of records) {
      for (let i = 0; i < content.length; ++i) {
        content[i] ^= 0x55;
        const { entries, problems } = await zipProblems(hollow);
        const isCrc = entries?.some((one) => one.crc !== 0);
        holds(problems.length > 0 || isCrc || entries.map((one) => one.name).join() !== before, `byte ${i} of ${content.length} changed unseen`);
        content[i] ^= 0x55;
      }
    }
  });
  test("a directory of 1,000,000 entries, or one that claims 4 GiB, is refused before it is read", async () => {
    const end = zip.endRecords({ count: 1_000_000, size: 2 ** 32, offset: 0 });
    let most = 0;
    const source = sourceOf({ pieces: [[2 ** 32, end]], size: 2 ** 32 + end.length });
    const problems = [];
    const entries = await zip.readZip({ size: source.size, read: (at, length) => ((most = Math.max(most, length)), source.read(at, length)) }, (place, message) => problems.push(message));
    same([entries, problems.length, most < 100_000], [null, 1, true], "the answer");
  });
}

function addNames() {
  test("names that a file system could misread are refused, others are not", () => {
    const bad = ["", "a//b", "/a", "a/", "../a", "a/./b", "a/..", " a", "a ", "a.", "a/b./c", "a\\b", "a:b", "a*", "a?", 'a"', "a<", "a|", "a%", "a\u0000", "a\u007f", "\u00e9", "x".repeat(256)];
    for (const name of bad) holds(names.nameFault(name) !== null, `${JSON.stringify(name)} passed`);
    for (const name of ["a", "a/b.c", "a b/c", "x".repeat(255), "a..b", "~$()'&"]) same(names.nameFault(name), null, name);
  });
  test("names that need escapes are written in the signed manifest as RFC 3986 says, and read back", () => {
    const digest = "ab".repeat(32);
    const text = lists.writeAsicManifest("META-INF/signature001.p7s", "application/pkcs7-signature", [["data/a b~(1)&.txt", digest]]);
    holds(text.includes('URI="data/a%20b~%281%29%26.txt"'), text);
    const read = (changed) => lists.readAsicManifest(bytes(changed), "META-INF/signature001.p7s", "application/pkcs7-signature");
    same([...read(text).digests], [["data/a b~(1)&.txt", digest]], "what was read");
    for (const [from, to] of [["%20", "+"], ["%28", "("], ["%29", "%2"], ["\n</asic", "\r\n</asic"], ["a%20b", "%61%20b"], ["%28", "%2e"]]) {
      holds(read(text.replace(from, to)).wrong, `${from} as ${to} passed`);
    }
  });
}

function addDer() {
  const refused = (hex, why) => {
    let message = "";
    try {
      der.parseDer(Uint8Array.from(Buffer.from(hex, "hex")));
    } catch (error) {
      message = error.message;
    }
    holds(message !== "", `${why} passed: ${hex}`);
  };
  test("what DER allows in one way only is refused in every other way", () => {
    const cases = [
      ["308005000000", "an indefinite length"], ["308100", "a long length that fits a short one"], ["30820001", "a length with a zero in front"],
      ["02020001", "a number with a zero in front"], ["0202ff80", "a negative number with ff in front"], ["0200", "an empty number"],
      ["010101", "a truth value of 01"], ["03020101", "a bit string with an unused bit set"], ["030108", "a bit string with 8 unused bits"],
      ["0500ff", "bytes behind the end"], ["050100", "a NULL with content"], ["06028001", "an identifier with 80 in front"], ["060180", "a cut identifier"],
      ["2403040100", "a constructed octet string"], ["3106020102020101", "a set out of order"], ["1f8101", "a long tag"], ["3003020101ff", "a part too many"],
      ["170b3232303130313030303030305a", "a time without seconds"], ["180f32303232303133303030303030305a30", "a time with rest"],
      ["181132303232303130313030303030302e305a", "a fraction that ends with zero"], ["170d3232303233303030303030305a5a", "the 30th of February"],
    ];
    for (const [hex, why] of cases) refused(hex, why);
    refused("30".repeat(50), "a cut nesting");
    let deep = Buffer.from("0500", "hex");
    for (let i = 0; i < 60; ++i) deep = Buffer.concat([Buffer.from([0x30, ...(deep.length < 128 ? [deep.length] : [0x81, deep.length])]), deep]);
    refused(deep.toString("hex"), "60 levels");
    same(der.oidOf(der.parseDer(Uint8Array.from(Buffer.from("06092a864886f70d010701", "hex")))), "1.2.840.113549.1.7.1", "an identifier");
    same(der.timeOf(der.parseDer(Uint8Array.from(Buffer.from("170d3233313231343232313332305a", "hex")))), 1702592000000000, "a time");
  });
  test("canonical JSON is read, and every other way of writing the same is refused", () => {
    const isFine = (text) => json.readJson(bytes(text), true).wrong === undefined;
    for (const text of ['{"a":1,"b":[true,null,"\u00e9"]}', '""', "1e+30", '"\\u001f\\n"', '{"1":0,"10":0,"9":0}']) holds(isFine(text), `${text} was refused`);
    const bad = ['{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', "1.0", "1e30", '"\\u00e9"', '"\\/"', '"\\ud800"', "\ufeff1", "-0", "9007199254740993", "[1,]", "{}\n", "[".repeat(70) + "]".repeat(70)];
    for (const text of bad) holds(!isFine(text), `${text} passed`);
    holds(json.readJson(Uint8Array.of(0x22, 0xff, 0x22), true).wrong, "what is not UTF-8 passed");
  });
}

const sha = (...parts) => new Uint8Array(createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest());
const leaf = (i) => sha([0], `leaf ${i}`);

/** The tree by its definition (RFC 9162 section 2.1.1), slowly. */
function rootOf(leaves) {
  if (leaves.length === 0) return sha("");
  if (leaves.length === 1) return leaves[0];
  const cut = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha([1], rootOf(leaves.slice(0, cut)), rootOf(leaves.slice(cut)));
}
function pathOf(index, leaves) {
  if (leaves.length === 1) return [];
  const cut = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const [left, right] = [leaves.slice(0, cut), leaves.slice(cut)];
  return index < cut ? [...pathOf(index, left), rootOf(right)] : [...pathOf(index - cut, right), rootOf(left)];
}
function extension(first, leaves, isWhole = true) {
  if (first === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const cut = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const [left, right] = [leaves.slice(0, cut), leaves.slice(cut)];
  return first <= cut ? [...extension(first, left, isWhole), rootOf(right)] : [...extension(first - cut, right, false), rootOf(left)];
}

function addTree() {
  const leaves = Array.from({ length: 33 }, (_, i) => leaf(i));
  test("inclusion holds for every leaf of every tree up to 33, and for no other index, size or path", () => {
    for (let size = 1; size <= 33; ++size) {
      const root = rootOf(leaves.slice(0, size));
      for (let index = 0; index < size; ++index) {
        const path = pathOf(index, leaves.slice(0, size));
        const check = (at, of, hash, steps) => tree.inclusionHolds(BigInt(at), BigInt(of), hash, steps, root);
        holds(check(index, size, leaves[index], path), `leaf ${index} of ${size} does not hold`);
        holds(!check(index + size, size, leaves[index], path), "an index beyond the tree holds");
        if (size > 1) holds(!check((index + 1) % size, size, leaves[index], path) && !check(index, size, leaves[index], path.slice(1)), "a wrong path holds");
        holds(!check(index, size, leaves[index], [...path, root]), "a longer path holds");
      }
    }
  });
  test("consistency holds from every tree up to 33 to every later one, and not after the past was rewritten", () => {
    for (let second = 1; second <= 33; ++second) {
      const after = rootOf(leaves.slice(0, second));
      for (let first = 1; first <= second; ++first) {
        const before = rootOf(leaves.slice(0, first));
        const proof = extension(first, leaves.slice(0, second));
        const check = (root, steps) => tree.consistencyHolds(BigInt(first), BigInt(second), root, after, steps);
        holds(check(before, proof), `${first} to ${second} does not hold`);
        holds(!check(leaf("other"), proof), "another past holds");
        holds(!check(before, [...proof, after]), "a longer proof holds");
        if (proof.length > 0) holds(!check(before, proof.slice(1)), "a shorter proof holds");
      }
    }
    holds(!tree.consistencyHolds(5n, 4n, rootOf(leaves.slice(0, 5)), rootOf(leaves.slice(0, 4)), []), "a smaller tree holds");
  });
}

function keyPair(name, use) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const key = Buffer.concat([Buffer.from([use]), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = Buffer.from(sha(`${name}\n`, key)).subarray(0, 4);
  return { text: `${name}+${id.toString("hex")}+${key.toString("base64")}`, id, signed: (message) => sign(null, Buffer.from(message), privateKey) };
}

function addNotes() {
  const log = keyPair("example.org/log", 1);
  const witness = keyPair("witness.example", 4);
  const text = `example.org/log\n5\n${Buffer.from(leaf(1)).toString("base64")}\n`;
  const line = (name, parts) => `\u2014 ${name} ${Buffer.concat(parts).toString("base64")}\n`;
  const cosign = (time) => {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    return line("witness.example", [witness.id, stamp, witness.signed(`cosignature/v1\ntime ${time}\n${text}`)]);
  };
  const note = `${text}\n${line("example.org/log", [log.id, log.signed(text)])}`;
  const logKey = notes.readVerifierKey(log.text, notes.keyUse.checkpoint);
  const witnessKey = notes.readVerifierKey(witness.text, notes.keyUse.cosignature);
  test("a checkpoint is signed by its log, and a changed one is not", () => {
    holds(notes.isSignedBy(notes.readCheckpoint(bytes(note)), logKey), "the signature does not hold");
    holds(!notes.isSignedBy(notes.readCheckpoint(bytes(note.replace("\n5\n", "\n6\n"))), logKey), "a changed size holds");
    for (const [from, to] of [["\n5\n", "\n05\n"], ["\n5\n", "\n5\nmore\n"], ["\n\n", "\n"], ["\u2014 ", "- "]]) same(notes.readCheckpoint(bytes(note.replace(from, to))), null, JSON.stringify(to));
  });
  test("a witness's key is no log's key, and neither is one whose identifier does not fit", () => {
    same(notes.readVerifierKey(witness.text, notes.keyUse.checkpoint), null, "a witness's key");
    same(notes.readVerifierKey(log.text.replace("example.org/log", "example.org/lag"), notes.keyUse.checkpoint), null, "another name");
  });
  test("a cosignature holds with its time, the newest counts, and a forged one is broken rather than absent", () => {
    const read = (more) => notes.cosignedAt(notes.readCheckpoint(bytes(note + more)), witnessKey);
    same(read(""), "absent", "without one");
    same(read(cosign(1700000000)), 1700000000, "with one");
    same(read(cosign(1700000000) + cosign(1700000001)), 1700000001, "with two");
    same(read(cosign(1700000000).replace(/.{6}\n$/, "AAAA==\n")), "broken", "a forged one");
  });
}

export function addParts() {
  addZip();
  addNames();
  addDer();
  addTree();
  addNotes();
}
