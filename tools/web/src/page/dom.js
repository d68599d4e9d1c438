// Makes elements. Text always goes in as text, never as markup: much of it comes from the bundle.

const svgSpace = "http://www.w3.org/2000/svg";

/** element("p", { class: "x" }, "text", child …); null and undefined children are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("class", "ic");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svgSpace, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Text of the bundle: its direction of writing must not touch what stands beside it. */
export const quoted = (text) => element("bdi", {}, text);
