// A second factor from turning it on to a lost phone, with scripts and without; its pages are sound at every width.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { open } from "./lib/browser.js";
import { test } from "./lib/cases.js";
import { accessibilityErrors, htmlErrors, widthErrors } from "./lib/inspect.js";
import { program, run } from "./lib/server.js";

const account = "second-01";

/** The code of one step of 30 s (RFC 6238) for a base32 secret. */
function codeOf(secret, step) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, "0");
}

export function addSecondFactor(world) {
  const story = { password: "", secret: "", recovery: [], last: 0 };
  const tickmark = (...words) => run(program("tickmark"), ["--data", join(world.server.folder, "data"), ...words, "--json"]);

  /** A code that was not used before: the server takes one step to either side. */
  const fresh = async () => {
    const now = () => Math.floor(Date.now() / 30000);
    story.last = Math.max(story.last + 1, now() - 1);
    while (story.last > now() + 1) await new Promise((done) => setTimeout(done, 250));
    return codeOf(story.secret, story.last);
  };
  const sound = async (page) => {
    const faults = [...(await htmlErrors(await page.content())), ...(await accessibilityErrors(page)), ...(await widthErrors(page))];
    assert.deepEqual(faults, [], `${page.url()} is sound`);
  };
  const inWindow = async (options, deed) => {
    const context = await world.browser.window(options);
    try {
      await deed(await context.newPage());
      assert.deepEqual(context.complaints, [], "the pages are quiet");
    } finally {
      await context.close();
    }
  };
  const givePassword = async (page, target) => {
    await open(page, `/login?next=${encodeURIComponent(target)}`);
    await page.getByLabel("Account").fill(account);
    await page.getByLabel("Password").fill(story.password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };

  test("a person turns on a second factor: picture, secret, ten recovery codes", async () => {
    const made = await tickmark("user", "create", account, "--role", "PO", "--name", "Second owner");
    assert.equal(made.code, 0, made.err);
    story.password = JSON.parse(made.out).password;
    await inWindow({}, async (page) => {
      await givePassword(page, "/me");
      await page.locator("#second-factor").getByRole("link", { name: "Turn it on" }).click();
      await sound(page);
      await page.getByLabel("Your password").fill(story.password);
      await page.getByRole("button", { name: "Go on" }).click();
      await sound(page);
      const picture = page.locator("svg.qr");
      assert.equal(await picture.getAttribute("aria-label"), "QR code of the secret");
      assert.ok((await picture.boundingBox()).width >= 200, "the picture can be scanned");
      story.secret = (await page.locator(".secret code").innerText()).replaceAll(" ", "");
      assert.match(story.secret, /^[A-Z2-7]{32}$/);
      await page.locator("input[name=code]").fill(await fresh());
      await page.getByRole("button", { name: "Turn it on" }).click();
      story.recovery = await page.locator(".secret code").allInnerTexts();
      assert.equal(story.recovery.length, 10);
      await sound(page);
      await page.getByRole("link", { name: "I have kept them" }).click();
      assert.match(await page.locator("main").innerText(), /recovery codes left: 10/);
      await sound(page);
    });
  });

  test("signing in with a second factor takes a code, without scripts and on a phone too", () =>
    inWindow({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
      await givePassword(page, "/actions");
      assert.equal(new URL(page.url()).pathname, "/login/code");
      await page.locator("input[name=code]").fill(await fresh());
      await page.getByRole("button", { name: "Sign in" }).click();
      assert.equal(new URL(page.url()).pathname, "/actions");
    }));

  test("a wrong code of a second factor is refused in words, and a recovery code helps once", () =>
    inWindow({}, async (page) => {
      const give = async (code) => {
        await page.locator("input[name=code]").fill(code);
        await page.getByRole("button", { name: "Sign in" }).click();
      };
      await givePassword(page, "/me/second-factor");
      await sound(page);
      await give("not-a-code");
      assert.match(await page.locator("#error").innerText(), /wrong, has run out or was used before/);
      assert.equal(await page.locator("input[name=code]").inputValue(), "");
      await give(story.recovery[0].toUpperCase());
      assert.match(await page.locator("main").innerText(), /recovery codes left: 9/);
      await page.locator(".who button").click();
      await givePassword(page, "/me");
      await give(story.recovery[0]);
      await page.locator("#error").waitFor();
    }));

  test("an administrator resets a second factor with a reason, and the password alone signs in again", async () => {
    const context = await world.browser.as("ad-01");
    const page = await context.newPage();
    await open(page, "/admin/accounts");
    const person = page.locator(`#account-${account}`);
    await person.locator("summary").click();
    await person.getByLabel("Reason to reset the second factor").fill("Phone lost; called back");
    await person.getByRole("button", { name: "Reset the second factor" }).click();
    await person.waitFor();
    assert.equal(await person.getByLabel("Reason to reset the second factor").count(), 0);
    assert.deepEqual(context.complaints, [], "the pages are quiet");
    await context.close();
    await inWindow({}, async (fresh) => {
      await givePassword(fresh, "/me");
      await fresh.locator("#second-factor").getByRole("link", { name: "Turn it on" }).waitFor();
    });
  });
}
