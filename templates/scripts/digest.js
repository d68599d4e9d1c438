// The SHA-256 of a file, computed beside the page by two workers of this script: one reads the file, the other hashes what
// it is given. In one worker the hash would wait for each read.
import { createSHA256 } from "hash-wasm";

// A file's own stream comes in pieces so small that handing them over costs more than their digest.
const pieceSize = 4 * 1024 * 1024;
// Pieces that may wait for the hash; memory stays bounded by them.
const mostWaiting = 4;

/** Sends the pieces of `file` in order into `port`, then null. Each message that comes back asks for one more. */
function read(file, port) {
  let wanted = mostWaiting;
  let at = 0;
  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    for (; wanted > 0 && at < file.size; wanted -= 1, at += pieceSize) {
      const piece = await file.slice(at, at + pieceSize).arrayBuffer();
      port.postMessage(piece, [piece]);
    }
    sending = false;
    if (at >= file.size) port.postMessage(null);
  };
  const go = () => send().catch(() => self.postMessage({ unreadable: true }));
  port.onmessage = () => {
    wanted += 1;
    if (at < file.size) go();
  };
  go();
}

/** Hashes what comes out of `port` and tells the page the digest. */
async function hash(port) {
  const sum = await createSHA256();
  sum.init();
  port.onmessage = ({ data }) => {
    if (data === null) {
      self.postMessage({ sha256: sum.digest("hex") });
      return;
    }
    port.postMessage("more");
    sum.update(new Uint8Array(data));
  };
}

self.addEventListener("message", ({ data: { file, port } }) => {
  if (file) read(file, port);
  else hash(port).catch(() => self.postMessage({ unreadable: true }));
});
