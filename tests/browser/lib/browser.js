// Chromium, one browser context per person, and an ear for everything that must never happen on a page.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

function chromiumPath() {
  const wish = process.env.TICKMARK_CHROMIUM;
  const found = [wish, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => path && existsSync(path));
  if (!found) throw new Error("There is no /usr/bin/chromium. Install the package chromium.");
  return found;
}

export class Browser {
  static async start(server) {
    const profile = join(server.folder, "profile");
    mkdirSync(profile, { recursive: true });
    const inner = await chromium.launch({
      executablePath: chromiumPath(),
      headless: true,
      args: flags,
      // en_CA writes dates as the pages do, 2022-11-18.
      env: { ...process.env, LANGUAGE: "en_CA", HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    });
    return new Browser(inner, server);
  }

  constructor(inner, server) {
    this.inner = inner;
    this.server = server;
    this.sessions = new Map();
  }

  /** A browser window of nobody. Complaints of its pages are collected. */
  async window(options = {}) {
    const context = await this.inner.newContext({
      baseURL: this.server.origin,
      viewport: { width: 1280, height: 900 },
      locale: "en-GB",
      timezoneId: "UTC",
      acceptDownloads: true,
      ...options,
    });
    context.setDefaultTimeout(15000);
    context.complaints = [];
    this.#listen(context);
    return context;
  }

  #listen(context) {
    const note = (text) => context.complaints.push(text);
    context.pending = new Map();
    context.on("requestfinished", (request) => context.pending.delete(request));
    context.on("requestfailed", (request) => context.pending.delete(request));
    context.on("request", (request) => {
      const address = request.url();
      context.pending.set(request, Date.now());
      if (!address.startsWith(this.server.origin)) note(`a request to another place: ${address}`);
    });
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      // Chromium logs every answer of 400 and above; which of those are expected is said by the cases.
      if (/Failed to load resource: the server responded with a status of 4/.test(message.text())) {
        if (message.location().url === message.page()?.url()) return;
        if (/\/api\/v1\/(evidence|uploads)/.test(message.location().url)) return;
      }
      note(`the console of ${message.page()?.url()}: ${message.text()}`);
    });
    context.on("weberror", (error) => note(`an error of a script: ${error.error()}`));
  }

  /** A window of a person who is signed in. Signing in happens once per person and kind of window. */
  async as(account, options = {}) {
    const stored = this.sessions.get(account);
    if (stored) return this.window({ ...options, storageState: stored });
    const context = await this.window();
    const page = await context.newPage();
    await signIn(page, account, this.server.people[account].password);
    const state = await context.storageState();
    this.sessions.set(account, state);
    await context.close();
    return this.window({ ...options, storageState: state });
  }

  async stop() {
    await this.inner.close();
  }
}

/** Opens a page; when it does not load in time, the error says which requests were not answered. */
export async function open(page, address) {
  try {
    return await page.goto(address);
  } catch (error) {
    const waiting = [...page.context().pending].map(([request, since]) => `${request.url()} for ${Date.now() - since} ms`);
    throw new Error(`${error.message}\nNot answered: ${waiting.join(", ") || "nothing"}`);
  }
}

export async function signIn(page, account, password) {
  await page.goto("/login");
  await page.getByLabel("Account").fill(account);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".who").waitFor({ state: "attached" });
}
