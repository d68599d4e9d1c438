// The digest of a file, computed on this machine beside the page; null when the file cannot be read.

export function localDigest(file, script) {
  return new Promise((done) => {
    const worker = new Worker(script);
    const end = (digest) => {
      worker.terminate();
      done(digest);
    };
    worker.addEventListener("message", (event) => end(event.data.sha256 ?? null));
    worker.addEventListener("error", () => end(null));
    worker.postMessage(file);
  });
}
