// Tests of the pages in a browser. Usage: node main.js [PART OF A SENTENCE]
import { Browser } from "./lib/browser.js";
import { runAll } from "./lib/cases.js";
import { startServer } from "./lib/server.js";
import { addContactSheet } from "./contact-sheet.js";
import { addJourneys } from "./journeys.js";
import { addLanguages } from "./languages.js";
import { addLists } from "./lists.js";
import { addPages } from "./pages.js";
import { addPasskeys } from "./passkeys.js";
import { addPreviews } from "./previews.js";
import { addRefusals } from "./refusals.js";
import { addScreenshots } from "./screenshots.js";
import { addSecondFactor } from "./second-factor.js";
import { addUploads } from "./uploads.js";

const server = await startServer();
let failed = 1;
try {
  const browser = await Browser.start(server);
  const world = { server, browser, story: {}, roleOf: (account) => server.people[account].name.toLowerCase() };
  addJourneys(world);
  addLists(world);
  addRefusals(world);
  addPreviews(world);
  addUploads(world);
  addPages(world);
  addLanguages(world);
  addScreenshots(world);
  addContactSheet(world);
  addSecondFactor(world);
  addPasskeys(world);
  failed = await runAll(process.argv[2]);
  await browser.stop();
} finally {
  await server.stop();
}
process.exit(failed === 0 ? 0 : 1);
