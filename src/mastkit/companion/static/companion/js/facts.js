// Makes facts in the form of the record file (docs/record-file.md).

import { newId } from "./ids.js";

export const ADRENALINE = "epinephrine";
export const SEVERITY = "flare-severity";

let recordZone = "UTC";

/** Set the record's zone: used where the browser does not name its own. */
export function setRecordZone(zone) {
  recordZone = zone;
}

export function moment(milliseconds, precision = "minute") {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    at: new Date(milliseconds).toISOString(),
    zone: zone?.includes("/") || zone === "UTC" ? zone : recordZone,
    precision,
  };
}

function fact(kind, fields) {
  return { kind, id: newId(), recorded_at: new Date().toISOString(), recorded_by: { source: "self" }, ...fields };
}

export function flare(at = Date.now()) {
  return fact("flare", { time: moment(at) });
}

export function exposure(code, at = Date.now(), precision = "minute") {
  return fact("exposure", { time: moment(at, precision), code });
}

export function dose(medicine, { flare: id = null, amountText = null, at = Date.now() } = {}) {
  const fields = { time: moment(at), medicine, status: "taken" };
  if (id) fields.flare = id;
  if (amountText) fields.amount_text = amountText;
  return fact("dose", fields);
}

/** How bad a flare was at a moment: one point of its curve. */
export function severityReading(flareId, degree, at = Date.now()) {
  return fact("measurement", {
    time: moment(at),
    code: SEVERITY,
    quantity: { value: degree, unit: "1" },
    context: "event",
    flare: flareId,
  });
}

/** Something that was done in an emergency, in words. */
export function emergencyAct(text, at = Date.now()) {
  return fact("emergency_act", { time: moment(at), text });
}

/** What an act says; nothing for another fact. One that waits since an earlier version is written as a finding. */
export function wordsOfAct(fact) {
  if (fact.kind === "emergency_act") return fact.text;
  return fact.kind === "finding" && fact.code === "emergency-act" ? fact.value : null;
}

/** What was asked at a moment or of a day, and what was there: asked and not ticked means no. */
export function checkIn(asked, ticked, { wellbeing = null, wholeDay = true, at = Date.now() } = {}) {
  const fields = {
    time: moment(at, wholeDay ? "day" : "minute"),
    asked,
    ticked: ticked.map((code) => ({ code })),
  };
  if (wellbeing !== null) fields.wellbeing = wellbeing;
  return fact("check_in", fields);
}

/** The same fact, corrected: a new fact that replaces it. */
export function correction(old, changes) {
  return { ...old, ...changes, id: newId(), recorded_at: new Date().toISOString(), replaces: old.id };
}

/** It was entered by mistake. */
export function retraction(old) {
  return fact("retraction", { replaces: old.id });
}

/** A fact put back to what it was before: `now` is the end of its line, `before` what it said earlier. */
export function restoration(before, now) {
  return { ...before, id: newId(), recorded_at: new Date().toISOString(), replaces: now.id };
}
