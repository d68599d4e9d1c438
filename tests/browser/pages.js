// Every page that each role can reach, found by following the links from the home page.
import assert from "node:assert/strict";
import { open } from "./lib/browser.js";
import { test } from "./lib/cases.js";
import { accessibilityErrors, htmlErrors, widthErrors } from "./lib/inspect.js";
import { walk } from "./lib/walk.js";
import { expectState, handOver, recordFinding } from "./lib/steps.js";

const common = ["/", "/due", "/me", "/help", "/help/api", "/help/api/{ref}", "/help/api/schemas", "/keys", "/verify"];
const content = ["/audits", "/audits/{ref}", "/audits/{ref}/report", "/findings", "/findings/{ref}", "/requests", "/actions", "/actions/{ref}", "/evidence", "/evidence/{ref}"];
const proof = ["/bundles", "/bundles/{ref}", "/log", "/log/{ref}"];
const writing = ["/findings/new", "/requests/new"];
const improving = ["/ideas"];
const register = ["/improvements", "/improvements/board", "/improvements/calendar", "/improvements/new"];

// The pages that each role must be able to reach by links alone; what else is linked is checked too.
const reach = {
  "la-01": [...common, ...improving, ...content, ...proof, ...writing, "/requests/{ref}", "/audits/new", "/bundles/new", "/evidence/{ref}/v/{ref}/receipt"],
  "au-02": [...common, ...improving, ...content, ...proof, ...writing, "/requests/{ref}", "/evidence/{ref}/v/{ref}/receipt"],
  "po-01": [...common, ...improving, ...content, ...register, "/requests/{ref}", "/findings/{ref}/response", "/evidence/{ref}/v/{ref}/receipt"],
  "ao-01": [...common, ...improving, "/actions", "/actions/{ref}", "/evidence"],
  "im-01": [...common, ...improving, ...content, ...register, "/improvements/import", "/log", "/log/{ref}"],
  "tm-01": [...common, ...improving, "/audits", "/audits/{ref}", "/findings", "/findings/{ref}", "/actions", "/bundles", "/log"],
  "xa-01": [...common, "/audits", "/audits/{ref}", "/findings", "/findings/{ref}"],
  "ad-01": [...common, "/admin/accounts", "/log", "/log/{ref}"],
};

