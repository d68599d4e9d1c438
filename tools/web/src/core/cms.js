// CMS SignedData (RFC 5652) in the one form that the format allows, and whether a signature holds.
import { equalBytes, hex, joined } from "./bytes.js";
import { Certificate, RevocationList } from "./certificates.js";
import { DerError, Members, oidOf, parseDer, requireSetOrder, smallNumber, tag, timeOf } from "./der.js";

export const oid = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  commitment: "1.2.840.113549.1.9.16.2.16",
  timestampToken: "1.2.840.113549.1.9.16.2.14",
};
const digests = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
const signatureForms = {
  "1.2.840.10045.4.3.2": ["ECDSA", "SHA-256"], "1.2.840.10045.4.3.3": ["ECDSA", "SHA-384"], "1.2.840.10045.4.3.4": ["ECDSA", "SHA-512"],
  "1.2.840.113549.1.1.11": ["RSA", "SHA-256"], "1.2.840.113549.1.1.12": ["RSA", "SHA-384"], "1.2.840.113549.1.1.13": ["RSA", "SHA-512"],
  "1.2.840.113549.1.1.1": ["RSA", null],
};
const commitments = {
  "1.2.840.113549.1.9.16.6.1": "origin",
  "1.2.840.113549.1.9.16.6.2": "receipt",
  "1.2.840.113549.1.9.16.6.5": "approval",
};

const fail = (message) => {
  throw new DerError(message);
};

export const digestOf = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));

function digestAlgorithm(node) {
  const members = new Members(node, "a digest algorithm");
  const name = digests[oidOf(members.take(tag.oid, "a digest algorithm"))];
  members.takeIf(tag.null);
  members.end();
  return name ?? fail("the digest is not SHA-256, SHA-384 or SHA-512");
}

function signatureAlgorithm(node, digest) {
  const members = new Members(node, "a signature algorithm");
  const [form, itsDigest] = signatureForms[oidOf(members.take(tag.oid, "a signature algorithm"))] ?? fail("the signature algorithm is not ECDSA or RSA with SHA-256, SHA-384 or SHA-512");
  if (form === "RSA") members.take(tag.null, "the parameter of the signature algorithm");
  members.end();
  if (itsDigest !== null && itsDigest !== digest) fail("the signature algorithm has another digest than the signer states");
  return form;
}

/** Attributes as a map of identifier to its one value. */
function attributesOf(node) {
  requireSetOrder(node);
  const attributes = new Map();
  for (const one of node.children) {
    const members = new Members(one, "an attribute");
    const name = oidOf(members.take(tag.oid, "an attribute's type"));
    const values = members.take(tag.set, "an attribute's values").children;
    members.end();
    if (values.length !== 1) fail("an attribute has not exactly one value");
    if (attributes.has(name)) fail("an attribute stands twice");
    attributes.set(name, values[0]);
  }
  return attributes;
}

function signerInfo(node, announced) {
  const members = new Members(node, "the signer information");
  if (smallNumber(members.take(tag.integer, "the signer's version")) !== 1) fail("the signer's version is not 1");
  const [issuer, serial] = members.take(tag.sequence, "the signer's identifier").children;
  const digest = digestAlgorithm(members.take(tag.sequence, "the signer's digest algorithm"));
  if (digest !== announced) fail("two digest algorithms are named");
  const signed = members.take(tag.context0, "the set of signed attributes");
  const form = signatureAlgorithm(members.take(tag.sequence, "the signature algorithm"), digest);
  const signature = members.take(tag.octetString, "the signature value").content;
  const unsigned = members.takeIf(tag.context1);
  members.end();
  if (unsigned !== null && unsigned.children.length === 0) fail("the set of unsigned attributes is empty");
  const signedBytes = Uint8Array.from(signed.whole);
  signedBytes[0] = tag.set;
  return {
    issuer, serial: hex(serial.content), digest, form, signature, signedBytes,
    attributes: attributesOf(signed),
    unsigned: unsigned === null ? new Map() : attributesOf(unsigned),
  };
}

