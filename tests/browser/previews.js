// Looking at hostile evidence: nothing in it runs, asks, or leaves its frame, with scripts on and off.
import assert from "node:assert/strict";
import { accessibilityErrors, htmlErrors } from "./lib/inspect.js";
import { test } from "./lib/cases.js";

const finding = "IA-2022-03-01";
const files = {
  "page.html": `<!doctype html><html><head><meta http-equiv="refresh" content="0;url=https://example.org/"><script>alert(1);fetch("/log")</script></head>
    <body onload="alert(2)"><img src="https://example.org/x.png" onerror="alert(3)"><form action="/logout" method="post"></form></body></html>`,
  "picture.svg": `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>parent.location="/log"</script>
    <image href="https://example.org/y.png"/></svg>`,
  "table.csv": `number,note\r\n1,"=HYPERLINK(""https://example.org"",""win"")"\r\n2,<script>alert(1)</script>\r\n`,
  "both.gif": "GIF89a/*\x10\x10\x80\x01                    */=alert(1);",
  "letter.txt": "pay \u202E001\u202C now </pre><script>alert(1)</script>\n",
};

/** Hands a file over as a program would and gives the evidence's reference. */
async function handed(page, name, content) {
  await page.goto("/findings/" + finding);
  const csrf = await page.locator("input[name=csrf]").first().getAttribute("value");
  const answer = await page.request.post(`/api/v1/evidence?finding=${finding}&file_name=${name}`, {
    headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": csrf },
    data: Buffer.from(content, name.endsWith(".gif") ? "latin1" : "utf8"),
  });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).version.split("/")[0];
}

export function addPreviews(world) {
  for (const javaScriptEnabled of [true, false]) {
    test(`hostile evidence is looked at and nothing of it runs or asks, scripts ${javaScriptEnabled ? "on" : "off"}`, async () => {
      const context = await world.browser.as("la-01", { javaScriptEnabled });
      const page = await context.newPage();
      const dialogs = [];
      page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
      try {
        for (const [name, content] of Object.entries(files)) {
          const ref = await handed(page, name, content);
          const asked = [];
          const listen = (request) => asked.push(new URL(request.url()));
          page.on("request", listen);
          const answer = await page.goto(`/evidence/${ref}?preview=1`);
          await page.waitForLoadState("networkidle");
          page.off("request", listen);
          const strange = asked.filter((url) => url.origin !== world.server.origin ||
            !(url.pathname === `/evidence/${ref}` || url.pathname === `/evidence/${ref}/v/1/preview` || url.pathname.startsWith("/assets/")));
          assert.deepEqual(strange.map(String), [], name);
          assert.equal(new URL(page.url()).pathname, `/evidence/${ref}`, name);
          if (name === "both.gif") {
            assert.equal(await page.locator(".preview-picture").count(), 1);
          } else {
            const frame = page.frames()[1];
            const inside = await frame.content();
            assert.equal(/<script|<svg|<img|<form|<meta http-equiv/i.test(inside.replace(/&lt;/g, "")), false, name);
            assert.ok(inside.includes(name === "table.csv" ? "=HYPERLINK(" : name === "letter.txt" ? "\uFFFD001" : "alert(1)"), name);
          }
          if (javaScriptEnabled) {
            assert.deepEqual(await htmlErrors(await answer.text()), [], name);
            assert.deepEqual(await accessibilityErrors(page), [], name);
          }
        }
        assert.deepEqual(dialogs, []);
        const foreign = context.complaints.filter((text) => !/Failed to load resource|blocked script execution/i.test(text));
        assert.deepEqual(foreign, []);
      } finally {
        await context.close();
      }
    });
  }

  test("a preview opened by its own address is shut in as well", async () => {
    const context = await world.browser.as("la-01");
    const page = await context.newPage();
    const dialogs = [];
    page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    try {
      const ref = await handed(page, "page.html", files["page.html"]);
      const answer = await page.goto(`/evidence/${ref}/v/1/preview`);
      assert.match(answer.headers()["content-security-policy"], /^sandbox; default-src 'none'/);
      assert.equal(answer.headers()["x-content-type-options"], "nosniff");
      await page.waitForLoadState("networkidle");
      assert.equal(new URL(page.url()).pathname, `/evidence/${ref}/v/1/preview`);
      assert.equal(await page.locator("script, img, form, iframe").count(), 0);
      assert.deepEqual(dialogs, []);
    } finally {
      await context.close();
    }
  });
}
