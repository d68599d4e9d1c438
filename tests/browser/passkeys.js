// A passkey of Chromium's virtual authenticator: added, used, refused, removed; and what the pages are without scripts.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./lib/cases.js";
import { accessibilityErrors, htmlErrors, widthErrors } from "./lib/inspect.js";
import { program, run } from "./lib/server.js";

const account = "passkey-01";

export function addPasskeys(world) {
  // Passkeys are made for names: the same server under the name that every machine has.
  const origin = world.server.origin.replace("127.0.0.1", "localhost");
  const story = { password: "", context: null, page: null, key: null, device: "" };
  const tickmark = (...words) => run(program("tickmark"), ["--data", join(world.server.folder, "data"), ...words, "--json"]);
  const sound = async (page) => {
    const faults = [...(await htmlErrors(await page.content())), ...(await accessibilityErrors(page)), ...(await widthErrors(page))];
    assert.deepEqual(faults, [], `${page.url()} is sound`);
  };
  const complaints = () => story.context.complaints.filter((text) => !text.includes(`to another place: ${origin}/`));
  const givePassword = async (page, target) => {
    await page.goto(`${origin}/login?next=${encodeURIComponent(target)}`);
    await page.getByLabel("Account").fill(account);
    await page.getByLabel("Password").fill(story.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${origin}${target}`);
  };
  const leave = async () => {
    await story.page.locator(".who button").click();
    await story.page.waitForURL(`${origin}/login`);
  };
  const press = async (target) => {
    await story.page.goto(`${origin}/login?next=${encodeURIComponent(target)}`);
    await story.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  };

  test("a person adds a passkey after giving the password again", async () => {
    const made = await tickmark("user", "create", account, "--role", "PO", "--name", "Passkey owner");
    assert.equal(made.code, 0, made.err);
    story.password = JSON.parse(made.out).password;
    story.context = await world.browser.window({ baseURL: origin });
    story.page = await story.context.newPage();
    story.key = await story.context.newCDPSession(story.page);
    await story.key.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    story.device = (await story.key.send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId;
    const { page } = story;
    await givePassword(page, "/me/passkeys");
    await sound(page);
    await page.getByLabel("Name").fill("office laptop");
    await page.locator("#add").getByLabel("Your password").fill(story.password);
    await page.getByRole("button", { name: "Go on" }).click();
    await sound(page);
    await page.getByRole("button", { name: "Make the passkey" }).click();
    await page.getByRole("heading", { name: "office laptop" }).waitFor();
    assert.match(await page.locator("main").innerText(), /never used/);
    await sound(page);
    const { credentials } = await story.key.send("WebAuthn.getCredentials", { authenticatorId: story.device });
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].rpId, "localhost");
    assert.deepEqual(complaints(), [], "the pages are quiet");
  });

  test("a passkey signs in without password and leads on, twice", async () => {
    for (const target of ["/actions", "/me/passkeys"]) {
      await leave();
      await press(target);
      await story.page.waitForURL(`${origin}${target}`);
    }
    assert.match(await story.page.locator("main").innerText(), /last used/);
    assert.deepEqual(complaints(), [], "the pages are quiet");
  });

  test("a passkey whose device does not check the person signs nobody in, and the page says what to do", async () => {
    await leave();
    await story.key.send("WebAuthn.setUserVerified", { authenticatorId: story.device, isUserVerified: false });
    await press("/actions");
    await story.page.getByText("The browser gave no passkey").waitFor();
    await sound(story.page);
    await story.key.send("WebAuthn.setUserVerified", { authenticatorId: story.device, isUserVerified: true });
    await story.page.getByRole("button", { name: "Use a passkey" }).click();
    await story.page.waitForURL(`${origin}/actions`);
  });

  test("a passkey that was removed opens nothing, and the page says so", async () => {
    const { page } = story;
    await page.goto(`${origin}/me/passkeys`);
    await page.getByText("Remove office laptop").click();
    await page.locator("details[open]").getByLabel("Your password").fill(story.password);
    await page.getByRole("button", { name: "Remove the passkey" }).click();
    await page.getByText("No passkeys.").waitFor();
    await leave();
    await press("/actions");
    await page.getByText("This passkey opens no account here.").waitFor();
    await sound(page);
    await story.context.close();
  });

  test("without scripts the page of passkeys says that they are needed, and the password works", async () => {
    const context = await world.browser.window({ baseURL: origin, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/login`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("Passkeys need scripts").waitFor();
    await page.getByRole("link", { name: "Sign in with account and password" }).click();
    await givePassword(page, "/me");
    await context.close();
  });

  test("at a bare address no passkey is offered, and the page of passkeys says why", async () => {
    const context = await world.browser.window();
    const page = await context.newPage();
    await page.goto("/login?next=%2Fme%2Fpasskeys");
    assert.equal(await page.getByRole("button", { name: "Sign in with a passkey" }).count(), 0);
    await page.getByLabel("Account").fill(account);
    await page.getByLabel("Password").fill(story.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("does not know its own").waitFor();
    assert.deepEqual(context.complaints, [], "the pages are quiet");
    await context.close();
  });
}
