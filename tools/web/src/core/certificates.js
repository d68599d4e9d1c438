// X.509 certificates and revocation lists: what they say, and whether an issuer made them (RFC 5280).
import * as pkijs from "pkijs";
import { equalBytes, fromBase64, hex, textOf } from "./bytes.js";
import { bitsOf, DerError, Members, oidOf, parseDer, smallNumber, tag, timeOf, wholeBytes } from "./der.js";

pkijs.setEngine("web", new pkijs.CryptoEngine({ name: "web", crypto: globalThis.crypto }));

const oids = {
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
  reasonCode: "2.5.29.21",
  rsaKey: "1.2.840.113549.1.1.1",
  ecKey: "1.2.840.10045.2.1",
  documentSigning: "1.3.6.1.5.5.7.3.36",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
};
const curves = { "1.2.840.10045.3.1.7": "P-256", "1.3.132.0.34": "P-384", "1.3.132.0.35": "P-521" };
// Extensions that are understood here or that only inform; any other one that is critical breaks the path.
const understood = new Set(["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.35", "2.5.29.17", "2.5.29.18", "2.5.29.31", "2.5.29.32"]);
const strongAlgorithms = new Map([
  ["1.2.840.10045.4.3.2", "SHA-256"], ["1.2.840.10045.4.3.3", "SHA-384"], ["1.2.840.10045.4.3.4", "SHA-512"],
  ["1.2.840.113549.1.1.11", "SHA-256"], ["1.2.840.113549.1.1.12", "SHA-384"], ["1.2.840.113549.1.1.13", "SHA-512"],
]);
const usages = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign"];

const shortNames = {
  "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street",
  "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.42": "GN", "2.5.4.97": "organizationIdentifier",
  "1.2.840.113549.1.9.1": "emailAddress", "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
};

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function textOfAttribute(node) {
  if (node.tag === 0x1e) return String.fromCharCode(...Array.from({ length: node.content.length / 2 }, (_, i) => node.content[2 * i] * 256 + node.content[2 * i + 1]));
  return textOf(node.content) ?? hex(node.content);
}

/** The parts of a name as [short name, text], in their order. */
function nameParts(node) {
  return node.children.flatMap((set) =>
    set.children.map((one) => {
      const members = new Members(one, "a name");
      const oid = oidOf(members.take(tag.oid, "a name's type"));
      return [shortNames[oid] ?? oid, textOfAttribute(members.nodes[1])];
    }),
  );
}

