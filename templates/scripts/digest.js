// A worker that computes the SHA-256 of a file while it is read, beside the page.
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";

// The browser's own function is faster, but takes a file only as a whole.
const atOnce = 64 * 1024 * 1024;

async function digestOf(file) {
  if (file.size <= atOnce && globalThis.crypto?.subtle) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  }
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return hash.digest();
}

self.addEventListener("message", async (event) => {
  try {
    self.postMessage({ sha256: bytesToHex(await digestOf(event.data)) });
  } catch {
    self.postMessage({ unreadable: true });
  }
});
