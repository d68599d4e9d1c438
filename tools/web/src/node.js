// The verifier core under Node, for tests: the same code as in the page, one thread.
import "./node-crypto.js";
import { open } from "node:fs/promises";
import { readOptions } from "./core/options.js";
import { digestFile, scanRun } from "./core/scan.js";
import { verify } from "./core/verify.js";

async function sourceOf(path) {
  const handle = await open(path, "r");
  const { size } = await handle.stat();
  const read = async (offset, length) => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    if (bytesRead !== length) throw new Error("The file became shorter while it was read.");
    return bytes;
  };
  return { size, read, close: () => handle.close() };
}

/** Verifies a bundle file; `plain` as for readOptions(). */
export async function verifyFile(path, plain) {
  const source = await sourceOf(path);
  try {
    return await verifySource(source, plain);
  } finally {
    await source.close();
  }
}

/** Verifies a bundle in memory. */
export async function verifyBytes(bytes, plain) {
  return verifySource({ size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }, plain);
}

async function verifySource(source, plain) {
  const scanner = {
    run: async (runs) => {
      const nothing = () => {};
      const digest = await digestFile(source, nothing);
      const results = [];
      for (const run of runs) results.push(await scanRun(source, run, nothing));
      return { digest, results };
    },
  };
  return verify(source, await readOptions(plain), scanner);
}

export { readFingerprint } from "./core/options.js";
/** Parts of the core that the tests hold against known answers. */
export * as der from "./core/der.js";
export * as json from "./core/json.js";
export * as lists from "./core/lists.js";
export * as names from "./core/names.js";
export * as notes from "./core/notes.js";
export * as tree from "./core/tree.js";
export * as zip from "./core/zip.js";
