// Pictures of the main pages, for people to look at: build/screenshots/NAME-{light,dark,390}.png.
import assert from "node:assert/strict";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "./lib/cases.js";
import { sourceDir } from "./lib/server.js";

const ways = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  390: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 },
};

export function addScreenshots(world) {
  test("the main pages are pictured in light, in dark and on a small screen", async () => {
    const folder = join(sourceDir, "build/screenshots");
    mkdirSync(folder, { recursive: true });
    const pictures = [
      ["login", null, "/login"],
      ["verify", null, "/verify"],
      ["home-lead-auditor", "la-01", "/"],
      ["home-process-owner", "po-01", "/"],
      ["audits", "la-01", "/audits"],
      ["audit", "la-01", "/audits/IA-2022-03"],
      ["findings", "la-01", "/findings?open=1"],
      ["finding", "la-01", "/findings/IA-2022-03-02"],
      ["finding-form", "la-01", "/findings/new?audit=IA-2022-03"],
      ["finding-closed", "la-01", `/findings/${world.story.finding}`],
      ["response", "po-01", "/findings/IA-2022-03-02/response"],
      ["actions", "la-01", "/actions"],
      ["action", "la-01", `/actions/${world.story.action}`],
      ["requests", "la-01", "/requests"],
      ["evidence-all", "la-01", "/evidence"],
      ["bundles", "la-01", "/bundles"],
      ["bundle", "la-01", world.story.bundleAddress ?? "/bundles"],
      ["bundle-new", "la-01", "/bundles/new?audit=IA-2022-03"],
      ["log", "la-01", "/log"],
      ["keys", "la-01", "/keys"],
      ["me", "la-01", "/me"],
      ["accounts", "ad-01", "/admin/accounts"],
    ];
    for (const [way, options] of Object.entries(ways)) {
      for (const account of new Set(pictures.map(([, who]) => who))) {
        const context = account ? await world.browser.as(account, options) : await world.browser.window(options);
        const page = await context.newPage();
        for (const [name, , address] of pictures.filter(([, who]) => who === account)) {
          const path = join(folder, `${name}-${way}.png`);
          assert.equal((await page.goto(address)).status(), 200, address);
          await page.screenshot({ path, fullPage: true });
          assert.ok(statSync(path).size > 5000, `${path} shows something`);
        }
        await context.close();
      }
    }
  }, { seconds: 200 });
}
