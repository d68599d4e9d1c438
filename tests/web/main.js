// Tests of the offline page that checks an evidence bundle. Usage: node main.js [PART OF A SENTENCE]
import { runAll } from "../browser/lib/cases.js";
import { addCore } from "./core.js";
import { addPage } from "./page.js";
import { addParts } from "./parts.js";
import { addVectors } from "./vectors.js";
import { Chromium } from "./chromium.js";

const chromium = new Chromium();
let failed = 1;
try {
  addParts();
  addCore();
  addVectors(chromium);
  addPage(chromium);
  failed = await runAll(process.argv[2]);
} finally {
  await chromium.stop();
}
process.exit(failed === 0 ? 0 : 1);
