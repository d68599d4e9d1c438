// A worker that computes the SHA-256 of a file while it is read, beside the page.
import { createSHA256 } from "hash-wasm";

async function digestOf(file) {
  const hash = await createSHA256();
  hash.init();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return hash.digest("hex");
}

self.addEventListener("message", async (event) => {
  try {
    self.postMessage({ sha256: await digestOf(event.data) });
  } catch {
    self.postMessage({ unreadable: true });
  }
});
