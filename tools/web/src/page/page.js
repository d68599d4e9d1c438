// The page: what the person brings, the progress, and the report.
/* global WORKER_CODE, PAGE_VERSION */
import { element } from "./dom.js";
import { headlineOf, reportElements, sizeWords } from "./show.js";

const at = (id) => document.getElementById(id);
const workerCode = WORKER_CODE;
const workerAddress = URL.createObjectURL(new Blob([workerCode], { type: "text/javascript" }));

let chosenFile = null;
let running = null;
let lastReport = null;

const linesOf = (id) => at(id).value.split("\n").map((line) => line.trim()).filter(Boolean);

/** Fingerprints may be spelled as words over several lines: lines of words belong together. */
function fingerprintsOf(id) {
  const lines = linesOf(id);
  return lines.length > 0 && lines.every((line) => /^[a-z0-9.,\s-]+$/i.test(line) && /[g-z]{2}/i.test(line) && !/sha256/i.test(line)) ? [lines.join(" ")] : lines;
}

function brought() {
  return {
    anchorFiles: [...at("anchors").files],
    fingerprints: fingerprintsOf("fingerprints"),
    timestampFiles: [...at("timestamp-anchors").files],
    timestampFingerprints: fingerprintsOf("timestamp-fingerprints"),
    crlFiles: [...at("crls").files],
    logKey: at("log-key").value,
    witnessKeys: linesOf("witness-keys"),
    earlier: [...at("earlier").files],
    required: [...document.querySelectorAll("input[name=required]:checked")].map((box) => box.value),
  };
}

function clearErrors() {
  at("error").hidden = true;
  at("error").replaceChildren();
  for (const old of document.querySelectorAll(".field-error")) old.remove();
  for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function showError(message) {
  at("error").textContent = message;
  at("error").hidden = false;
}

/** What was typed or chosen cannot be used: said at the top and beside the field. */
function showRefusal({ field, message }) {
  showError(message);
  const place = document.querySelector(`[data-field="${field}"]`);
  if (!place) return;
  place.closest("details")?.setAttribute("open", "");
  const input = place.querySelector("textarea, input");
  input.setAttribute("aria-invalid", "true");
  place.append(element("p", { class: "field-error" }, message));
  input.focus();
}

function setRunning(isRunning) {
  at("verify").disabled = isRunning || chosenFile === null;
  at("stop").hidden = !isRunning;
  at("work").hidden = !isRunning;
  at("verify").textContent = lastReport ? "Verify again" : "Verify";
}

function showProgress(done, total) {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  at("progress").value = share;
  at("progress-text").textContent = `Reading ${chosenFile.name}: ${Math.floor(share * 100)}%`;
}

function stop(message) {
  running?.terminate();
  running = null;
  setRunning(false);
  at("status").textContent = message;
}

function buttons() {
  const save = element("button", { type: "button", class: "plain", id: "save" }, "Save the report (JSON)");
  save.addEventListener("click", saveReport);
  const print = element("button", { type: "button", class: "plain", id: "print" }, "Print");
  print.addEventListener("click", () => window.print());
  return element("p", { class: "buttons no-print" }, save, print);
}

function saveReport() {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(lastReport, null, 2)}\n`], { type: "application/json" }));
  const link = element("a", { href: address, download: `${chosenFile.name.replace(/(\.evidence)?\.zip$/, "")}.verification.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function showReport(data, things) {
  lastReport = data.report;
  const context = { ...data, brought: things, fileName: chosenFile.name, at: new Date().toISOString(), version: PAGE_VERSION };
  const place = at("report");
  place.replaceChildren(...reportElements(data.report, context));
  place.querySelector(".checks").after(buttons());
  place.hidden = false;
  stop(`${headlineOf(data.report, data.anchors.length > 0)}.`);
  place.focus();
}

function answer(data, things, progress) {
  if (data.bytes) {
    progress.done += data.bytes;
    showProgress(progress.done, progress.total);
  } else if (data.report) showReport(data, things);
  else if (data.refused) {
    stop("");
    showRefusal(data.refused);
  } else {
    stop("");
    showError(`The file could not be read to its end: ${data.failed} Choose it again.`);
  }
}

function start() {
  if (chosenFile === null) return;
  running?.terminate();
  clearErrors();
  at("report").hidden = true;
  lastReport = null;
  at("status").textContent = "";
  const things = brought();
  const progress = { done: 0, total: 2 * chosenFile.size };
  const worker = new Worker(workerAddress);
  running = worker;
  setRunning(true);
  showProgress(0, progress.total);
  worker.onmessage = ({ data }) => running === worker && answer(data, things, progress);
  worker.onerror = (event) => {
    event.preventDefault();
    stop("");
    showError(`This page cannot work here: ${event.message || "a worker could not be started"}. Use another browser, or tickmark-verify.`);
  };
  worker.postMessage({ check: { file: chosenFile, brought: things, code: workerCode } });
}

function choose(file) {
  if (!file) return;
  chosenFile = file;
  at("chosen").textContent = `${file.name}, ${sizeWords(file.size)}`;
  start();
}

function listenToDrops() {
  const drop = at("drop");
  const mark = (isOver) => drop.classList.toggle("over", isOver);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    choose(event.dataTransfer.files[0]);
  });
}

async function showProgram() {
  const text = new TextEncoder().encode(document.querySelector("script").textContent);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  const digits = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  at("program").textContent = digits.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
}

at("file").addEventListener("change", () => choose(at("file").files[0]));
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
at("stop").addEventListener("click", () => stop("Stopped. Nothing was decided."));
listenToDrops();
if (globalThis.crypto?.subtle) showProgram();
else showError("This browser gives no cryptography to this page. Open the file from your disk, not from a web address without https.");
