// The form that hands files over to one thing, as a drop zone for many files and folders.
import { said } from "../lib/said.js";
import { acceptDrops, chooseFolder, chosenIn } from "./pick.js";
import { Queue } from "./queue.js";
import { element, files } from "./words.js";
import { showUnfinished } from "./unfinished.js";

const notFacts = ["csrf", "back", "file"];

export const settingOf = (form) => ({
  csrf: form.dataset.csrf,
  person: form.dataset.person ?? "",
  digestScript: form.dataset.digest,
});

function factsOf(form) {
  const facts = {};
  for (const [name, value] of new FormData(form)) {
    if (notFacts.includes(name) || typeof value !== "string" || !value.trim()) continue;
    // One list of different things says kind and reference in one word.
    const [kind, ref] = name === "answers" ? value.split(":") : [name, value.trim()];
    facts[kind] = ref;
  }
  return facts;
}

export function enhanceForm(form) {
  const input = form.elements.file;
  const button = form.querySelector("button:not([type])");
  const begin = button.textContent;
  const setting = settingOf(form);
  form.querySelector("progress")?.remove();
  input.multiple = true;
  input.required = false;

  const folder = element("button", { type: "button", class: "plain", on: { click: async () => take(await chooseFolder()) } }, said`Choose a folder`);
  const zone = element("div", { class: "drop" });
  input.closest("label").before(zone);
  zone.append(element("p", { class: "drop-words" }, said`Drop files or folders here, or choose them.`), input.closest("label"), folder);

  setting.rowsChanged = (queue) => {
    const count = queue.waiting.length;
    button.textContent = count > 1 && !queue.going ? said`Hand over ${files(count)}` : begin;
    button.disabled = queue.going;
  };
  const queue = new Queue(form, setting, ({ refused, differ }) => {
    button.disabled = false;
    if (refused > 0 || differ || queue.rows.length === 0) return;
    const back = new URL(form.elements.back.value, location.href);
    queue.keepOutcomes(back.pathname);
    if (back.pathname === location.pathname) location.reload();
    else location.assign(back.href);
  });

  const take = (picks) => {
    if (picks.length === 0) return;
    for (const row of queue.rows.filter((one) => one.state === "refused")) row.cancel();
    for (const pick of picks) queue.add(pick, {});
    queue.say(said`${files(queue.waiting.length)} chosen. Nothing is sent before you hand them over.`);
  };
  acceptDrops(form.dataset.anywhere === undefined ? zone : document.body, (picks) => {
    take(picks);
    // What they answer is asked once they are here.
    if (form.dataset.anywhere !== undefined) form.elements.answers.focus();
  }, zone);
  input.addEventListener("change", () => {
    take(chosenIn(input));
    input.value = "";
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (queue.waiting.length === 0) {
      queue.say(said`No file was chosen. Choose a file, then hand it over.`);
      input.focus();
      return;
    }
    const facts = factsOf(form);
    for (const row of queue.waiting) {
      row.facts = { ...facts };
      // A folder's file says where it stood.
      if (!facts.title && row.pick.path !== row.pick.file.name) row.facts.title = row.pick.path.slice(0, 300);
    }
    queue.start();
  });
  showUnfinished(form, setting, factsOf(form));
}
