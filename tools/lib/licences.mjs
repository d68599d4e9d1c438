// The licences of the third-party code that was bundled, by name and version of the lock file.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** "node_modules/@noble/curves/esm/x.js" → "@noble/curves". */
function packageOf(input) {
  const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  return found ? found[1] : null;
}

function licenceText(folder) {
  const name = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!name) throw new Error(`${folder} has no licence text.`);
  return readFileSync(join(folder, name), "utf8").trim();
}

/** {name, version, license, text} of each package whose code is among the inputs, by name. */
export function usedPackages(folder, inputs) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const names = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  return names.map((name) => {
    const { version, license } = lock[`node_modules/${name}`];
    const place = join(folder, "node_modules", name);
    if (!existsSync(place)) throw new Error(`${name} is not installed.`);
    return { name, version, license, text: licenceText(place) };
  });
}
