// The licences of the third-party code in the page, as HTML.
import { usedPackages } from "../../lib/licences.mjs";

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** One <details> for each package whose code is in the page. */
export function licencesOf(folder, inputs) {
  return usedPackages(folder, inputs)
    .map(
      ({ name, version, license, text }) =>
        `<details><summary>${escaped(name)} ${version}, ${escaped(license)}</summary><pre tabindex="0">${escaped(text)}</pre></details>`,
    )
    .join("\n");
}