export function addPages(world) {
  const checkPage = async (page, address, problems) => {
    const note = (text) => problems.push(`${address}: ${text}`);
    const answer = await open(page, address);
    if (answer.status() !== 200) {
      note(`status ${answer.status()}`);
      return [];
    }
    const policy = answer.headers()["content-security-policy"] ?? "";
    if (!/default-src 'none'/.test(policy) || /unsafe/.test(policy)) note(`its policy is "${policy}"`);
    if (page.viewportSize().width > 960 && (await page.locator("h1").count()) !== 1) note("it has not exactly one heading of level 1");
    if ((await page.locator("main .primary").count()) > 1) note("it has more than one primary action");
    for (const text of await htmlErrors(await answer.text())) note(text);
    for (const text of await accessibilityErrors(page)) note(text);
    for (const text of await widthErrors(page)) note(text);
    for (const text of page.context().complaints.splice(0)) note(text);
    // A link inside a picture has its address as an object, so all are asked for what is written.
    const absolute = (all) => all.map((one) => new URL(one.getAttribute("href"), document.baseURI).href);
    return (await page.locator("a[href]").evaluateAll(absolute)).filter((href) => href.startsWith(new URL(page.url()).origin));
  };

  const report = (problems) => {
    const counted = new Map();
    for (const text of problems) {
      const what = text.slice(text.indexOf(": ") + 2);
      counted.set(what, [...(counted.get(what) ?? []), text.slice(0, text.indexOf(": "))]);
    }
    return [...counted].map(([what, where]) => `${what}\n    on ${where.slice(0, 4).join(" ")}${where.length > 4 ? ` and ${where.length - 4} more` : ""}`).join("\n");
  };

  test("the checks of a page find each fault that is put into one", async () => {
    const faults = [
      ['<p style="color:red">x</p>', /no-inline-style/],
      ['<p style="color:red">x</p>', /the console of .*(Content Security Policy|style)/],
      ["<script>window.a = 1</script>", /the console of .*Content Security Policy/],
      ['<img src="https://example.org/a.png" alt="">', /a request to another place/],
      ['<p id="main">x</p>', /no-dup-id/],
      ['<input name="nameless">', /axe light label/],
      ['<p class="lost">low</p>', /axe light color-contrast/, ".lost { color: #ddd }"],
      ['<p class="lost">low</p>', /axe dark color-contrast/, "@media (prefers-color-scheme: dark) { .lost { color: #333 } }"],
      ['<p class="far">far</p>', /wider than 390 px.*p\.far/, ".far { width: 500px }"],
      ["<h1>Second</h1>", /not exactly one heading/],
      ['<img src="/assets/none.svg" alt="">', /the console of .*404/],
    ];
    const context = await world.browser.window();
    const page = await context.newPage();
    for (const [fault, wanted, style = ""] of faults) {
      await context.unrouteAll();
      await context.route("**/help", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replace("</main>", `${fault}</main>`) });
      });
      await context.route("**/tickmark.css*", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()) + style });
      });
      context.complaints.splice(0);
      const problems = [];
      await checkPage(page, "/help", problems);
      assert.ok(problems.some((text) => wanted.test(text)), `${fault} ${style} is found as ${wanted}; found: ${problems.join("; ")}`);
    }
    await context.close();
  });

  for (const [account, patterns] of Object.entries(reach)) {
    test(
      `every page of ${world.roleOf(account)} (${account}) is reached by links, answers 200, is valid HTML, accessible in light and dark, quiet and fits 390 pixels`,
      async () => {
        const context = await world.browser.as(account);
        const problems = [];
        const most = ["la-01", "po-01"].includes(account) ? 2 : 1;
        const { seen, files } = await walk(context, ["/"], most, (page, address) => checkPage(page, address, problems));
        for (const file of files) {
          const answer = await context.request.get(file);
          if (!answer.ok()) problems.push(`${file}: status ${answer.status()}`);
        }
        for (const pattern of patterns) if (!seen.has(pattern)) problems.push(`${pattern}: no link leads there`);
        await context.close();
        assert.equal(problems.length, 0, report(problems));
      },
      { seconds: 500, beside: true },
    );
  }

  test("findings in every state, and every list that the home page counts, hold to the same rules", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    const problems = [];
    const states = ["draft", "issued", "responded", "plan_accepted", "implemented", "verified", "closed", "acknowledged", "discarded"];
    for (const state of states) {
      await page.goto(`/findings?state=${state}`);
      const link = page.locator("tbody a[href^='/findings/']").first();
      if ((await link.count()) === 0) continue;
      const address = await link.getAttribute("href");
      await checkPage(page, address, problems);
      if (state === "draft") await checkPage(page, `${address}/edit`, problems);
    }
    await context.close();
    assert.equal(problems.length, 0, report(problems));
  }, { seconds: 200 });

  test("each number on the home page equals the length of the list it opens", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    await page.goto("/");
    const figures = await page.locator(".tiles a").evaluateAll((all) => all.map((one) => ({ href: one.getAttribute("href"), number: Number(one.querySelector("strong").textContent.replace(/\D/g, "")), words: one.textContent.trim() })));
    assert.ok(figures.length >= 3, "the home page shows figures");
    for (const figure of figures) {
      let rows = 0;
      let next = figure.href;
      while (next) {
        await page.goto(next);
        rows += await page.locator("tbody tr").count();
        const more = page.locator("a[rel=next]");
        next = (await more.count()) > 0 ? await more.getAttribute("href") : null;
      }
      assert.equal(rows, figure.number, `"${figure.words}" opens a list of ${rows}`);
    }
    await context.close();
  });

  test("pages without an account hold to the same rules, a refused sign-in and an unknown address too", async () => {
    const context = await world.browser.window();
    const page = await context.newPage();
    const problems = [];
    for (const address of ["/login", "/verify", "/keys", "/help"]) await checkPage(page, address, problems);
    await page.goto("/login");
    await page.getByLabel("Account").fill("nobody-98");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    for (const text of [...(await htmlErrors(await page.content())), ...(await accessibilityErrors(page)), ...(await widthErrors(page))])
      problems.push(`/login refused: ${text}`);
    await context.close();
    assert.equal(problems.length, 0, report(problems));
  });

  test("the first Tab shows the link that skips to the content, and Enter puts the focus there", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    await page.goto("/findings");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    assert.ok(await skip.evaluate((one) => one === document.activeElement), "it has the focus");
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.width > 20, "it is inside the window");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main"))), "the next Tab stays in the content");
    await context.close();
  });

  test("every control that Tab reaches on a finding shows its focus and has a name", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    await page.goto(`/findings/${world.story.finding || "IA-2022-03-02"}`);
    const reached = [];
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body) return null;
        const style = getComputedStyle(one);
        const words = one.getAttribute("aria-label") || one.textContent.trim() || one.closest("label")?.textContent.trim() || "";
        return { words: words.slice(0, 40), outline: style.outlineStyle, width: parseFloat(style.outlineWidth) };
      });
      if (now === null) break;
      reached.push(now);
    }
    assert.ok(reached.length > 15, `Tab reached ${reached.length} controls`);
    const unseen = reached.filter((one) => one.outline === "none" || one.width < 2);
    assert.deepEqual(unseen, []);
    assert.deepEqual(reached.filter((one) => one.words === ""), []);
    await context.close();
  });

  test("a finding is issued with the keyboard alone", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    await recordFinding(page, "IA-2022-03", { title: "Issued without a mouse" });
    await handOver(page, "note.txt", Buffer.from("seen by hand\n"));
    const wanted = page.getByRole("button", { name: "Issue", exact: true });
    for (let i = 0; i < 60 && !(await wanted.evaluate((one) => one === document.activeElement)); i += 1)
      await page.keyboard.press("Tab");
    const done = page.waitForNavigation();
    await page.keyboard.press("Enter");
    await done;
    await expectState(page, "Issued");
    await context.close();
  });
}
