// A small runner: cases run one after the other in the order they were added, each with a time limit, and the last
// line is `N passed, N failed`. A case that needs an earlier one says so by its text and fails by itself.
import { cpus } from "node:os";

const cases = [];
const availableCores = () => cpus().length;

/**
 * Adds a case. `sentence` says what holds when it passes. Neighbours that are marked `beside` change nothing and may run
 * beside each other.
 */
export function test(sentence, run, { seconds = 120, beside = false } = {}) {
  cases.push({ sentence, run, seconds, beside });
}

function withLimit(promise, seconds) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${seconds} seconds`)), seconds * 1000);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function runOne(one) {
  const begun = Date.now();
  try {
    await withLimit(Promise.resolve().then(one.run), one.seconds);
    console.log(`ok      ${one.sentence} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    return 0;
  } catch (error) {
    console.log(`FAILED  ${one.sentence}`);
    console.log(String(error.stack || error).replace(/^/gm, "        "));
    return 1;
  }
}

/** The neighbours from `at` on that may run together; at least one. */
function groupFrom(chosen, at) {
  let end = at + 1;
  while (chosen[at].beside && end < chosen.length && chosen[end].beside) end += 1;
  return chosen.slice(at, end);
}

async function runTogether(group, workers) {
  const waiting = [...group];
  let failed = 0;
  const work = async () => {
    while (waiting.length > 0) {
      // Not `failed += await ...`: that would add to what `failed` was before the wait.
      const fault = await runOne(waiting.shift());
      failed += fault;
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, group.length) }, work));
  return failed;
}

/** Runs every case whose sentence contains `only` (all without it). Resolves to the number that failed. */
export async function runAll(only = "") {
  const chosen = cases.filter((one) => one.sentence.includes(only));
  const workers = Math.max(1, Math.min(4, availableCores()));
  let failed = 0;
  for (let at = 0; at < chosen.length; ) {
    const group = groupFrom(chosen, at);
    failed += await runTogether(group, workers);
    at += group.length;
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return chosen.length === 0 ? 1 : failed;
}
