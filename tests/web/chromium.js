// The built page in Chromium, opened from the disk, with an ear for requests and messages that must not happen.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { anchorFile, browserRequire, pageFile } from "./lib.js";

const { chromium } = browserRequire("playwright-core");
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
const pageAddress = pathToFileURL(pageFile).href;

function chromiumPath() {
  const found = [process.env.TICKMARK_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => path && existsSync(path));
  if (!found) throw new Error("There is no /usr/bin/chromium. Install the package chromium.");
  return found;
}

export class Chromium {
  #inner = null;
  #profile = null;

  async #started() {
    if (this.#inner) return this.#inner;
    this.#profile = mkdtempSync(join(tmpdir(), "tickmark-web-"));
    const home = { HOME: this.#profile, XDG_CONFIG_HOME: this.#profile, XDG_CACHE_HOME: this.#profile };
    this.#inner = await chromium.launch({ executablePath: chromiumPath(), headless: true, args: flags, env: { ...process.env, ...home } });
    return this.#inner;
  }

  /** The page in a context of its own. `complaints` collects every request, console message and error. */
  async open(options = {}) {
    const context = await (await this.#started()).newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", timezoneId: "UTC", acceptDownloads: true, ...options });
    context.setDefaultTimeout(60_000);
    const complaints = [];
    context.on("request", (request) => {
      const isOwn = request.url() === pageAddress || request.url().startsWith("blob:null/");
      if (!isOwn) complaints.push(`a request: ${request.url()}`);
    });
    context.on("console", (message) => complaints.push(`the console: ${message.text()}`));
    context.on("weberror", (error) => complaints.push(`an error: ${error.error()}`));
    const page = await context.newPage();
    await page.goto(pageAddress);
    return { page, complaints, close: () => context.close() };
  }

  async stop() {
    await this.#inner?.close();
    if (this.#profile) rmSync(this.#profile, { recursive: true, force: true });
  }
}

/** Chooses the bundle and waits for the report. Answers { verdict, failed, open, digest, headline }. */
export async function check(page, file) {
  await page.evaluate(() => document.getElementById("report").replaceChildren());
  await page.setInputFiles("#file", file);
  await page.waitForSelector("#verdict, #error:not([hidden])");
  return read(page);
}

export async function read(page) {
  return page.evaluate(() => {
    const verdicts = { passed: "PASS", failed: "FAIL", not_checked: "INDETERMINATE" };
    const text = (selector) => document.querySelector(selector)?.textContent ?? "";
    const codes = (state) => [...new Set([...document.querySelectorAll("tr[data-code]")].filter((row) => row.querySelector(`[data-tone=${state}]`)).map((row) => row.dataset.code))].sort();
    return {
      error: document.getElementById("error").hidden ? "" : text("#error"),
      verdict: verdicts[document.getElementById("verdict")?.dataset.tone],
      headline: text("#verdict h2"),
      digest: text("#file-digest").replace(/ /g, ""),
      failed: codes("failed"),
      open: codes("not_checked"),
      checks: Object.fromEntries(["failed", "not_checked"].map((state) => [state, [...document.querySelectorAll("tr[data-check]")].filter((row) => row.dataset.state === state).map((row) => row.dataset.check)])),
      statements: Object.fromEntries([...document.querySelectorAll("[data-statement]")].map((one) => [one.dataset.statement, one.dataset.state])),
    };
  });
}

/** A page that trusts the vectors' anchor. */
export async function openWithAnchor(chromium, options) {
  const opened = await chromium.open(options);
  await opened.page.setInputFiles("#anchors", anchorFile);
  return opened;
}

/** Puts what the vector brings into the form. */
export async function bringInto(page, { files, brought }) {
  await page.evaluate(() => document.getElementById("more").setAttribute("open", ""));
  await page.setInputFiles("#anchors", files.anchors);
  await page.setInputFiles("#timestamp-anchors", files.timestamp_anchors);
  await page.setInputFiles("#crls", files.crls);
  await page.setInputFiles("#earlier", files.previous);
  await page.fill("#log-key", brought.log_key ?? "");
  await page.fill("#witness-keys", (brought.witnesses ?? []).join("\n"));
  await page.evaluate((required) => {
    for (const box of document.querySelectorAll("input[name=required]")) box.checked = required.includes(box.value);
  }, brought.required ?? []);
}
