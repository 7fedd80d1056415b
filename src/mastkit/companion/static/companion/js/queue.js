// The way of a fact from a tap to the record: kept on the device first, then sent, as often as it takes.
// A fact has its id from the tap on, so sending it twice does no harm. An expired session keeps the queue.

import { allFacts, askToPersist, deleteFacts, kept, putFacts } from "./device.js";

const BATCH = 50;
const KEEP_SENT_MS = 24 * 3600 * 1000; // so that a running flare is shown before the pick lists are fetched anew
const listeners = new Set();
let sending = null;
let again = false;
let told = Promise.resolve();
let state = "idle"; // idle, sending, offline, signed-out, another-person

/** Call back with {waiting, refused, state} now and at every change. */
export function watchQueue(listener) {
  listeners.add(listener);
  tell();
}

/** Keep facts on this device, and start sending. Resolves when they are kept. */
export async function add(...facts) {
  const person = (await kept("person")) ?? null;
  const at = Date.now();
  await putFacts(facts.map((fact) => ({ id: fact.id, fact, person, at, sent: false, refused: null })));
  askToPersist();
  await tell();
  void send();
}

/** Send what waits; a second call while sending makes it look once more at the end. */
export function send() {
  if (sending) {
    again = true;
    return sending;
  }
  sending = attempt().finally(() => {
    sending = null;
    if (again) {
      again = false;
      void send();
    }
  });
  return sending;
}

async function attempt() {
  await forgetOld();
  const all = (await allFacts()).filter(isWaiting);
  if (all.length === 0) return become("idle");
  await become("sending");
  try {
    const answer = await fetch("/api/session", { cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) return become("offline");
    const session = await answer.json();
    if (!session.signed_in) return become("signed-out");
    const own = session.people.map(({ id }) => id);
    let left = 0;
    for (const [person, entries] of byPerson(all, own.length === 1 ? own[0] : null)) {
      if (!own.includes(person)) {
        left += entries.length; // entered for somebody whom this account does not keep
        continue;
      }
      for (let start = 0; start < entries.length; start += BATCH) {
        const outcome = await sendBatch(person, entries.slice(start, start + BATCH), session.csrf_token);
        if (outcome !== "sent") return become(outcome);
      }
    }
    return become(left > 0 ? "another-person" : "idle");
  } catch {
    return become("offline");
  }
}

function byPerson(entries, otherwise) {
  const groups = new Map();
  for (const entry of entries) {
    const person = entry.person ?? otherwise;
    groups.set(person, [...(groups.get(person) ?? []), entry]);
  }
  return groups;
}

async function sendBatch(person, entries, token) {
  const answer = await fetch(`/api/people/${person}/facts`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
    body: JSON.stringify(entries.map((entry) => entry.fact)),
  });
  if (isSignedOut(answer)) return "signed-out";
  if (!answer.ok) return "offline";
  const outcomes = new Map((await answer.json()).facts.map((one) => [one.id, one]));
  // Only what the answer names is settled; anything else waits for the next time.
  const settled = entries.filter(({ id }) => outcomes.has(id));
  await putFacts(settled.map((entry) => {
    const { status, sentence = "" } = outcomes.get(entry.id);
    return { ...entry, sent: status !== "refused", refused: status === "refused" ? sentence : null };
  }));
  return settled.length === entries.length ? "sent" : "offline";
}

function isSignedOut(answer) {
  return answer.status === 401 || answer.status === 403 || answer.redirected;
}

function isWaiting(entry) {
  return !entry.sent && !entry.refused;
}

async function forgetOld() {
  const before = Date.now() - KEEP_SENT_MS;
  const old = (await allFacts()).filter((entry) => entry.sent && entry.at < before);
  if (old.length > 0) await deleteFacts(old.map((entry) => entry.id));
}

async function become(next) {
  state = next;
  await tell();
}

/** Tell the listeners how things stand, one telling after the other, so that the last word is the latest. */
function tell() {
  told = told.then(report, report);
  return told;
}

async function report() {
  const all = await allFacts();
  const news = { waiting: all.filter(isWaiting).length, refused: all.filter((entry) => entry.refused), state, all };
  for (const listener of listeners) listener(news);
}
