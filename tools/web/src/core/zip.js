// The one zip layout of a bundle (schemas/bundle-format.md, "Zip layout"): read the directory, write every record
// again and compare the bytes.
import { equalBytes, fromLatin1, joined, latin1, shown } from "./bytes.js";

const all16 = 0xffff;
const all32 = 0xffffffff;
const endSize = 22;
const end64Size = 56;
const locatorSize = 20;
// The most entries before the first group, and those of 20 signature groups and 50 archive groups.
const mostEntries = 200_000 + 3 * 20 + 2 * 50;
const mostDirectoryBytes = mostEntries * (46 + 255 + 28) + 1024 * 1024;
const greatestFile = 2 ** 40;

/** Writes little-endian fields: [width, value] each. */
function record(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

const isLargeSize = (size) => size >= all32;

/** The local header that an entry must have. */
export function localHeader(entry) {
  const is64 = isLargeSize(entry.size);
  const size = is64 ? all32 : entry.size;
  const head = record([
    [4, 0x04034b50], [2, is64 ? 45 : 10], [2, 0], [2, 0], [2, 0], [2, 0x0021], [4, entry.crc], [4, size], [4, size],
    [2, entry.name.length], [2, is64 ? 20 : 0],
  ]);
  const extra = is64 ? record([[2, 1], [2, 16], [8, entry.size], [8, entry.size]]) : new Uint8Array(0);
  return joined([head, fromLatin1(entry.name), extra]);
}

/** The central record that an entry must have. */
export function centralRecord(entry) {
  const largeSize = isLargeSize(entry.size);
  const largeOffset = entry.offset >= all32;
  const values = [];
  if (largeSize) values.push([8, entry.size], [8, entry.size]);
  if (largeOffset) values.push([8, entry.offset]);
  const extra = values.length > 0 ? record([[2, 1], [2, 8 * values.length], ...values]) : new Uint8Array(0);
  const size = largeSize ? all32 : entry.size;
  const head = record([
    [4, 0x02014b50], [2, 0x033f], [2, values.length > 0 ? 45 : 10], [2, 0], [2, 0], [2, 0], [2, 0x0021], [4, entry.crc],
    [4, size], [4, size], [2, entry.name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0x81a40000],
    [4, largeOffset ? all32 : entry.offset],
  ]);
  return joined([head, fromLatin1(entry.name), extra]);
}

/** Everything behind the central directory. */
export function endRecords({ count, size, offset }) {
  const end = record([
    [4, 0x06054b50], [2, 0], [2, 0], [2, Math.min(count, all16)], [2, Math.min(count, all16)],
    [4, Math.min(size, all32)], [4, Math.min(offset, all32)], [2, 0],
  ]);
  if (count < all16 && size < all32 && offset < all32) return end;
  const end64 = record([
    [4, 0x06064b50], [8, end64Size - 12], [2, 0x033f], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, offset],
  ]);
  const locator = record([[4, 0x07064b50], [4, 0], [8, offset + size], [4, 1]]);
  return joined([end64, locator, end]);
}

/** Where the end record stands: at the very end, or, for a report on a broken file, as the last one in sight. */
async function findEnd(source) {
  const length = Math.min(source.size, endSize + all16);
  const tail = await source.read(source.size - length, length);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = length - endSize; at >= 0; --at) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + endSize + view.getUint16(at + 20, true) <= length) return source.size - length + at;
  }
  return -1;
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const big = (view, at) => Number(view.getBigUint64(at, true));

async function readEnd(source, at) {
  const view = viewOf(await source.read(at, endSize));
  const end = { count: view.getUint16(10, true), size: view.getUint32(12, true), offset: view.getUint32(16, true) };
  if (end.count !== all16 && end.size !== all32 && end.offset !== all32) return end;
  if (at < locatorSize + end64Size) return null;
  const locator = viewOf(await source.read(at - locatorSize, locatorSize));
  if (locator.getUint32(0, true) !== 0x07064b50) return null;
  const end64At = big(locator, 8);
  if (end64At > at - locatorSize - end64Size) return null;
  const end64 = viewOf(await source.read(end64At, end64Size));
  if (end64.getUint32(0, true) !== 0x06064b50) return null;
  return { count: big(end64, 32), size: big(end64, 40), offset: big(end64, 48) };
}

const fieldNames = [
  [0, 4, "its signature"], [4, 2, "the system it was made by"], [6, 2, "the version needed"], [8, 2, "its flags"],
  [10, 2, "its method: it must be stored, not compressed"], [12, 2, "its time of day"], [14, 2, "its date"],
  [16, 4, "its checksum"], [20, 4, "its packed size"], [24, 4, "its size"], [28, 2, "the length of its name"],
  [30, 2, "its extra field"], [32, 2, "its comment"], [34, 2, "its disk"], [36, 2, "its internal attributes"],
  [38, 4, "its attributes: it must be a regular file"], [42, 4, "its offset"],
];

