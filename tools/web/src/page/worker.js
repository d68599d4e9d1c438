// The worker: checks a bundle, and hands the hashing to further workers of the same code.
import { OptionError, readOptions } from "../core/options.js";
import { digestFile, scanRun } from "../core/scan.js";
import { verify } from "../core/verify.js";
import { readZip } from "../core/zip.js";
import { sourceOf } from "./blob.js";

const mostHashers = 4;
const greatestOption = 1024 * 1024;
const report = 100; // milliseconds between two messages about progress

/** Calls `send` with the bytes that came together, not more often than the page can show. */
function throttled(send) {
  let bytes = 0;
  let last = 0;
  return (count) => {
    bytes += count;
    const now = Date.now();
    if (now - last < report) return;
    send(bytes);
    bytes = 0;
    last = now;
  };
}

async function hash({ file, run }) {
  const source = sourceOf(file);
  const onBytes = throttled((bytes) => self.postMessage({ bytes }));
  try {
    const result = run ? await scanRun(source, run, onBytes) : await digestFile(source, onBytes);
    self.postMessage({ result });
  } catch (error) {
    self.postMessage({ failed: error.message });
  }
}

/** Hands out jobs to a few workers; answers their results in order. */
class Hashers {
  constructor(code, file, onBytes) {
    // An address made by the page would not do: a worker of a page from disk has an origin of its own.
    this.address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.file = file;
    this.onBytes = onBytes;
  }

  #runOne(worker, job) {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.bytes) this.onBytes(data.bytes);
        else if (data.failed) reject(new Error(data.failed));
        else resolve(data.result);
      };
      worker.onerror = (event) => reject(new Error(event.message || "A part of this page could not be started."));
      worker.postMessage({ hash: { file: this.file, run: job } });
    });
  }

  async run(runs) {
    const jobs = [null, ...runs];
    const results = new Array(jobs.length);
    let next = 0;
    const count = Math.min(jobs.length, mostHashers, Math.max(2, navigator.hardwareConcurrency || 2));
    const work = async () => {
      const worker = new Worker(this.address);
      try {
        while (next < jobs.length) {
          const place = next++;
          results[place] = await this.#runOne(worker, jobs[place]);
        }
      } finally {
        worker.terminate();
      }
    };
    await Promise.all(Array.from({ length: count }, work));
    return { digest: results[0], results: results.slice(1) };
  }
}

async function bytesOfOption(field, file) {
  if (file.size > greatestOption) throw new OptionError(field, `${file.name} has more than 1 MiB and is none of what belongs here.`);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

const allBytes = (field, files) => Promise.all(files.map((file) => bytesOfOption(field, file)));

/** The checkpoint of an earlier bundle, or the file itself when it is one. */
async function earlierHead(file) {
  const source = sourceOf(file);
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (magic[0] !== 0x50 || magic[1] !== 0x4b) return bytesOfOption("earlier", file);
  const entries = await readZip(source, () => {});
  const entry = entries?.find((one) => one.name === "tlog/checkpoint" && one.isReadable && one.size <= greatestOption);
  if (!entry) throw new OptionError("earlier", `${file.name} has no checkpoint of a log in it.`);
  return { name: file.name, bytes: await source.read(entry.dataAt, entry.size) };
}

async function check({ file, brought, code }) {
  const begun = performance.now();
  try {
    const options = await readOptions({
      ...brought,
      anchorFiles: await allBytes("anchor", brought.anchorFiles),
      timestampFiles: await allBytes("timestamp-anchor", brought.timestampFiles),
      crlFiles: await allBytes("crls", brought.crlFiles),
      earlier: await Promise.all(brought.earlier.map(earlierHead)),
    });
    const anchors = [...options.anchors.certificates.map((one) => ({ name: one.subject, digest: one.digest })), ...options.anchors.fingerprints.map((digest) => ({ name: "", digest }))];
    const authorities = [...options.timestampAnchors.certificates.map((one) => ({ name: one.subject, digest: one.digest })), ...options.timestampAnchors.fingerprints.map((digest) => ({ name: "", digest }))];
    const hashers = new Hashers(code, file, throttled((bytes) => self.postMessage({ bytes })));
    const found = await verify(sourceOf(file), options, hashers);
    self.postMessage({ report: found, anchors, authorities, seconds: (performance.now() - begun) / 1000 });
  } catch (error) {
    if (error instanceof OptionError) self.postMessage({ refused: { field: error.field, message: error.message } });
    else self.postMessage({ failed: error.message });
  }
}

self.onmessage = ({ data }) => (data.hash ? hash(data.hash) : check(data.check));
