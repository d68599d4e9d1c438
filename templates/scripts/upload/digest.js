// The digest of a file, computed on this machine beside the page; null when the file cannot be read.

export function localDigest(file, script) {
  return new Promise((done) => {
    const [reader, hasher] = [new Worker(script), new Worker(script)];
    const end = (digest) => {
      reader.terminate();
      hasher.terminate();
      done(digest);
    };
    for (const worker of [reader, hasher]) {
      worker.addEventListener("message", (event) => end(event.data.sha256 ?? null));
      worker.addEventListener("error", () => end(null));
    }
    const { port1, port2 } = new MessageChannel();
    hasher.postMessage({ port: port1 }, [port1]);
    reader.postMessage({ file, port: port2 }, [port2]);
  });
}
