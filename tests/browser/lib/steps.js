// What people do on the pages, by the names that they read there.
import assert from "node:assert/strict";

/** An ISO date so many days from today. */
export function inDays(days) {
  return new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
}

/** A finding's text fields, in the words of the form. */
export const draft = {
  title: 'Tickets are closed <b>without</b> the user & "check"',
  clauses: "8.6.1",
  requirement: "The organisation shall close an incident after the user has agreed.",
  evidence: "Of 40 closed incidents that were read, 11 have no record of the user's agreement.",
  nature: "Incidents are closed without the agreement that the requirement asks for.",
};

/** Opens the form from the list, fills it and sends it. Returns the reference of the new finding. */
export async function recordFinding(page, audit, fields = {}) {
  const texts = { ...draft, owner: "po-01", ...fields };
  await page.goto("/findings");
  await page.getByRole("link", { name: "Record a finding" }).first().click();
  await page.locator("select[name=audit]").selectOption(audit);
  await page.getByLabel("Class").selectOption({ label: "Minor nonconformity" });
  await page.getByLabel("Title").fill(texts.title);
  await page.getByLabel(/^Clauses/).fill(texts.clauses);
  await page.getByLabel(/^Requirement/).fill(texts.requirement);
  await page.getByLabel(/^Objective evidence/).fill(texts.evidence);
  await page.getByLabel(/^Nature/).fill(texts.nature);
  await page.getByLabel("Owner").selectOption(texts.owner);
  await page.getByLabel("Close by").fill(inDays(90));
  await page.getByRole("button", { name: "Record a finding" }).click();
  await page.waitForURL((url) => /^\/findings\/[^/]+$/.test(url.pathname) && !url.pathname.endsWith("/new"));
  return decodeURIComponent(new URL(page.url()).pathname.split("/").pop());
}

/** Chooses a file in the page's form and hands it over; waits until the page lists it. */
export async function handOver(page, name, bytes, source = "Service desk tool") {
  const form = page.locator("form.upload");
  await form.getByLabel(/^Where it was taken from/).fill(source);
  await form.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: bytes });
  await form.getByRole("button", { name: "Hand over a file" }).click();
  await page.locator(".files").getByText(name, { exact: true }).waitFor();
}

/** Does one step of a state machine by its button, with a reason when one is asked for. */
export async function step(page, label, reason = "") {
  const form = page.locator("form.step", { has: page.getByRole("button", { name: label, exact: true }) });
  if (reason) await form.locator("textarea").fill(reason);
  const done = page.waitForNavigation();
  await form.getByRole("button", { name: label, exact: true }).click();
  await done;
  assert.equal(await page.getByRole("alert").count(), 0, `"${label}" must not be refused`);
}

/** The word of the state in the line of facts; the class, where there is one, comes before it. */
export async function stateOf(page) {
  return (await page.locator(".facts-line .status").last().innerText()).trim();
}

export async function expectState(page, word) {
  assert.equal(await stateOf(page), word);
}
