// The pages in German: what the program says is German everywhere, what people wrote stays as they wrote it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { open } from "./lib/browser.js";
import { test } from "./lib/cases.js";
import { program } from "./lib/server.js";
import { walk } from "./lib/walk.js";

const sayable = /[a-z]{2}/i;
// Where people's words stand, and words of the demonstration's people that the program has too.
const peoplesPlaces = "[lang=en], .who strong, code, pre, bdi, option, textarea, mark";
const peoplesWords = new Set([
  "Administrator", "Certification auditor", "Service review", "Incident management", "Problem management",
  "Service level management", "Lead auditor", "finding", "Change management", "Reporting", "Improvement policy",
]);

/** English texts of the catalog whose German differs: as they stand, and as patterns with their gaps. */
function english(folder) {
  const parts = readFileSync(join(folder, "lang/de.catalog"), "utf8").split("\0");
  const exact = new Set();
  const patterns = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [text, german] = [parts[at], parts[at + 1]];
    if (text === german || !sayable.test(text) || /<\d>|\{\{/.test(text)) continue;
    if (!text.includes("{}")) exact.add(text.trim());
    else if (text.replaceAll("{}", "").replace(/[^a-z]/gi, "").length >= 14) {
      patterns.push(new RegExp(`^${text.trim().split("{}").map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`, "s"));
    }
  }
  return (text) => exact.has(text) || patterns.some((one) => one.test(text));
}

export function addLanguages(world) {
  const isEnglish = english(dirname(dirname(program("tickmark"))));

  /** Texts and names of the page that a person hears or reads. */
  const textsOf = (page) =>
    page.evaluate((peoples) => {
      const out = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(`script, style, ${peoples}`)) continue;
        const text = node.data.replace(/\s+/g, " ").trim();
        if (text !== "") out.push(text);
      }
      for (const one of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
        for (const name of ["aria-label", "placeholder", "title"]) if (one.getAttribute(name)) out.push(one.getAttribute(name));
      }
      out.push(document.title.replace(/ · Tickmark$/, ""));
      return out;
    }, peoplesPlaces);

  for (const account of ["la-01", "po-01", "im-01", "tm-01", "xa-01", "ad-01", "au-02", "ao-01"]) {
    test(`every page of ${world.roleOf(account)} (${account}) is German where the browser asks for it`, async () => {
      const context = await world.browser.as(account, { locale: "de-DE" });
      const left = new Map();
      await walk(context, ["/"], 1, async (page, address) => {
        const answer = await open(page, address);
        // The report is a document in the language of its templates.
        if (/\/report$/.test(new URL(page.url()).pathname)) return [];
        assert.equal(answer.status(), 200, address);
        assert.equal(await page.locator("html").getAttribute("lang"), "de", address);
        for (const text of await textsOf(page)) if (!peoplesWords.has(text) && isEnglish(text)) left.set(text, address);
        if (process.env.TICKMARK_TEXTS) for (const text of await textsOf(page)) console.log(`TEXT\t${address}\t${text}`);
        const absolute = (all) => all.map((one) => new URL(one.getAttribute("href"), document.baseURI).href);
        return (await page.locator("a[href]").evaluateAll(absolute)).filter((href) => href.startsWith(new URL(page.url()).origin));
      });
      await context.close();
      assert.deepEqual([...left].map(([text, address]) => `${address}: ${text}`), []);
    }, { beside: true, seconds: 240 });
  }
}
