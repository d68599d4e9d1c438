// From a signer's certificate to an anchor that the verifier brought, and what revocation lists say on the way.
// Nothing that comes with the bundle is trusted by itself.

const longestPath = 10;
// Certificates that name each other in every way could make the search endless.
const mostSteps = 400;

/** ISO time of microseconds since 1970, for sentences. */
export const isoTime = (micros) => new Date(Math.floor(micros / 1000)).toISOString().replace(/\.\d+Z$/, "Z");

/**
 * The certificates that are trusted: those brought, and among the candidates those that a fingerprint names.
 * anchors: { certificates: Certificate[], fingerprints: hex[] }.
 */
export function trustedAmong(anchors, candidates) {
  const trusted = [...anchors.certificates];
  for (const one of candidates) {
    const isNamed = anchors.fingerprints.includes(one.digest);
    if (isNamed && !trusted.some((other) => other.is(one))) trusted.push(one);
  }
  return trusted;
}

const contains = (list, certificate) => list.some((one) => one.is(certificate));

/** Every path from the certificate up, the ones that end at an anchor first. */
async function pathsFrom(path, trusted, candidates, budget) {
  const last = path[path.length - 1];
  if (contains(trusted, last)) return [path];
  const paths = [];
  if (path.length < longestPath) {
    const above = [...trusted, ...candidates.filter((one) => !contains(trusted, one))];
    for (const issuer of above) {
      if (contains(path, issuer) || !last.names(issuer) || --budget.steps < 0 || !(await last.isIssuedBy(issuer))) continue;
      paths.push(...(await pathsFrom([...path, issuer], trusted, candidates, budget)));
    }
  }
  return paths.length > 0 ? paths : [path];
}

function authorityFault(certificate, below) {
  if (!certificate.isVersion3 || !certificate.isAuthority) return "is not an authority's, but issued another one";
  if (certificate.usage !== null && !certificate.usage.includes("keyCertSign")) return "may not issue certificates";
  if (below > certificate.pathLength) return "may not stand so high above the signer";
  return null;
}

function faultsOf(path, moment, isAnchored) {
  const faults = [];
  const note = (kind, certificate, words) => faults.push({ kind, message: `The certificate of ${certificate.called} ${words}.` });
  path.forEach((certificate, place) => {
    const isAnchor = isAnchored && place === path.length - 1;
    if (moment < certificate.notBefore) note("validity", certificate, `was not yet valid at ${isoTime(moment)}, the time of signing`);
    if (moment > certificate.notAfter) note("validity", certificate, `had expired at ${isoTime(moment)}, the time of signing`);
    const authority = place > 0 ? authorityFault(certificate, path.slice(1, place).filter((one) => !one.isSelfIssued).length) : null;
    if (authority) note("chain", certificate, authority);
    if (certificate.unknownCritical) note("chain", certificate, `has the critical extension ${certificate.unknownCritical}, which nobody here can judge`);
    if (!isAnchor && !certificate.hasStrongSignature) note("chain", certificate, "is signed with a weak algorithm");
    if (!certificate.hasFairKey) note("chain", certificate, "has a key that is too weak");
  });
  return faults;
}

/**
 * The best path: { path, anchor: Certificate | null, faults: [{ kind, message }] }. `candidates` are certificates that
 * came along; `moment` in microseconds since 1970.
 */
export async function findPath(signer, trusted, candidates, moment) {
  let best = null;
  for (const path of await pathsFrom([signer], trusted, candidates, { steps: mostSteps })) {
    const last = path[path.length - 1];
    const anchor = contains(trusted, last) ? last : null;
    const faults = faultsOf(path, moment, anchor !== null);
    const isBetter = best === null || (anchor !== null && best.anchor === null) || (!(best.anchor && !anchor) && faults.length < best.faults.length);
    if (isBetter) best = { path, anchor, faults };
  }
  return best;
}

