// E85: the measurements are those that the manifest states, each proved by evidence that is listed.
import { readJson, canonical } from "./json.js";
import { measurementsFile } from "./names.js";
import { isMeasurements } from "tickmark:schemas";

const stated = ["ref", "evidence", "evidence_sha256", "withdrawn"];

const isSame = (said, found) => stated.every((member) => said[member] === found[member])
  && canonical(said.rule ?? null) === canonical(found.rule ?? null) && said.points === found.points.length;

function checkProof(series, versions, fail) {
  const version = versions.get(series.evidence);
  if (!version) fail(series.ref, `It was measured from ${series.evidence}, which data/manifest.json does not list.`);
  else if (version.sha256 !== series.evidence_sha256) fail(series.ref, `It was measured from other bytes than those of ${series.evidence}.`);
}

/** Every series that the manifest states, by KPI and reference. */
function seriesIn(manifest, fail) {
  const versions = new Map(manifest.evidence.map((one) => [one.name, one]));
  const all = new Map();
  for (const kpi of manifest.kpis) {
    for (const series of kpi.series) {
      checkProof(series, versions, fail);
      const key = canonical([kpi.ref, series.ref]);
      if (all.has(key)) fail(series.ref, "The series is stated more than once.");
      else all.set(key, series);
    }
  }
  return all;
}

function compare(file, manifest, all, fail) {
  if (file.bundle !== manifest.bundle.ref) fail(measurementsFile, "It belongs to another bundle.");
  for (const series of file.series) {
    const key = canonical([series.kpi, series.ref]);
    const said = all.get(key);
    if (!said) fail(series.ref, "data/manifest.json does not state this series.");
    else if (!isSame(said, series)) fail(series.ref, "data/manifest.json states this series otherwise.");
    all.delete(key);
  }
  for (const series of all.values()) fail(series.ref, `${measurementsFile} does not hold this series.`);
}

function checkFile(manifest, bundle, fail) {
  const all = seriesIn(manifest, fail);
  const entry = bundle.all.get(measurementsFile)?.[0];
  if (!entry) {
    fail(measurementsFile, "The file is missing that data/manifest.json names.");
    return;
  }
  if (entry.found?.sha256 !== manifest.measurements.sha256) fail(measurementsFile, "It does not have the digest that data/manifest.json states.");
  const bytes = bundle.files.get(measurementsFile);
  const { value, wrong } = bytes ? readJson(bytes, true) : { wrong: "could not be read" };
  if (wrong) fail(measurementsFile, `It ${wrong}.`);
  if (value === undefined) return;
  if (isMeasurements(value)) compare(value, manifest, all, fail);
  else fail(measurementsFile, `It does not follow its schema: ${isMeasurements.errors?.[0]?.message ?? "it differs"}.`);
}

/** All of E85. */
export function checkMeasurements(manifest, bundle, findings) {
  const fail = (place, message) => findings.fail("E85", place, message);
  const known = new Set((manifest.kpis ?? []).map((one) => one.ref));
  for (const item of manifest.improvements ?? []) {
    if (item.kpi !== undefined && !known.has(item.kpi)) fail(item.ref, `It names ${item.kpi}, which data/manifest.json does not hold.`);
  }
  if (manifest.kpis) checkFile(manifest, bundle, fail);
  else if (bundle.all.has(measurementsFile)) fail(measurementsFile, "data/manifest.json does not name this file.");
  const count = (manifest.kpis ?? []).reduce((sum, one) => sum + one.series.length, 0);
  if (count > 0) findings.say("E85", `${count} series of measurements`);
}
