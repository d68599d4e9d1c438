// A folder at once: which open requests its files answer, and after a yes the files themselves.
import { said } from "../lib/said.js";
import { acceptDrops, chooseFolder, chosenIn } from "./pick.js";
import { settingOf } from "./form.js";
import { Queue } from "./queue.js";
import { element, files, problemWords } from "./words.js";

async function proposal(form, picks) {
  const answer = await fetch(`/api/v1/audits/${encodeURIComponent(form.elements.audit.value)}/requests/matching`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": form.dataset.csrf },
    body: JSON.stringify({ file_names: picks.map((pick) => pick.path) }),
  });
  const text = await answer.text();
  return answer.ok ? { matching: JSON.parse(text) } : { words: problemWords(answer.status, text) };
}

export function enhanceMatching(form) {
  const setting = settingOf(form);
  const input = element("input", { type: "file", multiple: true });
  const folder = element("button", { type: "button", class: "plain", on: { click: async () => take(await chooseFolder()) } }, said`Choose a folder`);
  const zone = element("div", { class: "drop" },
    element("p", { class: "drop-words" }, said`Drop a folder or files here, or choose them. They are matched first; nothing is sent before you say so.`),
    element("label", {}, said`Files`, input), folder);
  const confirm = element("button", { type: "button", class: "primary", hidden: true, on: { click: () => queue.start() } });
  const place = element("div", { class: "upload up-matching" }, zone, element("p", { class: "upload-note", role: "status" }), confirm);
  form.elements.names.closest("label").before(place);

  setting.rowsChanged = (queue) => {
    const count = queue.waiting.length;
    confirm.hidden = queue.going || count === 0;
    const requests = new Set(queue.waiting.flatMap((row) => row.facts.request.split(" ")));
    confirm.textContent = requests.size === 1 ? said`Hand over ${files(count)} for 1 request` : said`Hand over ${files(count)} for ${requests.size} requests`;
  };
  const queue = new Queue(place, setting, ({ done, refused }) => {
    queue.say(refused > 0 ? said`${files(done.length)} handed over, ${refused} not taken: the reason stands with each.`
      : said`${files(done.length)} handed over; each has its receipt.`);
  });

  const take = async (picks) => {
    if (picks.length === 0) return;
    const { matching, words } = await proposal(form, picks);
    if (!matching) {
      queue.say(words);
      return;
    }
    for (const row of queue.rows.filter((one) => ["waiting", "refused"].includes(one.state))) row.cancel();
    place.querySelectorAll(".up-none").forEach((row) => row.remove());
    matching.files.forEach((match, at) => show(queue, picks[at], match));
    const none = matching.unmatched.length;
    const open = matching.unanswered.length > 0 ? ` ${said`Still without a file: ${matching.unanswered.join(", ")}.`}` : "";
    queue.say(said`${files(picks.length - none)} of ${picks.length} answer a request.` + open);
  };
  acceptDrops(zone, take);
  input.addEventListener("change", () => {
    take(chosenIn(input));
    input.value = "";
  });
}

function show(queue, pick, match) {
  if (match.requests.length === 0) {
    const why = match.strangers.length > 0 ? said`${match.strangers.join(", ")} is no open request of yours here` : said`no request in its name`;
    queue.list.append(element("li", { class: "up-row warn up-none" }, element("p", { class: "up-head" }, element("bdi", { class: "up-name" }, pick.path)),
      element("p", { class: "up-note" }, said`Not handed over: ${why}.`)));
    return;
  }
  const row = queue.add(pick, { request: match.requests.join(" "), title: pick.path.slice(0, 300) });
  row.say(said`Answers ${match.requests.join(", ")}`);
}
