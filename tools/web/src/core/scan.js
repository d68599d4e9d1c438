// One pass over the bytes: local headers, checksums and SHA-256. Runs in a worker, in several at once, or in Node.
import { createCRC32, createSHA256 } from "hash-wasm";
import { equalBytes, hex } from "./bytes.js";

const chunk = 4 * 1024 * 1024;

const inFlight = 3;

/** Chunks of [from, to) in order, the next ones on their way while one is used. */
async function* chunksOf(source, from, to) {
  const coming = [];
  for (let at = from; at < to || coming.length > 0; ) {
    while (at < to && coming.length < inFlight) {
      const length = Math.min(chunk, to - at);
      const bytes = source.read(at, length);
      bytes.catch(() => {}); // told when its turn comes
      coming.push(bytes);
      at += length;
    }
    yield await coming.shift();
  }
}

let hashers = null;
const hashersReady = async () => (hashers ??= await Promise.all([createSHA256(), createCRC32()]));

/** SHA-256 of the whole file, in hex. `onBytes(count)` is called as it goes on. */
export async function digestFile(source, onBytes) {
  const sha256 = await createSHA256();
  sha256.init();
  for await (const bytes of chunksOf(source, 0, source.size)) {
    sha256.update(bytes);
    onBytes(bytes.length);
  }
  return sha256.digest("hex");
}

// From here on the browser's own SHA-256 is faster than starting it costs; it takes whole files only.
const worthHandingOver = 32 * 1024;
const mostInPiece = chunk / worthHandingOver + 1;

const digestWhole = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

/** Takes the bytes of a run as they come: header, data, header, data … A result may be a promise. */
class RunReader {
  constructor(run, [sha256, crc32]) {
    this.entries = run.entries;
    this.sha256 = sha256;
    this.crc32 = crc32;
    this.results = [];
    if (this.entries.length > 0) this.begin();
  }

  begin() {
    const { header, size } = this.entries[this.results.length];
    this.header = new Uint8Array(header.length);
    this.headerLeft = header.length;
    this.dataLeft = size;
    this.sha256.init();
    this.crc32.init();
  }

  finish() {
    this.push(this.sha256.digest("hex"));
  }

  push(digest) {
    const headerFits = equalBytes(this.header, this.entries[this.results.length].header);
    const crc = Number.parseInt(this.crc32.digest("hex"), 16);
    this.results.push(typeof digest === "string" ? { headerFits, crc, sha256: digest } : digest.then((sha256) => ({ headerFits, crc, sha256 })));
    if (this.results.length < this.entries.length) this.begin();
  }

  take(bytes) {
    for (let at = 0; at < bytes.length; ) {
      const inHeader = this.headerLeft > 0;
      const step = Math.min(inHeader ? this.headerLeft : this.dataLeft, bytes.length - at);
      const part = bytes.subarray(at, at + step);
      at += step;
      if (inHeader) {
        this.header.set(part, this.header.length - this.headerLeft);
        this.headerLeft -= step;
      } else {
        this.sha256.update(part);
        this.crc32.update(part);
        this.dataLeft -= step;
      }
      if (this.headerLeft === 0 && this.dataLeft === 0) this.finish();
      else if (inHeader && this.headerLeft === 0) at += this.handOver(bytes.subarray(at));
    }
  }

  /** A file that lies in this piece as a whole goes to the browser's own SHA-256. Answers the bytes taken. */
  handOver(rest) {
    const size = this.dataLeft;
    if (size < worthHandingOver || size > rest.length) return 0;
    const data = rest.subarray(0, size);
    this.crc32.update(data);
    this.push(digestWhole(data));
    return size;
  }
}

/**
 * Reads one run of entries without a gap between them: { from, to, entries: [{ header, size }] }. Answers for each
 * { headerFits, sha256, crc }.
 */
export async function scanRun(source, run, onBytes) {
  const reader = new RunReader(run, await hashersReady());
  for await (const bytes of chunksOf(source, run.from, run.to)) {
    reader.take(bytes);
    await Promise.all(reader.results.slice(-mostInPiece));
    onBytes(bytes.length);
  }
  return Promise.all(reader.results);
}

const runBytes = 64 * 1024 * 1024;
const runEntries = 4096;

/** Cuts the readable entries into runs of some size, so that several workers share them and progress shows. */
export function runsOf(entries) {
  const runs = [];
  let run = null;
  entries.forEach((entry, index) => {
    if (!entry.isReadable) {
      run = null;
      return;
    }
    const isFull = run !== null && (run.to - run.from > runBytes || run.entries.length >= runEntries);
    if (run === null || isFull || run.to !== entry.offset) {
      run = { from: entry.offset, to: entry.end, places: [], entries: [] };
      runs.push(run);
    }
    run.to = entry.end;
    run.places.push(index);
    run.entries.push({ header: entry.header, size: entry.size });
  });
  return runs;
}
