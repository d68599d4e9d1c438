// How fast the offline page checks a bundle in Chromium, and how much memory its processes take.
// Usage: node tools/bench/web_verify.mjs BUNDLE [ANCHOR.pem] [ROUNDS]. Build first: tools/web/build.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const page = join(root, "build/web/tickmark-verify.html");
const { chromium } = createRequire(join(root, "tests/browser/package.json"))("playwright-core");
const [bundle, anchor, rounds = "3"] = process.argv.slice(2);
if (!bundle || !existsSync(bundle) || !existsSync(page)) {
  console.error("Usage: node tools/bench/web_verify.mjs BUNDLE [ANCHOR.pem] [ROUNDS], after tools/web/build");
  process.exit(2);
}

const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
const profile = mkdtempSync(join(tmpdir(), "tickmark-web-"));
const browser = await chromium.launch({ executablePath: process.env.TICKMARK_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: [...flags, `--crash-dumps-dir=${profile}`], env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile } });

/** Processes whose ancestor this one is. */
function ownProcesses() {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n").map((row) => row.trim().split(/\s+/).map(Number));
  const own = new Set([process.pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of rows) if (own.has(parent) && !own.has(pid)) grew = Boolean(own.add(pid));
  }
  own.delete(process.pid);
  return [...own];
}

const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** The resident memory of the renderers together, in MB, and the processor seconds they used. */
function renderers() {
  const all = ownProcesses().filter((pid) => read(`/proc/${pid}/cmdline`).includes("--type=renderer"));
  const memory = all.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0), 0);
  const ticks = all.reduce((sum, pid) => sum + read(`/proc/${pid}/stat`).split(") ").pop().split(" ").slice(11, 13).reduce((a, b) => a + Number(b), 0), 0);
  return { memory: memory / 1000, seconds: ticks / 100 };
}

async function round(size) {
  const context = await browser.newContext();
  const shown = await context.newPage();
  await shown.goto(pathToFileURL(page).href);
  if (anchor) await shown.setInputFiles("#anchors", anchor);
  const before = renderers();
  let most = before.memory;
  const timer = setInterval(() => (most = Math.max(most, renderers().memory)), 250);
  const begun = Date.now();
  await shown.setInputFiles("#file", bundle);
  await shown.waitForSelector("#verdict, #error:not([hidden])", { timeout: 3_600_000 });
  const seconds = (Date.now() - begun) / 1000;
  clearInterval(timer);
  const used = renderers().seconds - before.seconds;
  const headline = await shown.textContent((await shown.$("#verdict")) ? "#verdict h2" : "#error");
  await context.close();
  console.log(`${seconds.toFixed(2)} s, ${(size / 1e6 / seconds).toFixed(0)} MB/s, ${used.toFixed(1)} processor seconds, memory ${before.memory.toFixed(0)} MB before, ${most.toFixed(0)} MB at most. ${headline}`);
}

try {
  const { size } = statSync(bundle);
  const load = readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 2).join(", ");
  console.log(`${bundle}: ${(size / 1e6).toFixed(0)} MB. Load ${load}, ${readdirSync("/sys/devices/system/cpu").filter((one) => /^cpu\d+$/.test(one)).length} cores.`);
  for (let i = 0; i < Number(rounds); ++i) await round(size);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
