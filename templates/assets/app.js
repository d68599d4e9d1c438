// Sends a file as one raw body with a progress bar. Without this script the same form posts by itself.
"use strict";

function describe(status, text) {
  try {
    const problem = JSON.parse(text);
    return [problem.detail || problem.title, problem.fix].filter(Boolean).join(" ");
  } catch {
    return "The file was not taken (status " + status + "). Try again.";
  }
}

function send(form, file) {
  const bar = form.querySelector("progress");
  const note = form.querySelector(".upload-note");
  const query = new URLSearchParams(form.dataset.upload);
  query.set("file_name", file.name);
  for (const [name, value] of new FormData(form)) {
    if (!["csrf", "back", "file"].includes(name) && value.trim()) query.set(name, value.trim());
  }
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/evidence?" + query);
  request.setRequestHeader("X-CSRF-Token", form.dataset.csrf);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && event.total > 0) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("load", () => {
    if (request.status !== 201) {
      bar.classList.add("hidden");
      note.textContent = describe(request.status, request.responseText);
      return;
    }
    location.assign(form.elements.back.value);
  });
  request.addEventListener("error", () => {
    bar.classList.add("hidden");
    note.textContent = "The connection broke; nothing was kept. Hand the file over again.";
  });
  bar.classList.remove("hidden");
  note.textContent = "Handing over " + file.name;
  request.send(file);
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file) return;
    event.preventDefault();
    send(form, file);
  });
}

// The menu is open on wide screens and closed on small ones.
const drawer = document.querySelector("details.drawer");
if (drawer && matchMedia("(max-width: 60rem)").matches) drawer.removeAttribute("open");

// Keys: "/" goes to the search, "g" and a letter to a list.
const places = { h: "/", f: "/findings", a: "/actions", e: "/evidence", r: "/improvements" };
let goes = false;

function isTyping(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const place = goes ? places[event.key] : undefined;
  goes = event.key === "g";
  if (place) {
    location.assign(place);
  } else if (event.key === "/" && document.getElementById("find")) {
    event.preventDefault();
    if (drawer) drawer.setAttribute("open", "");
    document.getElementById("find").focus();
  }
});
