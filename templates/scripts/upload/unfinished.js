// Files that were begun here earlier and never finished: how far they came, and how to go on.
import { said } from "../lib/said.js";
import { endUpload } from "./row.js";
import { element, percent } from "./words.js";

const stem = "tus::";
const targets = ["finding", "action", "request", "improvement", "audit", "evidence"];

/** Every remembered upload of this person for this thing: [{ store, path, address }]. */
function remembered(setting, facts) {
  const found = [];
  for (const store of Object.keys(localStorage).filter((key) => key.startsWith(`${stem}tickmark|`))) {
    const parts = store.slice(stem.length).split("|");
    const same = parts[1] === setting.person && targets.every((name, at) => parts[at + 2] === (facts[name] ?? ""));
    if (!same) continue;
    try {
      found.push({ store, path: parts.slice(8, -2).join("|"), address: JSON.parse(localStorage.getItem(store)).uploadUrl });
    } catch {
      localStorage.removeItem(store);
    }
  }
  return found;
}

async function forget(one, setting, root) {
  root.remove();
  localStorage.removeItem(one.store);
  await endUpload(one.address, setting.csrf);
}

async function show(one, setting, list) {
  const answer = await fetch(one.address).catch(() => null);
  if (answer?.status === 404) localStorage.removeItem(one.store);
  if (!answer?.ok) return;
  const state = await answer.json();
  if (state.version) {
    localStorage.removeItem(one.store);
    return;
  }
  const root = element("li", { class: "up-row" },
    element("p", { class: "up-head" }, element("bdi", { class: "up-name" }, one.path)),
    element("p", { class: "up-note" }, said`${percent(state.received, state.length)} % arrived earlier. Choose the same file again and hand it over: it goes on from there.`),
    element("p", { class: "up-buttons" },
      element("button", { type: "button", class: "plain", "aria-label": said`Forget ${one.path}`, on: { click: () => forget(one, setting, root) } }, said`Forget it`)));
  list.append(root);
}

export async function showUnfinished(form, setting, facts) {
  const all = remembered(setting, facts);
  if (all.length === 0) return;
  const list = element("ul", { class: "up-rows up-before" });
  form.querySelector(".drop").before(list);
  for (const one of all) await show(one, setting, list);
  form.addEventListener("submit", () => list.remove(), { once: true });
  if (list.childElementCount === 0) list.remove();
}
