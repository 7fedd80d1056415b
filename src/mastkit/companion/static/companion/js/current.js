// What holds now among a few recent facts: the same rule as the record's own, for the logger only.

import { ADRENALINE, SEVERITY } from "./facts.js";

/** Return the last fact of each line of corrections that was not withdrawn, with the id its line began with. */
export function current(facts) {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const lines = new Map();
  for (const fact of byId.values()) {
    const root = rootOf(fact, byId);
    lines.set(root, [...(lines.get(root) ?? []), fact]);
  }
  const found = [];
  for (const [root, line] of lines) {
    const replaced = new Set(line.map((fact) => fact.replaces).filter(Boolean));
    const ends = line.filter((fact) => !replaced.has(fact.id) && fact.kind !== "retraction").sort(byEntry);
    if (ends.length > 0) found.push({ root, fact: ends.at(-1) });
  }
  return found;
}

/** Return the running flares, newest first, each with the readings and doses that belong to it. */
export function runningFlares(facts, now = Date.now()) {
  const holding = current(facts);
  const idsOf = (root) => new Set([root, ...facts.filter((fact) => rootOf(fact, index(facts)) === root).map((fact) => fact.id)]);
  return holding
    .filter(({ fact }) => fact.kind === "flare" && !fact.end && now - Date.parse(fact.time.at) < 48 * 3600 * 1000)
    .map(({ root, fact }) => {
      const ids = idsOf(root);
      const belonging = holding.map((one) => one.fact).filter((one) => ids.has(one.flare)).sort(byTime);
      return {
        root,
        flare: fact,
        readings: belonging.filter((one) => one.code === SEVERITY),
        doses: belonging.filter((one) => one.kind === "dose"),
        adrenaline: belonging.filter((one) => one.kind === "dose" && one.medicine === ADRENALINE).at(-1) ?? null,
      };
    })
    .sort((one, other) => -byTime(one.flare, other.flare));
}

/** Return the last dose of adrenaline of the last hours, for the clock since it was given. */
export function latestAdrenaline(facts, now = Date.now()) {
  return current(facts)
    .map(({ fact }) => fact)
    .filter((fact) => fact.kind === "dose" && fact.medicine === ADRENALINE && now - Date.parse(fact.time.at) < 3 * 3600 * 1000)
    .sort(byTime)
    .at(-1) ?? null;
}

function rootOf(fact, byId) {
  const seen = new Set();
  let at = fact;
  while (at.replaces && byId.has(at.replaces) && !seen.has(at.id)) {
    seen.add(at.id);
    at = byId.get(at.replaces);
  }
  return at.replaces && !byId.has(at.replaces) ? at.replaces : at.id;
}

function index(facts) {
  return new Map(facts.map((fact) => [fact.id, fact]));
}

function byEntry(one, other) {
  return Date.parse(one.recorded_at) - Date.parse(other.recorded_at) || (one.id < other.id ? -1 : 1);
}

function byTime(one, other) {
  return Date.parse(one.time.at) - Date.parse(other.time.at);
}
