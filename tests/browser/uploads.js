// Files handed over piece by piece: many at once, folders, broken connections, a killed server, a closed page.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "./lib/cases.js";
import { draft, recordFinding } from "./lib/steps.js";

const audit = "IA-2022-03";
const megabyte = 1 << 20;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export function addUploads(world) {
  const story = { finding: "" };

  const as = async (account, deed, mayComplain = /ERR_|Failed to load/) => {
    const context = await world.browser.as(account);
    try {
      await deed(await context.newPage(), context);
      const loud = context.complaints.filter((text) => !mayComplain.test(text));
      assert.deepEqual(loud, [], "the pages are quiet");
    } finally {
      await context.close();
    }
  };
  const onFinding = (deed) =>
    as("la-01", async (page, context) => {
      if (story.finding) await page.goto(`/findings/${story.finding}`);
      else story.finding = await recordFinding(page, audit, { title: "Files in many pieces" });
      return deed(page, context);
    });
  const onDisk = (name, bytes) => {
    const path = join(world.server.folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  /** So that something can happen in the middle. */
  const slowly = async (page, bytesASecond) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesASecond });
    return () => session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  };
  const receiptOf = async (page, row) => {
    const href = await row.getByRole("link", { name: "Download the receipt" }).getAttribute("href");
    return (await page.request.get(href)).json();
  };
  const begun = (page) => page.waitForFunction(() => document.querySelector(".up-row progress")?.value > 4e6);

  test("two files are handed over at once, and each receipt's digest equals the one computed here", () =>
    onFinding(async (page) => {
      const form = page.locator("form.upload");
      const contents = [randomBytes(2 * megabyte), Buffer.from("a;b\n1;2\n")];
      await form.locator("input[type=file]").setInputFiles([
        { name: "one.bin", mimeType: "application/octet-stream", buffer: contents[0] },
        { name: "two.csv", mimeType: "text/csv", buffer: contents[1] },
      ]);
      await form.getByRole("button", { name: "Hand over 2 files" }).click();
      await page.getByText("2 files handed over; the page shows it now.").waitFor();
      const rows = page.locator(".up-row.good");
      assert.equal(await rows.count(), 2);
      for (let i = 0; i < 2; i += 1) {
        const row = rows.filter({ hasText: ["one.bin", "two.csv"][i] });
        assert.match(await row.innerText(), /The digest computed on this machine equals the receipt's/);
        assert.equal((await receiptOf(page, row)).sha256, sha256(contents[i]));
      }
      assert.deepEqual((await page.locator(".files li > .file-name > a").allInnerTexts()).sort(), ["one.bin", "two.csv"]);
    }));

  test("a folder is handed over with its files' places as titles", () =>
    onFinding(async (page) => {
      onDisk("folder/logs/a.txt", "a\n");
      onDisk("folder/b.txt", "b\n");
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        page.getByRole("button", { name: "Choose a folder" }).click(),
      ]);
      await chooser.setFiles(join(world.server.folder, "folder"));
      await page.getByRole("button", { name: "Hand over 2 files" }).click();
      for (const place of ["folder/logs/a.txt", "folder/b.txt"]) await page.locator(".up-row.good").filter({ hasText: place }).waitFor();
      assert.equal(await page.locator(".up-row.good").count(), 2);
    }));

  test("a file whose name is refused says why, and the other one is taken", () =>
    onFinding(async (page) => {
      const form = page.locator("form.upload");
      await form.locator("input[type=file]").setInputFiles([
        { name: "invoice\u202Etxt.exe", mimeType: "text/plain", buffer: Buffer.from("x") },
        { name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("plain") },
      ]);
      await form.getByRole("button", { name: "Hand over 2 files" }).click();
      await page.getByText("1 file handed over, 1 not taken").waitFor();
      assert.match(await page.locator(".up-row.bad .up-note").innerText(), /\S+ \S+/);
      assert.equal(await page.locator(".up-row.good").count(), 1);
    }));

  test("a server that is killed in the middle of a file costs nothing that had arrived", () =>
    onFinding(async (page) => {
      const bytes = randomBytes(24 * megabyte);
      const fast = await slowly(page, 6 * megabyte);
      await page.locator("form.upload input[type=file]").setInputFiles(onDisk("killed.bin", bytes));
      const offsets = [];
      page.on("request", (request) => {
        if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
      });
      await page.getByRole("button", { name: "Hand over a file" }).click();
      await begun(page);
      await page.waitForTimeout(600);
      await world.server.kill();
      await page.getByText("The connection is broken.").first().waitFor();
      await world.server.start();
      await fast();
      const row = page.locator(".up-row.good").filter({ hasText: "killed.bin" });
      await row.waitFor({ timeout: 30000 });
      assert.equal((await receiptOf(page, row)).sha256, sha256(bytes));
      assert.ok(offsets.length >= 2, "it took more than one piece");
    }));

  test("a page that is closed in the middle tells how far the file came and goes on from there", () =>
    onFinding(async (page) => {
      const bytes = randomBytes(24 * megabyte);
      const path = onDisk("closed.bin", bytes);
      await slowly(page, 6 * megabyte);
      await page.locator("form.upload input[type=file]").setInputFiles(path);
      await page.getByRole("button", { name: "Hand over a file" }).click();
      await begun(page);
      await page.goto("/help");
      await page.waitForTimeout(500);
      await page.goto(`/findings/${story.finding}`);
      const words = await page.locator(".up-before .up-note").innerText();
      assert.match(words, /^[1-9]\d? % arrived earlier\./);
      const first = page.waitForRequest((request) => request.method() === "PATCH");
      await page.locator("form.upload input[type=file]").setInputFiles(path);
      await page.getByRole("button", { name: "Hand over a file" }).click();
      assert.ok(Number((await first).headers()["upload-offset"]) > megabyte, "it does not begin anew");
      const row = page.locator(".up-row.good").filter({ hasText: "closed.bin" });
      await row.waitFor({ timeout: 30000 });
      assert.equal((await receiptOf(page, row)).sha256, sha256(bytes));
    }));

  test("a file is paused, goes on, and another one is cancelled", () =>
    onFinding(async (page) => {
      const fast = await slowly(page, 6 * megabyte);
      await page.locator("form.upload input[type=file]").setInputFiles([
        onDisk("paused.bin", randomBytes(20 * megabyte)),
        onDisk("cancelled.bin", randomBytes(20 * megabyte)),
      ]);
      await page.getByRole("button", { name: "Hand over 2 files" }).click();
      await begun(page);
      await page.getByRole("button", { name: "Pause paused.bin" }).click();
      await page.getByText(/^Paused at/).waitFor();
      await page.getByRole("button", { name: "Cancel cancelled.bin" }).click();
      await fast();
      await page.getByRole("button", { name: "Go on paused.bin" }).click();
      await page.locator(".up-row.good").filter({ hasText: "paused.bin" }).waitFor({ timeout: 30000 });
      assert.equal(await page.getByText("cancelled.bin").count(), 0);
    }));

  test("a folder dropped on the matching is handed over after a yes and answers its requests", () =>
    as("la-01", async (page) => {
      await page.goto(`/requests/matching?audit=${audit}`);
      const refs = await page.evaluate(async (of) => {
        const csrf = document.querySelector("input[name=csrf]").value;
        const send = async (path, body, tag) => {
          const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf, ...(tag ? { "If-Match": tag } : {}) };
          const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
          return { ...(await answer.json()), tag: answer.headers.get("ETag") };
        };
        const made = [];
        for (const text of ["The log of October", "The log of November"]) {
          const request = await send("/api/v1/requests", { audit: of, text, assignee: "po-01", due: "2099-01-01" });
          await send(`/api/v1/requests/${request.ref}/events`, { event: "open" }, request.tag);
          made.push(request.ref);
        }
        return made;
      }, audit);
      await page.locator(".up-matching input[type=file]").setInputFiles([
        { name: `${refs[0]} ${refs[1]} both.csv`, mimeType: "text/csv", buffer: Buffer.from("both\n") },
        { name: "nothing.csv", mimeType: "text/csv", buffer: Buffer.from("none\n") },
      ]);
      await page.getByText("Not handed over: no request in its name.").waitFor();
      await page.getByRole("button", { name: "Hand over 1 file for 2 requests" }).click();
      await page.locator(".up-row.good").waitFor();
      for (const ref of refs) {
        await page.goto(`/requests/${ref}`);
        await page.locator(".files").getByText("both.csv").first().waitFor();
      }
    }));

  test("a file dropped anywhere on an owner's home asks what it answers and ends as a receipt", () =>
    as("po-01", async (page) => {
      await page.goto("/");
      await page.locator("form.upload .drop").waitFor();
      const file = await page.evaluateHandle(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["dropped\n"], "dropped.csv", { type: "text/csv" }));
        return transfer;
      });
      await page.locator("h1").dispatchEvent("drop", { dataTransfer: file });
      await page.getByText("1 file chosen. Nothing is sent before you hand them over.").waitFor();
      const choice = page.locator("form.upload select[name=answers]");
      assert.equal(await choice.evaluate((select) => select === document.activeElement), true, "it asks what the file answers");
      await page.getByRole("button", { name: "Hand over a file" }).click();
      assert.equal(await page.locator(".up-row.good").count(), 0, "nothing goes before that is said");
      const target = await choice.locator("option").nth(1).getAttribute("value");
      await choice.selectOption(target);
      await page.getByRole("button", { name: "Hand over a file" }).click();
      const row = page.locator(".up-row.good").filter({ hasText: "dropped.csv" });
      await row.waitFor();
      assert.equal((await receiptOf(page, row)).sha256, sha256("dropped\n"));
      const [kind, ref] = target.split(":");
      await page.goto(`/${kind}s/${ref}`);
      await page.locator(".files").getByText("dropped.csv").first().waitFor();
    }));

  test("the drop zone is worked with the keyboard alone", () =>
    onFinding(async (page) => {
      assert.ok(draft.title);
      await page.locator("form.upload input[name=source]").focus();
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.type), "file");
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Choose a folder");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByText("No file was chosen.").waitFor();
    }));
}
