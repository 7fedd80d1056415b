// What the logger knows: the person's pick lists, and the facts of the last days from here and from the record.

import { allFacts, keep, kept } from "./device.js";
import { current } from "./current.js";
import { setRecordZone, restoration, retraction } from "./facts.js";
import { add } from "./queue.js";
import { toast } from "./toast.js";

export const picks = {
  person: null, zone: "UTC", symptoms: [], more_symptoms: [], exposures: [], medicines: [], checkin: [], red_flags: [],
  recent: [], emergency_number: "",
};

/** Fill the pick lists from this device: those of the record that is open, or that was open last. */
export async function readPicks(person) {
  if (person) await keep("person", person);
  picks.person = person || ((await kept("person")) ?? null);
  if (picks.person) Object.assign(picks, (await kept(`picks:${picks.person}`)) ?? {});
  setRecordZone(picks.zone);
}

/** Fetch the pick lists anew; says whether they came. */
export async function fetchPicks() {
  if (!picks.person) return false;
  try {
    const answer = await fetch(`/people/${picks.person}/picks`, { cache: "no-store", headers: { Accept: "application/json" } });
    if (answer.status === 404) await forgetPerson(picks.person);
    if (!answer.ok || answer.redirected) return false;
    Object.assign(picks, await answer.json());
    setRecordZone(picks.zone);
    await keep(`picks:${picks.person}`, { ...picks });
    return true;
  } catch {
    return false; // no network: the lists kept here serve
  }
}

/** Take from this device what it keeps of a record that this account may not see, or no longer. */
export async function forgetPerson(person) {
  const answer = await fetch("/api/session", { cache: "no-store", headers: { Accept: "application/json" } });
  if (!answer.ok || !(await answer.json()).signed_in) return; // nobody is signed in: that says nothing of rights
  await keep(`picks:${person}`, null);
  // A plan that its owner keeps here stays, whoever is signed in: it is there for the moment when nobody can sign in.
  const plan = (await kept(`emergency:${person}`))?.plan;
  if (plan && !plan.own) await keep(`emergency:${person}`, null);
  Object.assign(picks, { symptoms: [], more_symptoms: [], exposures: [], medicines: [], checkin: [], recent: [] });
}

/** Return the recent facts, each once. */
export async function known() {
  const facts = new Map(picks.recent.map((fact) => [fact.id, fact]));
  for (const entry of await allFacts()) if (!entry.refused) facts.set(entry.id, entry.fact);
  return [...facts.values()];
}

/** Return what a fact says now, after its corrections. */
export async function latest(fact) {
  const all = await known();
  const found = current(all).find(({ root, fact: held }) => root === fact.id || held.id === fact.id || reaches(held, fact.id, all));
  return found?.fact ?? fact;
}

function reaches(end, id, all) {
  const byId = new Map(all.map((fact) => [fact.id, fact]));
  for (let at = end, steps = 0; at && steps < 1000; at = byId.get(at.replaces), steps += 1) {
    if (at.id === id || at.replaces === id) return true;
  }
  return false;
}

/** Keep facts, say so, and offer to take them back for ten seconds. */
export async function save(text, ...facts) {
  await add(...facts);
  toast(text, () => takeBack(facts));
}

/** What was new is withdrawn; what was corrected goes back to what it said before. */
async function takeBack(facts) {
  const all = await known();
  const undoing = [];
  for (const fact of facts) {
    const before = fact.replaces ? all.find((one) => one.id === fact.replaces) : null;
    const now = await latest(fact);
    undoing.push(before ? restoration(before, now) : retraction(now));
  }
  await add(...undoing);
}
