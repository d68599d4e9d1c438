// What must hold of every page: its HTML, its accessibility in light and dark, its width on a small screen.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// What the HTML standard and the accessibility guidelines say, and not how somebody likes to write it.
const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      "no-inline-style": "error",
      "no-dup-id": "error",
      "no-unknown-elements": "error",
      "no-implicit-button-type": "off",
      "no-redundant-for": "off",
      "doctype-style": "off",
    },
  }),
);

/** The errors in a page's source, one line each. */
export async function htmlErrors(source) {
  const report = await validator.validateString(source);
  return report.results.flatMap((result) =>
    result.messages
      .filter((message) => message.severity === 2)
      .map((message) => {
        const line = source.split("\n")[message.line - 1] ?? "";
        return `html ${message.ruleId}: ${message.message} in ${line.slice(Math.max(0, message.column - 40), message.column + 60)}`;
      }),
  );
}

const everyRule = { resultTypes: ["violations"] };
const colourRules = { resultTypes: ["violations"], runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

async function axeErrors(page, theme, options) {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  const violations = await page.evaluate((wish) => window.axe.run(document, wish).then((found) => found.violations), options);
  return violations.map((one) => {
    const places = one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.html.slice(0, 120)})`);
    return `axe ${theme} ${one.id}: ${one.help}: ${places.join("; ")}`;
  });
}

/** Violations of every rule in light, and of the rules about colour in dark. */
export async function accessibilityErrors(page) {
  await page.evaluate(axeSource);
  const light = await axeErrors(page, "light", everyRule);
  const dark = await axeErrors(page, "dark", colourRules);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark];
}

/** Whether the document is wider than a screen of 390 pixels, and what sticks out. */
export async function widthErrors(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return "";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const out = [];
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const around = texts.currentNode.parentElement;
      const sticksOut = [...range.getClientRects(), around.getBoundingClientRect()].some((box) => box.right > root.clientWidth + 1);
      if (sticksOut && !around.closest("pre, .scroll, .skip, .unseen")) out.push(`${around.tagName.toLowerCase()}.${around.className} "${texts.currentNode.textContent.trim().slice(0, 60)}"`);
    }
    return `${root.scrollWidth} px, by ${out.slice(0, 3).join(", ")}`;
  });
  await page.setViewportSize(before);
  return wide ? [`wider than 390 px: ${wide}`] : [];
}
