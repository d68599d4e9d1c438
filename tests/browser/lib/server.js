// A fresh data directory with the demonstration organisation, and `tickmark serve` over it on a free loopback port.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const sourceDir = resolve(
  process.env.TICKMARK_SOURCE_DIR || join(dirname(fileURLToPath(import.meta.url)), "../../.."),
);

/** The path of a built program; the release one when there is one. */
export function program(name) {
  const folders = [
    process.env.TICKMARK_BIN_DIR,
    join(sourceDir, "build/release/bin"),
    join(sourceDir, "build/dev/bin"),
  ];
  const found = folders.filter(Boolean).map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`There is no program ${name}. Build it first: tools/test does.`);
  return found;
}

/** Runs a program to its end: { code, out, err }. Never rejects because of an exit code. */
export function run(path, args) {
  return new Promise((done) => {
    execFile(path, args, { maxBuffer: 1 << 26 }, (error, out, err) => {
      done({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, out, err });
    });
  });
}

async function must(path, args) {
  const ended = await run(path, args);
  if (ended.code !== 0) throw new Error(`${args.join(" ")} ended with ${ended.code}: ${ended.err}`);
  return ended.out;
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function waitUntilHealthy(origin, child) {
  const end = Date.now() + 20000;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`tickmark serve ended with ${child.exitCode}`);
    try {
      if ((await fetch(`${origin}/healthz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("tickmark serve did not answer /healthz within 20 seconds");
}

/** { origin, folder, people: { account: { password, name, role } }, log(), stop(), kill(), start() } */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-browser-"));
  const data = join(folder, "data");
  const tickmark = program("tickmark");
  await must(tickmark, ["--data", data, "init", "--organisation", "Demo organisation", "--json"]);
  const demo = JSON.parse(await must(tickmark, ["--data", data, "demo", "--json"]));
  const people = Object.fromEntries(demo.accounts.map((one) => [one.account, one]));
  const port = await freePort();
  let said = "";
  let child;
  const origin = `http://127.0.0.1:${port}`;
  const begin = () => {
    child = spawn(tickmark, ["--data", data, "serve", "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
  };
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await ended;
  };
  const stop = async () => {
    await end("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  /** As a power cut would end it; start() begins it again at the same address. */
  const kill = () => end("SIGKILL");
  const start = async () => {
    begin();
    await waitUntilHealthy(origin, child);
  };
  begin();
  try {
    await waitUntilHealthy(origin, child);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said}`);
  }
  return { origin, folder, people, demo, log: () => said, stop, kill, start };
}
