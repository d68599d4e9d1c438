// Builds build/web/tickmark-verify.html and its digest. Usage: node build.mjs [OUTPUT FOLDER]
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { licencesOf } from "./lib/licences.mjs";
import { generatedModules } from "./lib/modules.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const target = resolve(process.argv[2] ?? join(root, "build/web"));

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  charset: "utf8",
  legalComments: "none",
  target: "es2022",
  logLevel: "warning",
  plugins: [generatedModules(root, here)],
};

async function bundled(entry, options) {
  const { outputFiles, metafile } = await esbuild.build({ ...common, entryPoints: [entry], ...options });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

const hashOf = (text) => createHash("sha256").update(text).digest("base64");
const versionOf = () => {
  const found = /project\(\s*tickmark\b[^)]*?VERSION\s+([0-9.]+)/is.exec(readFileSync(join(root, "CMakeLists.txt"), "utf8"));
  if (!found) throw new Error("CMakeLists.txt names no version of the project.");
  return found[1];
};

/** Text that may stand inside <script>: nothing in it ends the element. */
const inScript = (text) => text.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--");

async function buildPage() {
  const worker = await bundled("src/page/worker.js", { format: "iife" });
  const style = await bundled("src/page/page.css", {});
  const page = await bundled("src/page/page.js", {
    format: "iife",
    define: { WORKER_CODE: JSON.stringify(worker.text), PAGE_VERSION: JSON.stringify(versionOf()) },
  });
  const script = inScript(page.text);
  const css = style.text.trimEnd();
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${hashOf(css)}'`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const fill = { POLICY: policy, STYLE: css, SCRIPT: script, VERSION: versionOf(), LICENCES: licencesOf(here, [...worker.inputs, ...page.inputs]) };
  const template = readFileSync(join(here, "src/page/page.html"), "utf8");
  return template.replace(/\{\{([A-Z]+)\}\}/g, (_, name) => fill[name]);
}

mkdirSync(target, { recursive: true });
const html = await buildPage();
const file = join(target, "tickmark-verify.html");
writeFileSync(file, html);
writeFileSync(`${file}.sha256`, `${createHash("sha256").update(html).digest("hex")}  tickmark-verify.html\n`);
const core = await bundled("src/node.js", { format: "esm", platform: "browser", external: ["node:*"], minify: false });
writeFileSync(join(target, "verify-core.mjs"), core.text);
console.log(`Wrote ${file} (${Math.ceil(html.length / 1024)} KiB) and its digest.`);
