// What headless Chromium sees: the bytes and the first paint of a first visit to each page, and how long handing over one
// file takes. Started by tools/bench/browser.py, which gives its wishes as JSON on stdin and reads JSON from stdout.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(join(root, "tests/browser/package.json"))("playwright-core");
const wish = JSON.parse(readFileSync(0, "utf8"));
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
const profile = mkdtempSync(join(tmpdir(), "tickmark-browser-"));
const browser = await chromium.launch({ executablePath: process.env.TICKMARK_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags, env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile } });

/** A window with an empty cache; the cookie is the session of somebody who signed in elsewhere. */
async function window(state) {
  const context = await browser.newContext({ baseURL: wish.origin, viewport: { width: 1280, height: 900 }, storageState: state });
  context.setDefaultTimeout(600000);
  return context;
}

async function signIn() {
  const context = await window();
  const page = await context.newPage();
  await page.goto("/login");
  await page.fill("[name=account]", wish.account);
  await page.fill("[name=password]", wish.password);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Bytes over the wire with heads of answers, and the first contentful paint in milliseconds, of one first visit. */
async function visit(state, path) {
  const context = await window(state);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  let bytes = 0;
  devtools.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(path, { waitUntil: "networkidle" });
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null);
  await context.close();
  return { bytes, paint };
}

const median = (numbers) => numbers.toSorted?.((a, b) => a - b)[numbers.length >> 1] ?? [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Seconds from the button to the receipt of one file. */
async function handOver(state, { page: address, file }) {
  const context = await window(state);
  const page = await context.newPage();
  await page.goto(address);
  const form = page.locator("form.upload").first();
  await form.locator("input[type=file]").first().setInputFiles(file);
  const button = form.getByRole("button", { name: /Hand over/ }).first();
  const begin = performance.now();
  await button.click();
  await page.getByText(/handed over; the page shows it now/).waitFor();
  const seconds = (performance.now() - begin) / 1000;
  await context.close();
  return seconds;
}

/** Seconds for one request with the file to a listener that throws it away: what the browser itself allows. */
async function sendAway({ origin, file }) {
  const context = await window();
  const page = await context.newPage();
  await page.goto(origin);
  await page.setInputFiles("input", file);
  const seconds = await page.evaluate(async () => {
    const begin = performance.now();
    await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/");
      request.addEventListener("loadend", done);
      request.send(document.querySelector("input").files[0]);
    });
    return (performance.now() - begin) / 1000;
  });
  await context.close();
  return seconds;
}

try {
  const state = await signIn();
  const pages = [];
  for (const path of wish.pages ?? []) {
    const visits = [];
    for (let i = 0; i < wish.rounds; i += 1) visits.push(await visit(state, path));
    pages.push({ path, bytes: Math.max(...visits.map((one) => one.bytes)), paint: median(visits.map((one) => one.paint)) });
  }
  const uploads = [];
  for (const one of wish.uploads ?? []) uploads.push(await handOver(state, one));
  const sent = [];
  for (const one of wish.sinks ?? []) sent.push(await sendAway(one));
  console.log(JSON.stringify({ pages, uploads, sent }));
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
