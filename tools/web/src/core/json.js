// Canonical JSON (RFC 8785): reading it strictly and writing it.
import { textOf } from "./bytes.js";

const deepest = 64;

/** How deep arrays and objects are nested, without building anything. */
function depthOf(text) {
  let depth = 0;
  let greatest = 0;
  let inString = false;
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) ++i;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) greatest = Math.max(greatest, ++depth);
    else if (code === 0x7d || code === 0x5d) --depth;
  }
  return greatest;
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The value as canonical text. Throws when a string holds half a character. */
export function canonical(value) {
  if (typeof value === "string") {
    if (loneSurrogate.test(value)) throw new RangeError("half a character");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * Reads JSON from bytes. Answers { value } or { wrong: "why" }, with both when it is only not canonical. With `mustBeCanonical` the bytes must be what
 * canonical() writes, so that a member that stands twice, other white space or another order is refused.
 */
export function readJson(bytes, mustBeCanonical) {
  const text = textOf(bytes);
  if (text === null) return { wrong: "is not UTF-8" };
  if (depthOf(text) > deepest) return { wrong: `is nested more than ${deepest} levels deep` };
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: "is not JSON" };
  }
  if (!mustBeCanonical) return { value };
  try {
    if (canonical(value) !== text) return { value, wrong: "is not canonical JSON (RFC 8785)" };
  } catch {
    return { wrong: "holds a string with half a character" };
  }
  return { value };
}
