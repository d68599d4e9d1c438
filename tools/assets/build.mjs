// Bundles every script of templates/scripts and the licences of the packages in them. Usage: node build.mjs FOLDER
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { usedPackages } from "../lib/licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const scripts = resolve(here, "../../templates/scripts");
const target = resolve(process.argv[2]);

const { outputFiles, metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: readdirSync(scripts).filter((name) => name.endsWith(".js")).sort().map((name) => join(scripts, name)),
  outdir: target,
  nodePaths: [join(here, "node_modules")],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});

const notices = usedPackages(here, Object.keys(metafile.inputs))
  .map(({ name, version, license, text }) => `${name} ${version}, ${license}\n\n${text}\n`)
  .join(`\n${"-".repeat(72)}\n\n`);
mkdirSync(target, { recursive: true });
for (const { path, text } of outputFiles) writeFileSync(path, text);
writeFileSync(join(target, "third-party.txt"), `Packages in the scripts of these pages, with their licences.\n\n${notices}`);
