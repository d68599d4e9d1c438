// What the pages refuse, in which words, and that nothing of it stays.
import assert from "node:assert/strict";
import { test } from "./lib/cases.js";
import { recordFinding } from "./lib/steps.js";

const audit = "IA-2022-03";

export function addRefusals(world) {
  const withPage = async (account, deed, options) => {
    const context = account ? await world.browser.as(account, options) : await world.browser.window(options);
    try {
      return await deed(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };

  test("a wrong password is refused in words that do not tell whether the account exists, and the name is kept", () =>
    withPage(null, async (page) => {
      const said = [];
      for (const account of ["tm-01", "nobody-99"]) {
        await page.goto("/login");
        await page.getByLabel("Account").fill(account);
        await page.getByLabel("Password").fill("not the password");
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.request().method() === "POST"),
          page.getByRole("button", { name: "Sign in" }).click(),
        ]);
        assert.equal(answer.status(), 401);
        assert.equal(await page.getByLabel("Account").inputValue(), account);
        assert.equal(await page.getByLabel("Password").inputValue(), "");
        said.push((await page.getByRole("alert").innerText()).replace(/\d+/g, "#"));
      }
      assert.ok(said[0].length > 20, "words are shown");
      assert.equal(said[0], said[1]);
    }));

  test("a page without a session leads to signing in, and from there to the page that was wanted", () =>
    withPage(null, async (page) => {
      await page.goto("/findings?open=1");
      assert.equal(new URL(page.url()).pathname, "/login");
      await page.getByLabel("Account").fill("au-02");
      await page.getByLabel("Password").fill(world.server.people["au-02"].password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { level: 1, name: "Findings" }).waitFor();
      assert.equal(new URL(page.url()).search, "?open=1");
    }));

  test("after signing out the way back shows nothing", () =>
    withPage(null, async (page) => {
      await page.goto("/login");
      await page.getByLabel("Account").fill("tm-01");
      await page.getByLabel("Password").fill(world.server.people["tm-01"].password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.goto("/findings");
      assert.equal(new URL(page.url()).pathname, "/login");
      await page.goBack();
      assert.equal(await page.getByRole("button", { name: "Sign out" }).count(), 0);
    }));

  test("two tabs edit one draft: the later one is told so, keeps its text in the form and changes nothing", () =>
    withPage("la-01", async (first, context) => {
      const ref = await recordFinding(first, audit, { title: "Major incidents have no owner" });
      const second = await context.newPage();
      await first.goto(`/findings/${ref}/edit`);
      await second.goto(`/findings/${ref}/edit`);
      await first.getByLabel("Title").fill("Saved by the first tab");
      await first.getByRole("button", { name: "Save the draft" }).click();
      await first.getByRole("heading", { level: 1, name: "Saved by the first tab" }).waitFor();

      await second.getByLabel("Title").fill("Written in the second tab");
      const [answer] = await Promise.all([
        second.waitForResponse((response) => response.request().method() === "POST"),
        second.getByRole("button", { name: "Save the draft" }).click(),
      ]);
      assert.equal(answer.status(), 409);
      assert.match(await second.getByRole("alert").innerText(), /changed|revision/i);
      assert.equal(await second.getByLabel("Title").inputValue(), "Written in the second tab");
      await first.reload();
      assert.equal(await first.getByRole("heading", { level: 1 }).innerText(), "Saved by the first tab");
    }));

  test("a step from a stale tab is refused in words and moves nothing", () =>
    withPage("la-01", async (first, context) => {
      const ref = await recordFinding(first, audit, { title: "The queue has no rule" });
      const second = await context.newPage();
      await second.goto(`/findings/${ref}`);
      await first.getByText("Change owner or dates").click();
      await first.locator("form[action$='/assignment'] input[name=close_due]").fill("2031-01-31");
      await first.locator("form[action$='/assignment'] input[name=reason]").fill("Agreed in the meeting.");
      await first.getByRole("button", { name: "Save", exact: true }).click();
      await first.locator(".facts-line").getByText("2031-01-31").waitFor();
      const discard = second.locator("form.step", { has: second.getByRole("button", { name: "Discard", exact: true }) });
      await discard.locator("textarea").fill("Not a finding.");
      const [answer] = await Promise.all([
        second.waitForResponse((response) => response.request().method() === "POST"),
        discard.getByRole("button").click(),
      ]);
      assert.equal(answer.status(), 409);
      assert.match(await second.locator("main").innerText(), /changed|revision/i);
      await first.reload();
      assert.equal((await first.locator(".facts-line .status").last().innerText()).trim(), "Draft");
    }));

  test("a finding with a clause that does not exist is refused beside its words, and the input is kept", () =>
    withPage("la-01", async (page) => {
      await page.goto("/findings/new");
      await page.locator("select[name=audit]").selectOption(audit);
      await page.getByLabel("Title").fill("A title that is kept");
      await page.getByLabel(/^Clauses/).fill("99.9.9");
      await page.getByRole("button", { name: "Record a finding" }).click();
      assert.match(await page.getByRole("alert").innerText(), /99\.9\.9/);
      assert.equal(await page.getByLabel("Title").inputValue(), "A title that is kept");
    }));

  for (const [account, address] of [
    ["ad-01", "/findings"],
    ["ad-01", "/findings/IA-2022-03-02"],
    ["po-01", "/bundles"],
    ["po-02", "/findings/IA-2022-03-02"],
    ["au-02", "/admin/accounts"],
    ["la-01", "/findings/IA-1999-01-01"],
    ["tm-01", "/no-such-page"],
  ]) {
    test(`${account} gets the page "There is nothing here" at ${address}, with status 404`, () =>
      withPage(account, async (page) => {
        const answer = await page.goto(address);
        assert.equal(answer.status(), 404);
        assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "There is nothing here");
      }));
  }

  test("a form without the session's token is refused and changes nothing", () =>
    withPage("la-01", async (page) => {
      const ref = await recordFinding(page, audit, { title: "A draft that stays" });
      const discard = page.locator("form.step", { has: page.getByRole("button", { name: "Discard", exact: true }) });
      await discard.locator("textarea").fill("By another site.");
      await discard.locator("input[name=csrf]").evaluate((input) => (input.value = "0".repeat(43)));
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        discard.getByRole("button").click(),
      ]);
      assert.equal(answer.status(), 403);
      await page.goto(`/findings/${ref}`);
      assert.equal((await page.locator(".facts-line .status").last().innerText()).trim(), "Draft");
    }));

  test("a connection that breaks before a file begins is said in words, and nothing is in the list", () =>
    withPage("la-01", async (page) => {
      await recordFinding(page, audit, { title: "About a file that is too odd" });
      await page.route("**/api/v1/uploads", (route) => route.abort());
      const form = page.locator("form.upload");
      await form.locator("input[type=file]").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
      await form.getByRole("button", { name: "Hand over a file" }).click();
      await page.getByText("The connection is broken.").first().waitFor();
      assert.equal(await page.locator(".files li").count(), 0);
    }));
}
