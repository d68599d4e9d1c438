// The menu and the keys. Pages work without this script.
import { said } from "./lib/said.js";

// The menu is open on wide screens and closed on small ones.
const drawer = document.querySelector("details.drawer");
if (drawer && matchMedia("(max-width: 60rem)").matches) drawer.removeAttribute("open");

// On a phone the list comes first: the fields of its filter open behind one line.
function foldFilters() {
  if (!matchMedia("(max-width: 40rem)").matches) return;
  for (const form of document.querySelectorAll("form.filters:not(details *)")) {
    const box = document.createElement("details");
    box.className = "folded";
    const line = document.createElement("summary");
    line.textContent = said`Filter`;
    form.before(box);
    box.append(line, form);
  }
}
foldFilters();
document.addEventListener("htmx:afterSettle", foldFilters);

// Keys. One table: what works is what the help shows. Places are offered to those whose menu has them.
const places = [
  ["h", "/", said`Home`],
  ["d", "/due", said`What is due`],
  ["u", "/audits", said`Audits`],
  ["f", "/findings", said`Findings`],
  ["q", "/requests", said`Requests`],
  ["a", "/actions", said`Actions`],
  ["e", "/evidence", said`Evidence`],
  ["r", "/improvements", said`Improvements`],
  ["o", "/objectives", said`Objectives`],
  ["k", "/kpis", said`KPIs`],
  ["t", "/trends", said`Trends`],
  ["l", "/lessons", said`Lessons`],
  ["b", "/bundles", said`Bundles`],
  ["x", "/log", said`Audit trail`],
  ["v", "/verify", said`Verify`],
].filter(([, href]) => document.querySelector('nav a[href="' + href + '"]'));
const keys = [
  ["/", said`Search`, search],
  ["j", said`Next row`, () => step(1)],
  ["k", said`Row before`, () => step(-1)],
  ["x", said`Choose the row`, choose],
  ["n", said`New, where the page offers it`, () => follow(document.querySelector("main .head a.primary"))],
  ["]", said`Next page`, () => follow(document.querySelector('main a[rel="next"]'))],
  ["[", said`Page before`, () => follow(document.querySelector('main a[rel="prev"]'))],
  ["?", said`These keys`, help],
];
let goes = false;

function isTyping(target) {
  if (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target.tagName === "INPUT" && !["checkbox", "radio", "submit", "button"].includes(target.type);
}

function follow(link) {
  if (link) link.click();
  return Boolean(link);
}

function search() {
  const field = document.getElementById("find");
  if (!field) return false;
  if (drawer) drawer.setAttribute("open", "");
  field.focus();
  return true;
}

function rowLinks() {
  return [...document.querySelectorAll("main table tbody tr")]
    .map((row) => row.querySelector("a[href]"))
    .filter((link) => link && link.offsetParent !== null);
}

// The focus itself moves, so that a screen reader reads the row and Enter opens it.
function step(by) {
  const links = rowLinks();
  if (links.length === 0) return false;
  const row = document.activeElement.closest("tbody tr");
  const now = links.findIndex((link) => row && row.contains(link));
  const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
  return true;
}

function choose() {
  const row = document.activeElement.closest("tbody tr");
  const box = row && row.querySelector('input[type="checkbox"][name="item"]');
  if (box) box.click();
  return Boolean(box);
}

function made(tag, text, parent) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (parent) parent.append(element);
  return element;
}

function help() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-head");
  made("h2", said`Keys`, dialog).id = "keys-head";
  const list = made("dl", "", dialog);
  const rows = keys.map(([key, words]) => [key, words]).concat(places.map(([key, , words]) => ["g " + key, words]));
  for (const [key, words] of rows.concat([["Enter", said`Open the row`], ["Esc", said`Close this`]])) {
    made("kbd", key, made("dt", "", list));
    made("dd", words, list);
  }
  const form = made("form", "", dialog);
  form.method = "dialog";
  made("button", said`Close`, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const place = goes ? places.find(([key]) => key === event.key) : undefined;
  const went = goes;
  goes = event.key === "g" && !went;
  if (place) {
    location.assign(place[1]);
  } else if (!went) {
    const known = keys.find(([key]) => key === event.key);
    if (known && known[2]()) event.preventDefault();
  }
});

// Many rows at once: the number chosen, and all of this page with one tick.
function tell(form) {
  const boxes = [...form.querySelectorAll('tbody input[name="item"]')];
  const chosen = boxes.filter((box) => box.checked).length;
  const count = form.querySelector(".bulk-count");
  if (count) count.textContent = chosen > 0 ? ", " + said`${chosen} chosen` : "";
  if (chosen > 0) form.querySelector("details.bulk").open = true;
  const all = form.querySelector(".pick-all");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

function prepareBulk() {
  for (const head of document.querySelectorAll(".bulk-form th.pick")) {
    if (head.querySelector("input")) continue;
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "pick-all";
    const words = made("span", said`Choose all on this page`);
    words.className = "unseen";
    label.append(box, words);
    head.replaceChildren(label);
    tell(head.closest("form"));
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest(".bulk-form");
  if (!form) return;
  if (event.target.classList.contains("pick-all")) {
    for (const box of form.querySelectorAll('tbody input[name="item"]')) box.checked = event.target.checked;
  }
  tell(form);
});
prepareBulk();

// Lists change in place: what changed is said once, and the focus is never lost.
let before = "";

document.addEventListener("click", (event) => {
  before = event.target.closest(".chips a") ? location.pathname + location.search : "";
});

function offerUndo() {
  const line = document.querySelector("#list .list-line");
  if (!before || !line) return;
  const undo = made("a", said`Undo`, line);
  undo.href = before;
  undo.className = "undo";
  setTimeout(() => undo.remove(), 10000);
  before = "";
}

document.addEventListener("htmx:before:swap", (event) => {
  // Signed out meanwhile, or an error page: show it whole.
  const { ctx } = event.detail;
  if (ctx.select !== "#list" || ctx.text.includes('id="list"')) return;
  event.preventDefault();
  location.assign(ctx.request.action);
});

document.addEventListener("htmx:after:swap", () => {
  const count = document.getElementById("count");
  const voice = document.getElementById("said");
  prepareBulk();
  offerUndo();
  if (count && voice) voice.textContent = count.textContent;
  if (document.activeElement === document.body) {
    const heading = document.querySelector("main h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
});
