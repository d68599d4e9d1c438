// E10 and E20: order, numbers, limits and names of the entries.
import { shown } from "./bytes.js";
import { archiveManifestName, classify, limitOf, manifestName, nameFault, signatureName, statementName, timestampName } from "./names.js";

const mostSignatures = 20;
const mostArchives = 50;
const mostEntries = 200_000;
const mostBytes = 2 ** 40;
const portableEntries = 950;
const portableBytes = 1_900_000_000;

/** Names that break a rule, occur twice, or differ only in the case of letters. */
export function checkNames(entries, findings) {
  const exact = new Set();
  const folded = new Map();
  for (const { name } of entries) {
    const fault = nameFault(name);
    if (fault) findings.fail("E20", shown(name), `The name breaks a rule: ${fault}.`);
    if (classify(name).kind === "unknown-meta") findings.fail("E20", shown(name), "Below META-INF/ no such name may occur.");
    if (exact.has(name)) findings.fail("E10", shown(name), "The name occurs more than once.");
    const lower = name.toLowerCase();
    if (!exact.has(name) && folded.has(lower)) findings.fail("E20", shown(name), `The name differs from ${shown(folded.get(lower))} only in the case of letters.`);
    exact.add(name);
    folded.set(lower, name);
  }
}

const rank = { mimetype: 0, tag: 1, payload: 2, group: 3, "unknown-meta": 3 };

function checkMainOrder(entries, findings) {
  if (entries.length === 0 || entries[0].name !== "mimetype") findings.fail("E10", "mimetype", "The first entry is not mimetype.");
  for (let i = 1; i < entries.length; ++i) {
    const [before, now] = [entries[i - 1], entries[i]];
    const [left, right] = [rank[classify(before.name).kind], rank[classify(now.name).kind]];
    const isWrong = left > right || (left === right && right < 3 && before.name > now.name);
    if (isWrong) findings.fail("E10", shown(now.name), `The entry does not stand in the order of the format: it follows ${shown(before.name)}.`);
  }
}

const fullGroup = (group, number) => {
  if (group === "archive") return [archiveManifestName(number), timestampName(number)];
  return [...(number > 1 ? [statementName(number)] : []), manifestName(number), signatureName(number)];
};

/**
 * The groups in the order of the file: [{ group, number, names: Set, at: index of the first entry }]. Members that do
 * not stand together, or numbers that do not count up from 001, are E10.
 */
export function groupsOf(entries, findings) {
  const groups = [];
  const next = { signature: 1, archive: 1 };
  entries.forEach(({ name }, at) => {
    const what = classify(name);
    if (what.kind !== "group") return;
    let last = groups[groups.length - 1];
    if (!last || last.group !== what.group || last.number !== what.number) {
      const isNext = what.number === next[what.group];
      const isFirst = groups.length > 0 || (what.group === "signature" && what.number === 1);
      if (!isNext) findings.fail("E10", name, `The groups of its kind do not count up from 001: ${String(next[what.group]).padStart(3, "0")} should stand here.`);
      if (!isFirst) findings.fail("E10", name, "The first group is not signature group 001.");
      next[what.group] = Math.max(next[what.group], what.number + 1);
      last = { group: what.group, number: what.number, names: new Set(), at, place: -1 };
      groups.push(last);
    }
    if (what.place < last.place) findings.fail("E10", name, "The members of its group do not stand in the order of the format.");
    last.place = what.place;
    last.names.add(name);
  });
  return groups;
}

/** Members of a group that are not there. */
export const missingMembers = ({ group, number, names }) => fullGroup(group, number).filter((name) => !names.has(name));

/** A bundle's class is told by what stands before the first group: later groups do not change it. */
function checkClass(bagClass, entries, findings) {
  const first = entries.findIndex(({ name }) => name.startsWith("META-INF/"));
  const before = first < 0 ? entries : entries.slice(0, first);
  const bytes = before.reduce((most, one) => Math.max(most, one.end), 0);
  if (bagClass === "large") {
    if (before.length > mostEntries) findings.fail("E10", "central directory", `${before.length} entries stand before the first group; ${mostEntries} are the most.`);
    if (bytes > mostBytes) findings.fail("E10", "file", "More than 1 TiB stands before the first group.");
    const wasTooLarge = before.some((one) => one.size > limitOf(one.name, false));
    const portable = bytes + "portable".length - "large".length;
    if (before.length <= portableEntries && portable <= portableBytes && !wasTooLarge) findings.fail("E10", "bag-info.txt", "The bundle calls itself large, but the portable class can hold it.");
    return;
  }
  if (before.length > portableEntries) findings.fail("E10", "central directory", `${before.length} entries stand before the first group; the portable class has at most ${portableEntries}.`);
  if (bytes > portableBytes) findings.fail("E10", "file", `${bytes} bytes stand before the first group; the portable class has at most ${portableBytes}.`);
}

/** Order, groups, class and limits. Answers the groups; those beyond the most are not looked at. */
export function checkOrder(entries, bagClass, findings) {
  checkMainOrder(entries, findings);
  const groups = groupsOf(entries, findings);
  const limits = { signature: mostSignatures, archive: mostArchives };
  for (const [kind, most] of Object.entries(limits)) {
    const count = groups.filter((one) => one.group === kind).length;
    if (count > most) findings.fail("E10", "META-INF", `There are ${count} ${kind} groups; ${most} are the most.`);
  }
  checkClass(bagClass, entries, findings);
  for (const entry of entries) {
    const limit = limitOf(entry.name, bagClass === "large");
    if (entry.size > limit) findings.fail("E10", shown(entry.name), `The file has ${entry.size} bytes; ${limit} are the most.`);
  }
  return groups.filter((one) => one.number <= limits[one.group]);
}

/** What one pass over the bytes found about the entries: headers and checksums. */
export function checkScan(entries, findings) {
  for (const entry of entries) {
    if (!entry.isReadable || !entry.found) continue;
    if (!entry.found.headerFits) {
      findings.fail("E10", shown(entry.name), "Its local header differs from the only form allowed, or says something else than the central directory.");
      entry.isReadable = false;
      delete entry.found;
      continue;
    }
    if (entry.found.crc !== entry.crc) findings.fail("E10", shown(entry.name), "The checksum (CRC-32) of its bytes is another one.");
  }
}
