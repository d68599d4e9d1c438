// The main path of a finding as three people walk it, with scripts; and its core without scripts.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { test } from "./lib/cases.js";
import { program, run } from "./lib/server.js";
import { draft, expectState, handOver, inDays, recordFinding, step } from "./lib/steps.js";

const audit = "IA-2022-03";

export function addJourneys(world) {
  const story = { finding: "", action: "" };

  /** Runs `deed` in a window of that person, on a page of its own. */
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
  const onFinding = (account, deed) =>
    as(account, async (page) => {
      assert.ok(story.finding, "the finding was recorded");
      await page.goto(`/findings/${story.finding}`);
      return deed(page);
    });
  const onAction = (account, deed) =>
    as(account, async (page) => {
      assert.ok(story.action, "the action was planned");
      await page.goto(`/actions/${story.action}`);
      return deed(page);
    });

  test("a lead auditor records a finding, and its text is shown as it was written", () =>
    as("la-01", async (page) => {
      await page.goto("/");
      story.finding = await recordFinding(page, audit);
      assert.match(story.finding, /^F-\d+$/);
      assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), draft.title);
      await expectState(page, "Draft");
      assert.match(await page.locator(".parts").first().innerText(), /11 have no record of the user's agreement/);
    }));

  test("a finding without evidence shows the guard's words instead of the button to issue it", () =>
    onFinding("la-01", async (page) => {
      assert.match(await page.locator(".guard").innerText(), /^Cannot be issued yet:\s+no evidence version is attached\.$/);
      assert.equal(await page.getByRole("button", { name: "Issue", exact: true }).count(), 0);
    }));

  test("a file that is handed over shows its progress and then stands in the list with its digest", () =>
    onFinding("la-01", async (page) => {
      const bytes = randomBytes(3 << 20);
      const digest = createHash("sha256").update(bytes).digest("hex");
      const seen = page.locator("form.upload .up-row progress").waitFor({ timeout: 10000 });
      await page.route("**/api/v1/uploads/*", async (route) => {
        await seen;
        await route.continue();
      });
      await handOver(page, "closed incidents, october.bin", bytes);
      const shown = await page.locator(".files").innerText();
      assert.ok(shown.includes(digest.slice(0, 4)), "the digest's first digits are shown");
      assert.match(shown, /Service desk tool/);
      assert.equal(await page.locator(".guard").count(), 0, "nothing stands against issuing any more");
    }));

  test("the lead auditor issues the finding, and the next step is the process owner's", () =>
    onFinding("la-01", async (page) => {
      await step(page, "Issue");
      await expectState(page, "Issued");
      assert.match(await page.getByRole("region", { name: "What happens next" }).innerText(), /process owner can respond/i);
      assert.equal(await page.getByRole("link", { name: "Edit the draft" }).count(), 0);
    }));

  test("the process owner finds it on the home page under what waits", () =>
    as("po-01", async (page) => {
      await page.goto("/");
      await page.getByRole("link", { name: new RegExp(story.finding) }).first().click();
      await expectState(page, "Issued");
    }));

  test("a response cannot be sent before it says correction, extent, cause and plan", () =>
    onFinding("po-01", async (page) => {
      const guard = await page.locator(".guard").innerText();
      for (const words of ["the correction is empty", "the extent is empty", "no root cause is named", "no action is planned"])
        assert.ok(guard.toLowerCase().includes(words), `the guard says: ${words}`);
    }));

  test("the process owner writes the response with five whys and a root cause", () =>
    onFinding("po-01", async (page) => {
      await page.getByRole("link", { name: "Respond", exact: true }).click();
      await page.getByLabel(/^Correction/).fill("The 11 users were asked; 2 incidents were opened again.");
      await page.getByLabel(/^Extent/).fill("All 890 incidents of the three days were read; 203 lack the agreement.");
      await page.getByLabel("Method of finding the cause").fill("five whys");
      await page.getByLabel("Why 1").fill("The agents close when the work is done.");
      await page.getByLabel("Why 2").fill("The tool lets them close without asking.");
      await page.getByLabel("Root cause RC-1").fill("The tool does not ask for the user's agreement.");
      await page.getByRole("button", { name: "Save the response" }).click();
      await page.getByRole("heading", { name: "Response, round 1" }).waitFor();
      await expectState(page, "Issued");
    }));

  test("the process owner plans an action with an owner and a date, and sends the response", () =>
    onFinding("po-01", async (page) => {
      await page.getByRole("link", { name: "Plan an action" }).click();
      await page.getByLabel("Kind").selectOption({ label: "Corrective action" });
      await page.getByLabel("Title").fill("Make the agreement a required field");
      await page.getByLabel("Description").fill("The tool refuses to close an incident without it.");
      await page.getByLabel("Root cause it answers").selectOption("RC-1");
      await page.locator("select[name=owner]").selectOption("po-01");
      await page.getByLabel("Due").fill(inDays(30));
      await page.getByRole("button", { name: "Plan the action" }).click();
      const link = page.getByRole("link", { name: /Make the agreement a required field/ });
      story.action = (await link.locator("code").innerText()).trim();
      await step(page, "Respond");
      await expectState(page, "Responded");
    }));

  test("the lead auditor accepts the plan and approves the action", async () => {
    await onFinding("la-01", async (page) => {
      await step(page, "Accept the plan");
      await expectState(page, "Plan accepted");
    });
    await onAction("la-01", async (page) => {
      await step(page, "Approve");
      await expectState(page, "Approved");
    });
  });

  test("the owner starts the action, asks for more time and proves it with a file", async () => {
    await onAction("po-01", async (page) => {
      await step(page, "Start");
      await expectState(page, "In progress");
      await page.getByLabel("New date").fill(inDays(45));
      await page.getByLabel("Reason", { exact: true }).fill("The supplier delivers the change a week later.");
      await page.getByRole("button", { name: "Ask for more time" }).click();
      await page.getByText("waits for a decision").waitFor();
    });
    await onAction("la-01", async (page) => {
      await page.getByLabel("Note").fill("Understood.");
      await page.getByRole("button", { name: "Approve", exact: true }).click();
      await page.locator(".facts-line").getByText(inDays(45)).waitFor();
    });
    await onAction("po-01", async (page) => {
      await handOver(page, "change record.txt", Buffer.from("Field made required on the test system and in production.\n"));
      await step(page, "Report as done");
      await expectState(page, "Done");
    });
  });

  test("the process owner reports the finding as implemented", () =>
    onFinding("po-01", async (page) => {
      await step(page, "Report as implemented");
      await expectState(page, "Implemented");
    }));

  test("the auditor verifies the action and the finding, each with words of how", async () => {
    await onAction("au-02", async (page) => {
      await step(page, "Verify", "Tried to close an incident without the field: refused.");
      await expectState(page, "Verified");
    });
    await onFinding("au-02", async (page) => {
      await step(page, "Verify", "Read 20 incidents closed since: all have the agreement.");
      await expectState(page, "Verified");
    });
  });

  test("a finding cannot be closed before its effectiveness was judged", () =>
    onFinding("la-01", async (page) => {
      assert.match(await page.locator(".guard").first().innerText(), /^Cannot be closed yet:\s+the effectiveness check has no verdict\.$/);
    }));

  test("the lead auditor records that it was effective and closes the finding", () =>
    onFinding("la-01", async (page) => {
      await page.getByLabel("Criterion").fill("No incident closed without agreement in a month.");
      await page.getByLabel("Planned on").fill(inDays(0));
      await page.getByLabel("Verdict").selectOption({ label: "Effective" });
      await page.getByLabel("Note").fill("412 incidents, all with agreement.");
      await page.getByRole("button", { name: "Record effectiveness check" }).click();
      await page.getByText("412 incidents, all with agreement.").waitFor();
      await step(page, "Close");
      await expectState(page, "Closed");
      assert.match(await page.locator(".history").innerText(), /Verified by au-02\s+Read 20 incidents closed since/);
    }));

  test("without scripts a finding is recorded, a file handed over and the finding issued", () =>
    as(
      "la-01",
      async (page) => {
        const ref = await recordFinding(page, audit, { title: "Priorities are set by hand" });
        const bytes = Buffer.from("incident;priority\nINC0000045;3\n");
        await handOver(page, "priorities.csv", bytes);
        assert.equal(new URL(page.url()).pathname, `/findings/${ref}`);
        await step(page, "Issue");
        await expectState(page, "Issued");
      },
      { javaScriptEnabled: false },
    ));

  test("a request is answered with a file, returned with words, answered again and accepted", async () => {
    const address = "/requests/ER-0001";
    const at = (account, deed) =>
      as(account, async (page) => {
        await page.goto(address);
        return deed(page);
      });
    await at("po-01", async (page) => {
      await handOver(page, "procedure.txt", Buffer.from("Incident management procedure, edition 3\n"), "Document store");
      await step(page, "Submit");
      await expectState(page, "Submitted");
    });
    await at("au-02", async (page) => {
      await step(page, "Return with a comment", "Edition 2 was in force in March.");
      await expectState(page, "Returned");
    });
    await at("po-01", async (page) => {
      assert.match(await page.locator(".banner.warn").innerText(), /Edition 2 was in force in March\./);
      await handOver(page, "procedure, edition 2.txt", Buffer.from("Incident management procedure, edition 2\n"), "Document store");
      await step(page, "Submit");
    });
    await at("au-02", async (page) => {
      await step(page, "Accept");
      await expectState(page, "Accepted");
    });
  });

  test("a new version of a file keeps the period and the confidentiality that were given with it", () =>
    onFinding("la-01", async (page) => {
      await page.locator(".files a").first().click();
      const form = page.locator("form.upload");
      await form.getByLabel("Period covered, from").fill("2022-02-01");
      await form.getByLabel("Period covered, to").fill("2022-02-28");
      const choice = form.getByLabel("Confidentiality");
      const word = await choice.locator("option").last().innerText();
      await choice.selectOption({ label: word });
      await form.locator("input[type=file]").setInputFiles({ name: "second.txt", mimeType: "text/plain", buffer: Buffer.from("second\n") });
      await form.getByRole("button", { name: "Hand over a file" }).click();
      const version = page.locator(".panel", { has: page.getByRole("heading", { name: "Version 2", exact: true }) });
      const words = await version.innerText();
      assert.match(words, /2022-02-01 to 2022-02-28/);
      assert.ok(words.includes(word), `the confidentiality is ${word}`);
    }));

  test("a receipt names the file, its whole digest, its size and its place in the log", () =>
    onFinding("la-01", async (page) => {
      await page.goto(`/findings/${story.finding}`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".files").getByRole("link", { name: "Download" }).first().click(),
      ]);
      const bytes = readFileSync(await download.path());
      const digest = createHash("sha256").update(bytes).digest("hex");
      await page.locator(".files").getByRole("link", { name: "Receipt" }).first().click();
      const words = (await page.locator("main").innerText()).replace(/\s+/g, " ");
      assert.ok(words.includes("closed incidents, october.bin"), "the name");
      assert.ok(words.replace(/\s/g, "").includes(digest), "the whole digest of what was downloaded");
      assert.match(words, /3 MiB|3\.0 MiB|3[ ,.]?145[ ,.]?728/, "the size");
      assert.ok((await page.locator('main a[href^="/log/"]').count()) > 0, "the place in the log");
    }));

  test("a bundle sealed in the browser is downloaded and passes tickmark-verify with the fingerprint from /keys", () =>
    as("la-01", async (page) => {
      await page.goto("/bundles");
      await page.getByRole("link", { name: "Seal a bundle" }).click();
      await page.getByLabel("Audit").selectOption(audit);
      await page.getByRole("button", { name: "Show what it would contain" }).click();
      await page.getByRole("button", { name: "Seal the bundle" }).click();
      await page.getByRole("link", { name: /^Download/ }).waitFor({ timeout: 60000 });
      await expectState(page, "Sealed");
      story.bundleAddress = new URL(page.url()).pathname;
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /^Download/ }).click(),
      ]);
      story.bundle = join(world.server.folder, "sealed.evidence.zip");
      await download.saveAs(story.bundle);
      const digest = createHash("sha256").update(readFileSync(story.bundle)).digest("hex");
      assert.ok((await page.locator("main").innerText()).includes(digest), "the page shows the file's digest");
      await page.goto("/keys");
      const root = (await page.locator(".panel", { hasText: "Root certificate" }).locator(".full").innerText()).trim();
      const verified = await run(program("tickmark-verify"), ["--fingerprint", root, story.bundle]);
      assert.equal(verified.code, 0, verified.out + verified.err);
    }));

  test("anybody verifies the bundle on the page without an account: passed, and failed after one changed byte", async () => {
    assert.ok(story.bundle, "a bundle was sealed");
    const context = await world.browser.window();
    const page = await context.newPage();
    const verify = async (bytes) => {
      await page.goto("/verify");
      await page.locator("input[name=bundle]").setInputFiles({ name: "b.evidence.zip", mimeType: "application/zip", buffer: bytes });
      await page.getByRole("button", { name: "Verify the bundle" }).click();
      return page.locator(".verdict").innerText();
    };
    const bytes = readFileSync(story.bundle);
    assert.match(await verify(bytes), /^Passed: intact, authentic, complete, in the log/);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    assert.match(await verify(bytes), /^Failed: do not rely on this bundle/);
    await context.close();
  });

  world.story = story;
}