function collection(node, what) {
  if (node === null) return [];
  requireSetOrder(node);
  if (node.children.length === 0) fail(`the set of ${what} is empty`);
  if (node.children.some((one) => one.tag !== tag.sequence)) fail(`the set of ${what} holds something else`);
  for (let i = 1; i < node.children.length; ++i) {
    if (equalBytes(node.children[i - 1].whole, node.children[i].whole)) fail(`one of the ${what} stands twice`);
  }
  return node.children.map((one) => Uint8Array.from(one.whole));
}

/**
 * Reads a SignedData of that version over content of that type. Answers { content: bytes or null, certificates, lists,
 * info, signer: Certificate or null }. Throws DerError.
 */
export async function readSignedData(der, version, contentType) {
  const outer = new Members(parseDer(der), "the file");
  if (oidOf(outer.take(tag.oid, "the content type")) !== oid.signedData) fail("it is not a SignedData");
  const data = new Members(outer.take(tag.context0, "the content").children[0], "the SignedData");
  outer.end();
  if (smallNumber(data.take(tag.integer, "the version")) !== version) fail(`the version is not ${version}`);
  const announced = data.take(tag.set, "the set of digest algorithms").children;
  if (announced.length !== 1) fail("there is not exactly one digest algorithm");
  const digest = digestAlgorithm(announced[0]);
  const inner = new Members(data.take(tag.sequence, "the content description"), "the content description");
  if (oidOf(inner.take(tag.oid, "the content type")) !== contentType) fail("the content has another type");
  const content = inner.takeIf(tag.context0);
  inner.end();
  const certificates = await Promise.all(collection(data.takeIf(tag.context0), "certificates").map((one) => Certificate.from(one)));
  const lists = collection(data.takeIf(tag.context1), "revocation lists").map((one) => RevocationList.from(one));
  const signers = data.take(tag.set, "the set of signers").children;
  data.end();
  if (signers.length !== 1) fail("there is not exactly one signer");
  const info = signerInfo(signers[0], digest);
  const isSigner = (one) => equalBytes(one.issuerName.whole, info.issuer.whole) && one.serialHex === info.serial;
  return {
    content: content === null ? null : new Members(content, "the content").take(tag.octetString, "the content").content,
    certificates, lists, info,
    signer: certificates.find(isSigner) ?? null,
  };
}

/** ECDSA's two numbers side by side, each as long as the curve's, as WebCrypto takes them. */
function rawEcdsa(signature, length) {
  const numbers = parseDer(signature).children.map(({ content }) => (content[0] === 0 ? content.subarray(1) : content));
  if (numbers.length !== 2 || numbers.some((one) => one.length > length)) fail("the signature value is malformed");
  return joined(numbers.flatMap((one) => [new Uint8Array(length - one.length), one]));
}

const curveBytes = { "P-256": 32, "P-384": 48, "P-521": 66 };

/** Whether the certificate's key made the signature over the signed attributes. */
export async function signatureHolds({ form, digest, signature, signedBytes }, certificate) {
  if ((form === "ECDSA") !== (certificate.key.type === "EC")) return false;
  const isEcdsa = form === "ECDSA";
  const algorithm = isEcdsa ? { name: "ECDSA", namedCurve: certificate.key.curve } : { name: "RSASSA-PKCS1-v1_5", hash: digest };
  try {
    const key = await crypto.subtle.importKey("spki", certificate.publicKey.whole, algorithm, false, ["verify"]);
    const raw = isEcdsa ? rawEcdsa(signature, curveBytes[certificate.key.curve]) : signature;
    return await crypto.subtle.verify(isEcdsa ? { name: "ECDSA", hash: digest } : algorithm, key, raw, signedBytes);
  } catch {
    return false;
  }
}