/** The fields in which a central record differs from what it must be. */
function differences(found, wanted) {
  const words = fieldNames
    .filter(([at, width]) => !equalBytes(found.subarray(at, at + width), wanted.subarray(at, at + width)))
    .map(([, , what]) => what);
  return words.length > 0 ? words.join(", ") : "its extra field";
}

/** Sizes and offset of a central record, taken from the zip64 field when it stands for them. */
function wideNumbers(numbers, extra) {
  const wide = { ...numbers };
  if (extra.length < 4 || extra[0] !== 1 || extra[1] !== 0) return wide;
  const view = viewOf(extra);
  let at = 4;
  for (const name of ["size", "packed", "offset"]) {
    if (numbers[name] !== all32 || at + 8 > extra.length) continue;
    wide[name] = big(view, at);
    at += 8;
  }
  return wide;
}

function entryAt(directory, at) {
  const view = viewOf(directory);
  if (at + 46 > directory.length || view.getUint32(at, true) !== 0x02014b50) return null;
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const length = 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (at + length > directory.length) return null;
  const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  const numbers = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) };
  const wide = wideNumbers(numbers, extra);
  return {
    name: latin1(directory.subarray(at + 46, at + 46 + nameLength)),
    method: view.getUint16(at + 10, true),
    flags: view.getUint16(at + 8, true),
    crc: view.getUint32(at + 16, true),
    ...wide,
    bytes: directory.subarray(at, at + length),
  };
}

/** The greatest size that both classes take, for a directory that claims more than the file has. */
function directoryFault(end, endAt) {
  if (end.offset + end.size > endAt) return "The end record names a central directory that lies outside the file.";
  if (end.count > mostEntries) return `It has ${end.count} entries; ${mostEntries} are the most.`;
  if (end.size > mostDirectoryBytes) return "Its central directory is larger than that of any bundle.";
  return null;
}

function readDirectory(directory, count, problem) {
  const entries = [];
  let at = 0;
  for (let i = 0; i < count; ++i) {
    const entry = entryAt(directory, at);
    if (entry === null) {
      problem("central directory", `Record ${i + 1} of ${count} is damaged or cut.`);
      return null;
    }
    entries.push(entry);
    at += entry.bytes.length;
  }
  if (at !== directory.length) problem("central directory", "Bytes follow behind its last record.");
  return entries;
}

/** Each entry begins where the one before ends; what overlaps or lies outside is not read. */
function checkPlaces(entries, end, problem) {
  let next = 0;
  for (const entry of entries) {
    const breach = (message) => problem(shown(entry.name), message);
    const wanted = centralRecord(entry);
    if (!equalBytes(entry.bytes, wanted)) breach(`The central record differs from the only form allowed in ${differences(entry.bytes, wanted)}.`);
    entry.isStored = entry.method === 0 && (entry.flags & 1) === 0 && entry.packed === entry.size;
    entry.header = localHeader(entry);
    entry.dataAt = entry.offset + entry.header.length;
    entry.end = entry.dataAt + (entry.isStored ? entry.size : entry.packed);
    if (entry.offset > next) breach(`${entry.offset - next} bytes lie before this entry that belong to nothing.`);
    if (entry.offset < next) breach("The entry lies over another one.");
    entry.isReadable = entry.isStored && entry.offset >= next && entry.end <= end.offset;
    if (entry.end > end.offset) breach("The entry reaches beyond the place of the central directory.");
    next = Math.max(next, entry.end > end.offset ? Math.min(entry.dataAt, end.offset) : entry.end);
    delete entry.bytes;
  }
  if (next < end.offset) problem("central directory", `${end.offset - next} bytes lie before it that belong to nothing.`);
}

/**
 * Reads the directory and checks the whole structure but the local headers and the data (see scan.js). Answers the
 * entries, or null when the file cannot be read as a bundle at all. `problem(place, message)` is called for each
 * breach of E10.
 */
export async function readZip(source, problem) {
  if (source.size > greatestFile + mostDirectoryBytes) {
    problem("file", "The file is larger than 1 TiB, the most of any bundle.");
    return null;
  }
  const endAt = source.size < endSize ? -1 : await findEnd(source);
  if (endAt < 0) {
    problem("end record", "This is not a zip file: it has no end record.");
    return null;
  }
  if (endAt + endSize !== source.size) problem("end record", `${source.size - endAt - endSize} bytes follow behind the end record.`);
  const end = await readEnd(source, endAt);
  const fault = end === null ? "The end record announces a zip64 end record that is not there." : directoryFault(end, endAt);
  if (fault) {
    problem("end record", fault);
    return null;
  }
  const directory = await source.read(end.offset, end.size);
  const entries = readDirectory(directory, end.count, problem);
  if (entries === null) return null;
  const wantedEnd = endRecords({ count: entries.length, size: end.size, offset: end.offset });
  const tailAt = end.offset + end.size;
  const tail = await source.read(tailAt, Math.min(source.size - tailAt, wantedEnd.length + 64));
  if (!equalBytes(tail, wantedEnd)) problem("end record", "The end of the file differs from the only form allowed.");
  checkPlaces(entries, end, problem);
  return entries;
}
