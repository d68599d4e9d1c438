// A worker that computes the SHA-256 of a file while it is read, beside the page.
import { createSHA256 } from "hash-wasm";

const atOnce = 4 * 1024 * 1024;

async function digestOf(file) {
  const hash = await createSHA256();
  hash.init();
  // A file's own stream comes in pieces so small that handing them over costs more than their digest.
  let next = file.slice(0, atOnce).arrayBuffer();
  for (let at = 0; at < file.size; at += atOnce) {
    const piece = await next;
    next = file.slice(at + atOnce, at + 2 * atOnce).arrayBuffer();
    hash.update(new Uint8Array(piece));
  }
  await next;
  return hash.digest("hex");
}

self.addEventListener("message", async (event) => {
  try {
    self.postMessage({ sha256: await digestOf(event.data) });
  } catch {
    self.postMessage({ unreadable: true });
  }
});
