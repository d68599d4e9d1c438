// DER (X.690): a strict reader. What has more than one encoding is refused, so no byte can differ unseen.
import { compareBytes } from "./bytes.js";

export class DerError extends Error {}

const fail = (message) => {
  throw new DerError(message);
};

const deepest = 40;

/** Tags as they stand in the first byte. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
};

const forbiddenConstructed = new Set([0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x2c, 0x33, 0x36, 0x37, 0x38, 0x3e]);

function lengthAt(bytes, at) {
  const first = bytes[at];
  if (first < 0x80) return { length: first, next: at + 1 };
  const count = first & 0x7f;
  if (count === 0) fail("an element has no definite length");
  if (count > 4 || at + 1 + count > bytes.length) fail("an element's length is out of bounds");
  let length = 0;
  for (let i = 1; i <= count; ++i) length = length * 256 + bytes[at + i];
  if (length < 0x80 || length < 2 ** (8 * (count - 1))) fail("an element's length is not in its shortest form");
  return { length, next: at + 1 + count };
}

function checkOid(content) {
  if (content.length === 0 || content[content.length - 1] & 0x80) fail("an object identifier is cut");
  let begins = true;
  for (const byte of content) {
    if (begins && byte === 0x80) fail("an object identifier is not in its shortest form");
    begins = (byte & 0x80) === 0;
  }
}

function checkPrimitive(node) {
  const { content } = node;
  switch (node.tag) {
    case tag.boolean:
      if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) fail("a truth value is not 00 or FF");
      break;
    case tag.integer:
    case 0x0a:
      if (content.length === 0) fail("a number is empty");
      if (content.length > 1 && (content[0] === 0 || content[0] === 0xff) && (content[0] ^ content[1]) < 0x80)
        fail("a number is not in its shortest form");
      break;
    case tag.bitString:
      if (content.length === 0 || content[0] > 7 || (content.length === 1 && content[0] !== 0)) fail("a bit string is malformed");
      if (content[0] > 0 && content[content.length - 1] & ((1 << content[0]) - 1)) fail("a bit string has bits set that it does not use");
      break;
    case tag.null:
      if (content.length !== 0) fail("a NULL is not empty");
      break;
    case tag.oid:
      checkOid(content);
      break;
    case tag.utcTime:
    case tag.generalizedTime:
      timeOf(node);
      break;
    default:
  }
}

function checkSetOrder(node) {
  for (let i = 1; i < node.children.length; ++i) {
    if (compareBytes(node.children[i - 1].whole, node.children[i].whole) > 0) fail("the members of a set are not in order");
  }
}

function elementAt(bytes, at, end, depth) {
  if (depth > deepest) fail("the elements are nested too deep");
  if (at + 2 > end) fail("an element is cut");
  const first = bytes[at];
  if ((first & 0x1f) === 0x1f) fail("an element has a tag that nothing here uses");
  if (first === 0 || forbiddenConstructed.has(first) || first === 0x10 || first === 0x11) fail("an element has a form that DER does not allow");
  const { length, next } = lengthAt(bytes, at + 1);
  if (next + length > end) fail("an element is longer than what holds it");
  const node = {
    tag: first,
    whole: bytes.subarray(at, next + length),
    content: bytes.subarray(next, next + length),
    children: null,
  };
  if (first & 0x20) {
    node.children = [];
    for (let inner = next; inner < next + length; ) {
      const child = elementAt(bytes, inner, next + length, depth + 1);
      node.children.push(child);
      inner += child.whole.length;
    }
    if (first === tag.set) checkSetOrder(node);
  } else {
    checkPrimitive(node);
  }
  return node;
}

/** Reads exactly one element, with nothing behind it. Throws DerError. */
export function parseDer(bytes) {
  const node = elementAt(bytes, 0, bytes.length, 0);
  if (node.whole.length !== bytes.length) fail("bytes follow behind the end");
  return node;
}

/** Refuses members of an implicitly tagged set that are not in ascending order. */
export function requireSetOrder(node) {
  checkSetOrder(node);
}

export function expect(node, wanted, what) {
  if (!node || node.tag !== wanted) fail(`${what} is missing or has another type`);
  return node;
}

/** A cursor over the members of a constructed element. */
export class Members {
  constructor(node, what) {
    if (!node || !node.children) fail(`${what} is not made of parts`);
    this.nodes = node.children;
    this.what = what;
    this.at = 0;
  }
  take(wanted, what) {
    return expect(this.nodes[this.at++], wanted, what);
  }
  takeIf(wanted) {
    return this.nodes[this.at]?.tag === wanted ? this.nodes[this.at++] : null;
  }
  end() {
    if (this.at !== this.nodes.length) fail(`${this.what} has a part too many`);
  }
}

export function oidOf(node) {
  expect(node, tag.oid, "an object identifier");
  const parts = [];
  let value = 0n;
  for (const byte of node.content) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte & 0x80) continue;
    if (parts.length === 0) {
      const first = value < 40n ? 0n : value < 80n ? 1n : 2n;
      parts.push(first, value - first * 40n);
    } else parts.push(value);
    value = 0n;
  }
  return parts.join(".");
}

/** A number that is zero or more and fits a double, or -1. */
export function smallNumber(node) {
  expect(node, tag.integer, "a number");
  if (node.content[0] & 0x80 || node.content.length > 6) return -1;
  return node.content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Microseconds since 1970 of a UTCTime or GeneralizedTime in DER form. */
export function timeOf(node) {
  const text = String.fromCharCode(...node.content);
  const utc = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const general = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,5}[1-9]))?Z$/.exec(text);
  const parts = node.tag === tag.utcTime ? utc : node.tag === tag.generalizedTime ? general : null;
  if (!parts) fail("a time is not in the form that DER asks for");
  let year = Number(parts[1]);
  if (node.tag === tag.utcTime) year += year < 50 ? 2000 : 1900;
  const [month, day, hour, minute, second] = parts.slice(2, 7).map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute, second);
  const isDate = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59 || second > 59) fail("a time names no moment");
  return moment.getTime() * 1000 + Number((parts[7] ?? "").padEnd(6, "0"));
}

/** Bits of a BIT STRING as booleans, the first bit first. */
export function bitsOf(node) {
  expect(node, tag.bitString, "a bit string");
  const bits = [];
  for (let i = 1; i < node.content.length; ++i) for (let bit = 7; bit >= 0; --bit) bits.push(((node.content[i] >> bit) & 1) === 1);
  return bits;
}

/** Bytes of a BIT STRING that holds whole bytes. */
export function wholeBytes(node) {
  expect(node, tag.bitString, "a bit string");
  if (node.content[0] !== 0) fail("a bit string does not hold whole bytes");
  return node.content.subarray(1);
}
