// Bundles of the demonstration, sealed by the command line and unpacked into folders.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { program, run } from "./server.js";

async function must(path, args) {
  const ended = await run(path, args);
  if (ended.code !== 0) throw new Error(`${path} ${args.join(" ")} ended with ${ended.code}: ${ended.err}${ended.out}`);
  return ended.out;
}

export const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Every file below a folder, as names relative to it. */
export function filesBelow(folder, from = folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name), from) : [relative(from, join(folder, entry.name))],
  );
}

/** The demonstration in a folder of its own. */
export class Demonstration {
  static async make() {
    const folder = mkdtempSync(join(tmpdir(), "tickmark-content-"));
    const made = new Demonstration(folder);
    await made.command("init", "--organisation", "Demo organisation");
    await made.command("demo");
    return made;
  }

  constructor(folder) {
    this.folder = folder;
    this.data = join(folder, "data");
  }

  /** Runs `tickmark` and answers its JSON. */
  async command(...args) {
    const said = await must(program("tickmark"), ["--data", this.data, ...args, "--json"]);
    return said.trim() === "" ? null : JSON.parse(said);
  }

  /** How a command ends that is refused: { code, err }. */
  refused(...args) {
    return run(program("tickmark"), ["--data", this.data, ...args]);
  }

  /** Seals, unpacks, and answers { ref, file, root, read(name) }. */
  async seal(...options) {
    const sealed = await this.command("bundle", "seal", ...options);
    const root = join(this.folder, sealed.bundle);
    await must("unzip", ["-q", sealed.file, "-d", root]);
    return {
      ref: sealed.bundle,
      sha256: sealed.sha256,
      file: sealed.file,
      root,
      json: (name) => JSON.parse(readFileSync(join(root, name), "utf8")),
      text: (name) => readFileSync(join(root, name), "utf8"),
      has: (name) => existsSync(join(root, name)),
    };
  }

  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
