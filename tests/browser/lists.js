// Lists: by keys alone, changed in place, and many rows at once with scripts off.
import assert from "node:assert/strict";
import { test } from "./lib/cases.js";

export function addLists(world) {
  const as = async (account, deed, options) => {
    const context = await world.browser.as(account, options);
    try {
      const result = await deed(await context.newPage());
      assert.deepEqual(context.complaints, [], "the pages are quiet");
      return result;
    } finally {
      await context.close();
    }
  };
  const focusedRow = (page) => page.evaluate(() => document.activeElement.closest("tbody tr")?.rowIndex ?? 0);

  test("the keys move the focus through the rows, choose them and open them", () =>
    as("la-01", async (page) => {
      await page.goto("/findings");
      await page.keyboard.press("j");
      assert.equal(await focusedRow(page), 1);
      await page.keyboard.press("j");
      assert.equal(await focusedRow(page), 2);
      await page.keyboard.press("k");
      assert.equal(await focusedRow(page), 1);
      await page.keyboard.press("x");
      assert.equal(await page.locator('tbody input[name="item"]:checked').count(), 1);
      assert.match(await page.locator(".bulk summary").innerText(), /1 chosen/);
      const link = await page.evaluate(() => document.activeElement.closest("tr").querySelector("td:not(.pick) a").pathname);
      await page.keyboard.press("k");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === link);
    }));

  test("the help lists the keys, closes by Esc, and inside a field keys are letters", () =>
    as("la-01", async (page) => {
      await page.goto("/findings");
      await page.keyboard.press("?");
      const dialog = page.getByRole("dialog", { name: "Keys" });
      assert.match(await dialog.innerText(), /g f/);
      await page.keyboard.press("Escape");
      assert.equal(await dialog.count(), 0);
      await page.keyboard.press("/");
      await page.keyboard.type("gf?");
      assert.equal(await page.locator("#find").inputValue(), "gf?");
      assert.equal(await dialog.count(), 0);
    }));

  test("a letter after g goes to its list, and not when keys are turned off", () =>
    as("la-01", async (page) => {
      await page.goto("/");
      await page.evaluate(() => (document.documentElement.dataset.keys = "off"));
      await page.keyboard.type("gf");
      assert.equal(new URL(page.url()).pathname, "/");
      await page.evaluate(() => delete document.documentElement.dataset.keys);
      await page.keyboard.type("gf");
      await page.waitForURL((url) => url.pathname === "/findings");
    }));

  test("filtering swaps the list alone, keeps the focus, and says the count once", () =>
    as("la-01", async (page) => {
      await page.goto("/findings");
      await page.evaluate(() => (window.sameDocument = true));
      await page.locator("form.filters select[name=state]").selectOption("issued");
      await page.getByRole("button", { name: "Filter" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: /State: Issued/ }).waitFor();
      assert.ok(await page.evaluate(() => window.sameDocument), "the document was not loaded anew");
      assert.match(page.url(), /state=issued/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "filter-go");
      assert.match(await page.locator("#said").innerText(), /findings?$/);
      await page.getByRole("link", { name: /State: Issued/ }).click();
      await page.locator(".undo").waitFor();
      assert.ok(await page.evaluate(() => window.sameDocument));
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
      assert.doesNotMatch(page.url(), /state=issued/);
      await page.locator(".undo").click();
      await page.getByRole("link", { name: /State: Issued/ }).waitFor();
    }));

  test("without scripts rows are chosen, looked at, and changed or refused one by one", () =>
    as(
      "la-01",
      async (page) => {
        await page.goto("/findings");
        await page.locator('tbody input[name="item"]').first().check();
        await page.locator(".bulk summary").click();
        await page.locator(".bulk select[name=do]").selectOption("due");
        await page.locator(".bulk input[name=due]").fill("2099-01-01");
        await page.getByRole("button", { name: "See what would happen" }).click();
        assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /^It would change/);
        await page.getByRole("link", { name: "Back to the list" }).click();
        assert.equal(new URL(page.url()).pathname, "/findings");
      },
      { javaScriptEnabled: false },
    ));
}