/** The content type and digest among the signed attributes. Answers what does not fit, or null. */
export async function contentFault(info, content, contentType) {
  const type = info.attributes.get(oid.contentType);
  if (!type || oidOf(type) !== contentType) return "The signed attributes name another type of content.";
  const digest = info.attributes.get(oid.messageDigest);
  const fits = digest?.tag === tag.octetString && equalBytes(digest.content, await digestOf(info.digest, content));
  return fits ? null : "The signature was made over other bytes than these.";
}

/** Whether the attribute signing-certificate-v2 or, for timestamps, signing-certificate names this certificate. */
export async function bindsCertificate(info, certificate) {
  const second = info.attributes.get(oid.signingCertificateV2);
  const attribute = second ?? info.attributes.get(oid.signingCertificate);
  const first = attribute?.children?.[0]?.children?.[0];
  if (!first?.children) return false;
  const members = new Members(first, "a certificate's identifier");
  const algorithm = second ? members.takeIf(tag.sequence) : null;
  const wanted = second ? (algorithm === null ? "SHA-256" : digestAlgorithm(algorithm)) : "SHA-1";
  const digest = members.take(tag.octetString, "a certificate's digest").content;
  const place = members.takeIf(tag.sequence);
  members.end();
  if (!equalBytes(digest, await digestOf(wanted, certificate.der))) return false;
  return place === null || namesPlace(place, certificate);
}

function namesPlace(node, certificate) {
  const [names, serial] = node.children;
  const directory = names?.children?.[0];
  return directory?.tag === 0xa4 && equalBytes(directory.content, certificate.issuerName.whole) && hex(serial.content) === certificate.serialHex;
}

export const commitmentOf = (info) => commitments[oidOf(new Members(info.attributes.get(oid.commitment), "the commitment").nodes[0])] ?? null;
export const signingTimeOf = (info) => timeOf(info.attributes.get(oid.signingTime));

const allowedAttributes = [oid.contentType, oid.messageDigest, oid.signingTime, oid.signingCertificateV2, oid.commitment];

/** What breaks the profile of signatures among the attributes, or null. */
export function attributeFault({ attributes, unsigned }) {
  const missing = allowedAttributes.some((one) => !attributes.has(one));
  if (missing || attributes.size !== allowedAttributes.length) return "The signed attributes are not exactly the five of the format.";
  const other = [...unsigned.keys()].some((one) => one !== oid.timestampToken);
  return other ? "It has an unsigned attribute that is no signature timestamp." : null;
}

/** Reads the TSTInfo of RFC 3161: { imprint, time, policy, serial }. Throws DerError. */
export function readTimestampInfo(bytes) {
  const members = new Members(parseDer(bytes), "the timestamp");
  if (smallNumber(members.take(tag.integer, "the timestamp's version")) !== 1) fail("the timestamp's version is not 1");
  const policy = oidOf(members.take(tag.oid, "the policy"));
  const imprint = new Members(members.take(tag.sequence, "the imprint"), "the imprint");
  if (digestAlgorithm(imprint.take(tag.sequence, "the imprint's digest")) !== "SHA-256") fail("the imprint is no SHA-256");
  const digest = imprint.take(tag.octetString, "the imprint").content;
  imprint.end();
  const serial = members.take(tag.integer, "the serial number").content;
  const time = timeOf(members.take(tag.generalizedTime, "the time"));
  members.takeIf(tag.sequence);
  if (members.takeIf(tag.boolean)?.content[0] === 0) fail("the timestamp states a default value");
  members.takeIf(tag.integer);
  members.takeIf(tag.context0);
  const extensions = members.takeIf(tag.context1);
  members.end();
  if (extensions?.children.some((one) => one.children[1]?.tag === tag.boolean)) fail("the timestamp has a critical extension");
  return { imprint: digest, time, policy, serial: hex(serial) };
}