const escaped = (text) => text.replace(/[,+"\\<>;]/g, "\\$&").replace(/^[ #]/, "\\$&").replace(/ $/, "\\ ");

/** RFC 2253: the last part first. */
const nameText = (node) => nameParts(node).reverse().map(([type, text]) => `${type}=${escaped(text)}`).join(",");

/** Extensions as a map of identifier to { critical, value: DER node or null }. */
function extensionsOf(node) {
  const extensions = new Map();
  for (const one of node?.children?.[0]?.children ?? []) {
    const members = new Members(one, "an extension");
    const oid = oidOf(members.take(tag.oid, "an extension's type"));
    const critical = members.takeIf(tag.boolean) !== null;
    const bytes = members.take(tag.octetString, "an extension's value").content;
    members.end();
    if (extensions.has(oid)) throw new DerError("an extension stands twice");
    let value = null;
    try {
      value = parseDer(bytes);
    } catch (error) {
      if (understood.has(oid) || !(error instanceof DerError)) throw error;
    }
    extensions.set(oid, { critical, value });
  }
  return extensions;
}

function keyOf(node) {
  const [algorithm, bits] = node.children;
  const oid = oidOf(algorithm.children[0]);
  if (oid === oids.ecKey) return { type: "EC", curve: curves[oidOf(algorithm.children[1])] ?? "another curve" };
  if (oid !== oids.rsaKey) return { type: "other" };
  const modulus = parseDer(wholeBytes(bits)).children[0].content;
  const from = modulus[0] === 0 ? 1 : 0;
  return { type: "RSA", bits: (modulus.length - from) * 8 - Math.clz32(modulus[from]) + 24 };
}

/** Runs a reader over bytes that anybody may have written: whatever it trips over makes them malformed. */
function reading(what, read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof DerError ? error : new DerError(`${what} cannot be read`);
  }
}

/** One certificate. Throws DerError when it is not canonical DER of the expected form. */
export class Certificate {
  static async from(der) {
    const certificate = reading("a certificate", () => new Certificate(der).#whole());
    certificate.digest = hex(await sha256(der));
    return certificate;
  }

  constructor(der) {
    this.der = der;
    const outer = new Members(parseDer(der), "a certificate");
    const body = new Members(outer.take(tag.sequence, "a certificate's body"), "a certificate's body");
    this.algorithm = outer.take(tag.sequence, "a certificate's algorithm");
    wholeBytes(outer.take(tag.bitString, "a certificate's signature"));
    outer.end();
    const version = body.takeIf(tag.context0);
    this.isVersion3 = version !== null && smallNumber(version.children[0]) === 2;
    this.serial = body.take(tag.integer, "a serial number").content;
    const inside = body.take(tag.sequence, "an algorithm");
    if (!equalBytes(inside.whole, this.algorithm.whole)) throw new DerError("a certificate names two algorithms");
    this.issuerName = body.take(tag.sequence, "an issuer");
    const [from, to] = body.take(tag.sequence, "a validity").children;
    this.notBefore = timeOf(from);
    this.notAfter = timeOf(to);
    this.subjectName = body.take(tag.sequence, "a subject");
    this.publicKey = body.take(tag.sequence, "a public key");
    this.key = keyOf(this.publicKey);
    body.takeIf(0x81);
    body.takeIf(0x82);
    this.extensions = extensionsOf(body.takeIf(0xa3));
    body.end();
    this.pki = pkijs.Certificate.fromBER(der);
  }

  /** Reads everything once, so that nothing malformed comes to light later. */
  #whole() {
    const parts = [this.subject, this.called, this.isAuthority, this.pathLength, this.usage, this.extendedUsage, this.isSelfIssued];
    if (parts[3] < 0) throw new DerError("a certificate has no sensible path length");
    return this;
  }

  get subject() {
    return nameText(this.subjectName);
  }
  /** The common name, or the whole subject. */
  get called() {
    return nameParts(this.subjectName).find(([type]) => type === "CN")?.[1] ?? this.subject;
  }
  get serialHex() {
    return hex(this.serial);
  }
  get isSelfIssued() {
    return this.pki.issuer.isEqual(this.pki.subject);
  }
  get isAuthority() {
    return this.extensions.get(oids.basicConstraints)?.value?.children?.[0]?.tag === tag.boolean;
  }
  /** The most intermediates below, or Infinity. */
  get pathLength() {
    const limit = this.extensions.get(oids.basicConstraints)?.value?.children?.[1];
    return limit ? smallNumber(limit) : Infinity;
  }
  /** The key usages by name, or null when the certificate states none. */
  get usage() {
    const extension = this.extensions.get(oids.keyUsage);
    return extension ? bitsOf(extension.value).flatMap((bit, i) => (bit ? [usages[i] ?? "other"] : [])) : null;
  }
  get extendedUsage() {
    return this.extensions.get(oids.extendedKeyUsage)?.value.children.map(oidOf) ?? null;
  }
  get unknownCritical() {
    return [...this.extensions].find(([oid, { critical }]) => critical && !understood.has(oid))?.[0] ?? null;
  }
  get hasStrongSignature() {
    return this.pki.signatureAlgorithm.algorithmId === "1.2.840.113549.1.1.10" || strongAlgorithms.has(this.pki.signatureAlgorithm.algorithmId);
  }
  /** Fit for what a certificate of an authority or a time-stamp authority may be signed with: 112 bits or more. */
  get hasFairKey() {
    return (this.key.type === "RSA" && this.key.bits >= 2048) || Object.values(curves).includes(this.key.curve);
  }
  /** The keys that the format allows for signers. */
  get hasSignerKey() {
    return (this.key.type === "RSA" && this.key.bits >= 3072) || this.key.curve === "P-256" || this.key.curve === "P-384";
  }
  /** Made for signing documents: never a web server's, an authority's or a time-stamp authority's. */
  get maySignDocuments() {
    const usage = this.usage ?? [];
    const extended = this.extendedUsage ?? [];
    const signs = usage.includes("digitalSignature") || usage.includes("nonRepudiation");
    return !this.isAuthority && signs && extended.every((one) => one === oids.documentSigning || one === oids.emailProtection);
  }
  /** RFC 3161 section 2.3: timeStamping is its only extended usage, and that is critical. */
  get mayMakeTimestamps() {
    const extension = this.extensions.get(oids.extendedKeyUsage);
    const usage = this.usage ?? ["digitalSignature"];
    const signsOnly = usage.length > 0 && usage.every((one) => one === "digitalSignature" || one === "nonRepudiation");
    const extended = this.extendedUsage ?? [];
    return !this.isAuthority && signsOnly && extension?.critical === true && extended.length === 1 && extended[0] === oids.timeStamping;
  }

  is(other) {
    return equalBytes(this.der, other.der);
  }

  /** Whether `issuer` has the name of this certificate's issuer. */
  names(issuer) {
    return this.pki.issuer.isEqual(issuer.pki.subject);
  }

  /** Whether `issuer` made this certificate: its name, and its signature. */
  async isIssuedBy(issuer) {
    if (!this.names(issuer)) return false;
    try {
      return await this.pki.verify(issuer.pki);
    } catch {
      return false;
    }
  }
}

const reasonWords = ["unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "", "removeFromCRL", "privilegeWithdrawn", "aACompromise"];

function revokedEntry(node) {
  const members = new Members(node, "a revocation");
  const serial = hex(members.take(tag.integer, "a serial number").content);
  const at = timeOf(members.nodes[members.at++]);
  const extensions = members.nodes[members.at] ? extensionsOf({ children: [members.nodes[members.at++]] }) : new Map();
  members.end();
  const reason = extensions.get(oids.reasonCode)?.value?.content?.[0];
  return { serial, at, reason: reason === undefined ? null : (reasonWords[reason] ?? "") };
}

/** One revocation list. Throws DerError when it is not canonical DER of the expected form. */
export class RevocationList {
  static from(der) {
    return reading("a revocation list", () => new RevocationList(der));
  }

  constructor(der) {
    this.der = der;
    const outer = new Members(parseDer(der), "a revocation list");
    const body = new Members(outer.take(tag.sequence, "a list's body"), "a list's body");
    const algorithm = outer.take(tag.sequence, "a list's algorithm");
    wholeBytes(outer.take(tag.bitString, "a list's signature"));
    outer.end();
    const version = body.takeIf(tag.integer);
    if (version !== null && smallNumber(version) !== 1) throw new DerError("a revocation list has another version");
    if (!equalBytes(body.take(tag.sequence, "an algorithm").whole, algorithm.whole)) throw new DerError("a revocation list names two algorithms");
    this.issuerName = body.take(tag.sequence, "an issuer");
    this.thisUpdate = timeOf(body.nodes[body.at++]);
    const next = body.takeIf(tag.utcTime) ?? body.takeIf(tag.generalizedTime);
    this.nextUpdate = next === null ? -Infinity : timeOf(next);
    const revoked = body.takeIf(tag.sequence);
    this.revoked = new Map((revoked?.children ?? []).map(revokedEntry).map((entry) => [entry.serial, entry]));
    const extensions = extensionsOf(body.takeIf(tag.context0));
    body.end();
    this.isNarrowed = [...extensions.values()].some(({ critical }) => critical);
    this.pki = pkijs.CertificateRevocationList.fromBER(der);
  }

  namesIssuer(certificate) {
    return this.pki.issuer.isEqual(certificate.pki.subject);
  }

  /** Whether this certificate made the list: name, right to sign lists, strong algorithm, signature. */
  async isBy(issuer) {
    const maySign = issuer.usage === null || issuer.usage.includes("cRLSign");
    if (!maySign || !this.namesIssuer(issuer) || !strongAlgorithms.has(this.pki.signatureAlgorithm.algorithmId)) return false;
    try {
      return await this.pki.verify({ issuerCertificate: issuer.pki });
    } catch {
      return false;
    }
  }
}

/** The DER of every block of that label in a PEM text, or of DER bytes as they are. Answers an empty list for neither. */
export function derBlocks(bytes, label) {
  if (bytes[0] === 0x30 && bytes[1] & 0x80) return [bytes];
  const text = textOf(bytes) ?? "";
  const blocks = [];
  const form = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, "g");
  for (const found of text.matchAll(form)) {
    const der = fromBase64(found[1].replace(/\s+/g, ""));
    if (der) blocks.push(der);
  }
  return blocks;
}

/** The certificates in PEM or DER. Throws DerError when there is none or one is damaged. */
export async function certificatesFrom(bytes) {
  const blocks = derBlocks(bytes, "CERTIFICATE");
  if (blocks.length === 0) throw new DerError("there is no certificate in it");
  return Promise.all(blocks.map((der) => Certificate.from(der)));
}

/** The revocation lists in PEM or DER. Throws DerError as above. */
export function listsFrom(bytes) {
  const blocks = derBlocks(bytes, "X509 CRL");
  if (blocks.length === 0) throw new DerError("there is no revocation list in it");
  return blocks.map((der) => RevocationList.from(der));
}

