// What must hold of the page itself: its policy, its HTML, the keyboard, small screens, both themes, paper.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../browser/lib/cases.js";
import { accessibilityErrors, htmlErrors, widthErrors } from "../browser/lib/inspect.js";
import { check, openWithAnchor, read } from "./chromium.js";
import { anchorFile, builtDir, core, goodBundle, holds, pageFile, same, sourceDir, vectorsDir } from "./lib.js";

const broken = join(vectorsDir, "evidence-changed.evidence.zip");

/** Opens the page, runs `use`, and lets no complaint pass. */
async function withPage(chromium, use, open = openWithAnchor) {
  const opened = await open(chromium);
  try {
    await use(opened.page);
    same(opened.complaints, [], "complaints");
  } finally {
    await opened.close();
  }
}

function addSource() {
  const html = () => readFileSync(pageFile, "utf8");
  test("the page's source is valid HTML", async () => same(await htmlErrors(html()), [], "errors"));
  test("its policy allows its own script and style by digest, and no request", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html())[1];
    const inner = (name) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(html())[1];
    const digest = (name) => createHash("sha256").update(inner(name)).digest("base64");
    const wanted = `default-src 'none'; script-src 'sha256-${digest("script")}' 'wasm-unsafe-eval'; style-src 'sha256-${digest("style")}'; worker-src blob:; base-uri 'none'; form-action 'none'`;
    same(policy, wanted, "the policy");
  });
  test("it names nothing outside itself and makes no code while it runs", () => {
    for (const forbidden of [/<link\b/, /\ssrc="/, /<iframe/, /@import/, /url\(/]) holds(!forbidden.test(html()), `the page holds ${forbidden}`);
    holds(!/\bstyle="/.test(html().replace(/<script>[\s\S]*<\/script>/, "")), "the page holds a style attribute");
  });
  test("the licence of every package in the page is in the page", () => {
    for (const name of ["pkijs", "asn1js", "hash-wasm", "@noble/curves", "@noble/hashes", "pvutils", "pvtsutils", "bytestreamjs", "ajv"]) {
      holds(html().includes(`<summary>${name} `), `${name} is missing`);
    }
  });
}

function addUse(chromium) {
  test("a wrong fingerprint is refused beside its field, which gets the focus", () =>
    withPage(chromium, async (page) => {
      await page.fill("#fingerprints", "12:34");
      await page.setInputFiles("#file", goodBundle);
      await page.waitForSelector(".field-error");
      same(await page.evaluate(() => [document.activeElement.id, document.activeElement.getAttribute("aria-invalid")]), ["fingerprints", "true"], "the focus");
      await page.fill("#fingerprints", "");
      await page.click("#verify");
      await page.waitForSelector("#verdict");
      same((await read(page)).verdict, "PASS", "the verdict afterwards");
    }));
  test("a file may be dropped anywhere on the page", () =>
    withPage(chromium, async (page) => {
      const bytes = [...readFileSync(goodBundle)];
      await page.evaluate((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(content)], "dropped.evidence.zip"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }, bytes);
      await page.waitForSelector("#verdict");
      same((await read(page)).verdict, "PASS", "the verdict");
    }));
  test("by keyboard alone: the form is reached in its order and Enter verifies again", () =>
    withPage(chromium, async (page) => {
      await check(page, goodBundle);
      await page.evaluate(() => document.getElementById("log-key").focus());
      await page.keyboard.press("Tab");
      same(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "after the log key");
      await page.keyboard.press("Tab");
      same(await page.evaluate(() => document.activeElement.id), "verify", "after the summary");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#verdict");
      same(await page.evaluate(() => document.activeElement.id), "report", "the focus goes to the report");
    }));
  test("the report is saved as JSON and says the same as the core under Node", () =>
    withPage(chromium, async (page) => {
      await check(page, broken);
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
      same(download.suggestedFilename(), "evidence-changed.verification.json", "the name");
      const saved = JSON.parse(readFileSync(await download.path(), "utf8"));
      const wanted = await core.verifyFile(broken, { anchorFiles: [{ name: "anchor.pem", bytes: readFileSync(anchorFile) }] });
      same(saved, wanted, "the report");
    }));
  test("a file that is no bundle fails with E10 and hurts nobody", () =>
    withPage(chromium, async (page) => {
      const found = await check(page, pageFile);
      same([found.verdict, found.failed], ["FAIL", ["E10"]], "the answer");
      same(found.headline, "Failed: do not rely on this bundle", "the headline");
    }));
  test("markup in the bundle's name stays text", () =>
    withPage(chromium, async (page) => {
      await page.setInputFiles("#file", { name: "<img src=x onerror=alert(1)>.evidence.zip", mimeType: "application/zip", buffer: readFileSync(goodBundle) });
      await page.waitForSelector("#verdict");
      same(await page.evaluate(() => document.querySelectorAll("img").length), 0, "images");
    }));
}

function addLook(chromium) {
  const pictures = join(sourceDir, "build/screenshots");
  const states = [["empty", null], ["passed", goodBundle], ["failed", broken]];
  for (const [name, file] of states) {
    test(`the page ${name} has no accessibility violation, light and dark, and fits 390 px`, () =>
      withPage(chromium, async (page) => {
        if (file) await check(page, file);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => one.setAttribute("open", "")));
        same([...(await accessibilityErrors(page)), ...(await widthErrors(page))], [], "errors");
      }));
  }
  test("pictures of the page lie in build/screenshots: light, dark, 390 px, paper", () =>
    withPage(chromium, async (page) => {
      mkdirSync(pictures, { recursive: true });
      await check(page, broken);
      const take = (name) => page.screenshot({ path: join(pictures, name), fullPage: true });
      await take("verify-offline.png");
      await page.emulateMedia({ colorScheme: "dark" });
      await take("verify-offline-dark.png");
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: "light" });
      await take("verify-offline-390.png");
      await page.pdf({ path: join(pictures, "verify-offline.pdf"), format: "A4" });
      holds(existsSync(join(pictures, "verify-offline.pdf")), "there is no PDF");
    }));
  test("on paper the form is gone, and the verdict, the digest and the anchors stay", () =>
    withPage(chromium, async (page) => {
      await check(page, goodBundle);
      await page.emulateMedia({ media: "print" });
      const visible = (selector) => page.isVisible(selector);
      same([await visible("form"), await visible("#save"), await visible("#verdict"), await visible("#file-digest")], [false, false, true, true], "what is visible");
    }));
}

export function addPage(chromium) {
  addSource();
  addUse(chromium);
  addLook(chromium);
  test("the digest beside the page is checked by sha256sum", () => {
    const line = readFileSync(join(builtDir, "tickmark-verify.html.sha256"), "utf8");
    holds(/^[0-9a-f]{64} {2}tickmark-verify\.html\n$/.test(line), "sha256sum -c cannot read it");
  });
}
