// A file that the person chose, read in pieces.

export function sourceOf(file) {
  return {
    size: file.size,
    async read(offset, length) {
      const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
      if (bytes.length !== length) throw new Error("The file became shorter while it was read.");
      return bytes;
    },
  };
}
