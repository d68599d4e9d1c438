// Hands files over piece by piece, so that a broken connection or a closed machine costs nothing that has arrived.
// Without this script the same forms post one file by themselves.
import { enhanceForm } from "./upload/form.js";
import { enhanceMatching } from "./upload/matching.js";

for (const form of document.querySelectorAll("form[data-upload]")) enhanceForm(form);
for (const form of document.querySelectorAll("form[data-upload-matching]")) enhanceMatching(form);
