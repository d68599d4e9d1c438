// Modules that are made while building: codes, schemas as code, and the words of fingerprints.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { codesOf } from "./codes.mjs";

/** Schemas compiled ahead, because the page's policy forbids making code while it runs. */
function schemaCode(root) {
  const read = (name) => JSON.parse(readFileSync(join(root, "schemas/json", name), "utf8"));
  const ajv = new Ajv({ strict: false, code: { source: true, esm: true, lines: true } });
  addFormats(ajv);
  ajv.addSchema(read("manifest.schema.json"), "manifest");
  ajv.addSchema(read("statement.schema.json"), "statement");
  ajv.addSchema(read("measurements.schema.json"), "measurements");
  return standaloneCode(ajv, { isManifest: "manifest", isStatement: "statement", isMeasurements: "measurements" });
}

function wordList(root) {
  const lines = readFileSync(join(root, "schemas/fingerprint-words.txt"), "utf8").split("\n");
  const words = lines.filter((line) => /^[a-z]{3,7}$/.test(line));
  if (words.length !== 256) throw new Error(`schemas/fingerprint-words.txt has ${words.length} words; there must be 256.`);
  return words;
}

/** A plugin of esbuild for `tickmark:codes`, `tickmark:schemas` and `tickmark:words`. */
export function generatedModules(root, folder) {
  const makers = {
    codes: () => `export default ${JSON.stringify(codesOf(readFileSync(join(root, "src/bundle/Codes.cpp"), "utf8")))};`,
    schemas: () => schemaCode(root),
    words: () => `export default ${JSON.stringify(wordList(root))};`,
  };
  return {
    name: "generated-modules",
    setup(build) {
      build.onResolve({ filter: /^tickmark:/ }, ({ path }) => ({ path: path.slice("tickmark:".length), namespace: "tickmark" }));
      build.onLoad({ filter: /.*/, namespace: "tickmark" }, ({ path }) => ({ contents: makers[path](), loader: "js", resolveDir: folder }));
    },
  };
}
