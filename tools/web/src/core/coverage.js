// E30 and E31: every file is listed everywhere it must be, nothing else is, and the digests are the same.
import { shown } from "./bytes.js";
import { readAsicManifest, readBagManifest } from "./lists.js";
import { archiveManifestName, classify, manifestName, oscalFiles, requiredNames, reviewFiles, signatureName, timestampName } from "./names.js";
import { missingMembers } from "./container.js";

/** Holds a list against the entries that it must name. */
function compareList(list, digests, wanted, bundle, findings) {
  for (const name of wanted) {
    if (!digests.has(name)) findings.fail("E30", shown(name), `The file is not listed in ${list}.`);
  }
  const mustBe = new Set(wanted);
  for (const [name, digest] of digests) {
    const entries = bundle.all.get(name);
    if (!entries) findings.fail("E30", shown(name), `The file is listed in ${list} but is not there.`);
    else if (!mustBe.has(name)) findings.fail("E30", shown(name), `The file may not be listed in ${list}.`);
    for (const entry of entries ?? []) {
      if (!entry.found) findings.fail("E31", shown(name), `The file cannot be read, so its digest in ${list} does not hold.`);
      else if (entry.found.sha256 !== digest) findings.fail("E31", shown(name), `The file does not have the digest that is listed in ${list}.`);
    }
  }
}

const namesOf = (bundle, kind) => [...bundle.all.keys()].filter((name) => classify(name).kind === kind);

function checkBagList(name, wanted, bundle, findings) {
  const bytes = bundle.files.get(name);
  if (!bytes) return;
  const list = readBagManifest(bytes);
  if (list.wrong) findings.fail("E30", name, list.wrong);
  else compareList(name, list.digests, wanted, bundle, findings);
  bundle.lists.set(name, list.digests ?? new Map());
}

function checkGroupList(group, bundle, findings) {
  const isArchive = group.group === "archive";
  const name = isArchive ? archiveManifestName(group.number) : manifestName(group.number);
  const signed = isArchive ? timestampName(group.number) : signatureName(group.number);
  const bytes = bundle.files.get(name);
  if (!bytes) return;
  const list = readAsicManifest(bytes, signed, isArchive ? "application/vnd.etsi.timestamp-token" : "application/pkcs7-signature");
  if (list.wrong) {
    findings.fail("E30", name, list.wrong);
    return;
  }
  bundle.lists.set(name, list.digests);
  const place = bundle.entries.findIndex((entry) => entry.name === name);
  const before = bundle.entries.slice(0, place).map((entry) => entry.name).filter((one) => one !== "mimetype");
  compareList(name, list.digests, [...new Set(before)], bundle, findings);
}

function checkOxum(bundle, findings) {
  const stated = bundle.bagInfo.values.get("Payload-Oxum");
  if (stated === undefined) return;
  const payload = bundle.entries.filter((entry) => classify(entry.name).kind === "payload");
  const bytes = payload.reduce((sum, entry) => sum + entry.size, 0);
  if (stated !== `${bytes}.${payload.length}`) findings.fail("E31", "bag-info.txt", `Payload-Oxum says ${stated}; there are ${bytes} bytes in ${payload.length} files.`);
}

/** All of E30 and E31. The lists that could be read stay in bundle.lists: name to Map of name to hex. */
export function checkCoverage(bundle, findings) {
  const ofReview = bundle.all.has(reviewFiles[1]);
  for (const name of requiredNames) {
    if (ofReview && oscalFiles.includes(name)) continue;
    if (!bundle.all.has(name)) findings.fail("E30", name, "The file is missing.");
  }
  for (const group of bundle.groups) {
    for (const name of missingMembers(group)) if (!requiredNames.includes(name) && !name.endsWith(".tst")) findings.fail("E30", name, "The file is missing from its group.");
  }
  checkBagList("manifest-sha256.txt", namesOf(bundle, "payload"), bundle, findings);
  checkBagList("tagmanifest-sha256.txt", [...namesOf(bundle, "mimetype"), ...namesOf(bundle, "tag")].filter((name) => name !== "tagmanifest-sha256.txt"), bundle, findings);
  for (const group of bundle.groups) checkGroupList(group, bundle, findings);
  checkOxum(bundle, findings);
  const unread = bundle.entries.find((entry) => !entry.found);
  if (unread) findings.skip("E31", `${shown(unread.name)} could not be read`);
  findings.say("E30", `${bundle.entries.length} files`);
  findings.say("E31", `SHA-256 of ${bundle.entries.length} files`);
}
