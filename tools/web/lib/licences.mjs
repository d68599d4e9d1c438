// The licences of the third-party code that is in the page, by name and version of the lock file.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

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

/** One <details> for each package whose code is in the page. */
export function licencesOf(folder, inputs) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const names = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  return names
    .map((name) => {
      const { version, license } = lock[`node_modules/${name}`];
      const place = join(folder, "node_modules", name);
      if (!existsSync(place)) throw new Error(`${name} is not installed.`);
      return `<details><summary>${escaped(name)} ${version}, ${escaped(license)}</summary><pre tabindex="0">${escaped(licenceText(place))}</pre></details>`;
    })
    .join("\n");
}
