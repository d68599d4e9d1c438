// Files that were chosen or dropped, whole folders too: [{ file, path }].

const chosen = (list) => Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }));

function entriesOf(reader) {
  return new Promise((done, fail) => reader.readEntries(done, fail));
}

async function walk(entry, above, found) {
  const path = above + entry.name;
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    found.push({ file, path });
    return;
  }
  const reader = entry.createReader();
  // A reader gives at most a hundred entries at a time.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
    for (const one of some) await walk(one, `${path}/`, found);
  }
}

/** What was dropped. The entries must be asked for before the event is over. */
export async function dropped(transfer) {
  const entries = Array.from(transfer.items ?? [], (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return chosen(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

/** Opens the browser's own window for a folder. */
export function chooseFolder() {
  return new Promise((done) => {
    const input = document.createElement("input");
    input.type = "file";
    input.webkitdirectory = true;
    input.addEventListener("change", () => done(chosen(input.files)));
    input.addEventListener("cancel", () => done([]));
    input.click();
  });
}

export const chosenIn = (input) => chosen(input.files);

/** Lets files be dropped on an element; `take` gets them, and `shown` is marked meanwhile. */
export function acceptDrops(zone, take, shown = zone) {
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    shown.classList.toggle("over", depth > 0);
  };
  zone.addEventListener("dragenter", (event) => {
    event.preventDefault();
    mark(1);
  });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("dragleave", () => mark(-1));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    mark(0);
    take(await dropped(event.dataTransfer));
  });
}
