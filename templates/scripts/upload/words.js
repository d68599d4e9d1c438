// What the rows say, and how elements are made.
import { said } from "../lib/said.js";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, deed] of Object.entries(value)) made.addEventListener(event, deed);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function sizeText(bytes) {
  const units = [said`bytes`, "KB", "MB", "GB", "TB"];
  let unit = 0;
  let size = bytes;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

export const percent = (part, whole) => (whole === 0 ? 100 : Math.floor((100 * part) / whole));

/** "1 file", "3 files". */
export const files = (count) => (count === 1 ? said`1 file` : said`${count} files`);

/** First and last eight digits in groups of four. */
export function shortDigest(hex) {
  const groups = (text) => text.match(/.{4}/g).join(" ");
  return `${groups(hex.slice(0, 8))} … ${groups(hex.slice(-8))}`;
}

/** The words of a problem document (RFC 9457). */
export function problemWords(status, text) {
  try {
    const problem = JSON.parse(text);
    const parts = (problem.errors ?? []).map((part) => part.detail);
    return [problem.detail || problem.title, ...parts, problem.fix].filter(Boolean).join(" ");
  } catch {
    return said`The file was not taken (status ${status}). Try again.`;
  }
}
