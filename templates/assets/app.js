// The menu and the keys. Pages work without this script.
"use strict";

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