/** Each list with the certificate that made it, as far as that is among `issuers`. */
export async function signedLists(lists, issuers) {
  const signed = [];
  for (const list of lists) {
    for (const issuer of issuers) {
      if (!(await list.isBy(issuer))) continue;
      signed.push({ list, issuer });
      break;
    }
  }
  return signed;
}

function tellsAbout(list, certificate, moment) {
  if (list.thisUpdate < certificate.notBefore) return false;
  // An authority may drop a certificate from its lists once it has expired.
  return list.thisUpdate > moment ? list.thisUpdate <= certificate.notAfter : list.nextUpdate >= moment;
}

const isLifted = (entry, list, all) => entry.reason === "certificateHold" && all.some((other) => other.list.thisUpdate > list.thisUpdate && !other.entry);

/** What the lists say about one certificate: { known, revoked: [{ at, reason }] }. */
async function statementsOn(certificate, lists, moment) {
  const all = [];
  for (const { list, issuer } of lists) {
    if (list.isNarrowed || !(await certificate.isIssuedBy(issuer))) continue;
    all.push({ list, entry: list.revoked.get(certificate.serialHex) ?? null });
  }
  return {
    revoked: all.filter(({ list, entry }) => entry && !isLifted(entry, list, all)).map(({ entry }) => entry),
    known: all.some(({ list }) => tellsAbout(list, certificate, moment)),
  };
}

/** The certificates of a path whose state a list can tell: all but the anchor, which nobody above could revoke. */
const revocable = (path) => (path.length > 1 ? path.slice(0, -1) : path);

/**
 * Revocation along the path of a signer. Answers { problems: [{ kind: "revoked" | "unknown", message }], known }.
 * isProven: the moment comes from a trusted timestamp, not from the signer's own clock.
 */
export async function checkRevocation(path, lists, { moment, isProven }) {
  const problems = [];
  let known = true;
  for (const certificate of revocable(path)) {
    const { revoked, known: isKnown } = await statementsOn(certificate, lists, moment);
    const early = revoked.find((entry) => entry.at <= moment);
    const late = revoked.find((entry) => entry.at > moment);
    const whose = `The certificate of ${certificate.called}`;
    if (early) {
      problems.push({ kind: "revoked", message: `${whose} was revoked at ${isoTime(early.at)}, before the signing.` });
    } else if (late && !isProven) {
      known = false;
      problems.push({ kind: "unknown", message: `${whose} was revoked at ${isoTime(late.at)}; that it signed before, at ${isoTime(moment)}, only the signer's own clock says.` });
    } else if (!isKnown && !late) {
      known = false;
      problems.push({ kind: "unknown", message: `No usable revocation list tells whether the certificate of ${certificate.called} had been revoked at ${isoTime(moment)}.` });
    }
  }
  return { problems, known };
}

const harmlessReasons = ["unspecified", "affiliationChanged", "superseded", "cessationOfOperation"];

/**
 * Revocation along the path of a time-stamp authority (RFC 3161 section 4): a later revocation touches earlier tokens
 * unless its reason says otherwise or the token is known to be older. Answers { problems: string[], known }.
 */
export async function checkAuthorityRevocation(path, lists, { moment, existedBy }) {
  const problems = [];
  let known = true;
  for (const certificate of revocable(path)) {
    const { revoked, known: isKnown } = await statementsOn(certificate, lists, moment);
    for (const entry of revoked) {
      const isOlder = existedBy !== null && existedBy < entry.at;
      if (entry.at > moment && (harmlessReasons.includes(entry.reason) || isOlder)) continue;
      const when = entry.at > moment ? "after the timestamp, for a reason that also touches earlier ones" : "before the timestamp was made";
      problems.push(`The certificate of ${certificate.called} was revoked at ${isoTime(entry.at)}, ${when}.`);
    }
    if (!isKnown && revoked.length === 0) known = false;
  }
  return { problems, known };
}
