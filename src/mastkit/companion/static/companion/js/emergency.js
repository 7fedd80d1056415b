// The emergency mode: the person's own plan, one step a screen, the clock since adrenaline, one tap for each act.
// It works without a network and without signing in where the person keeps the plan on this device.

import { runningFlares } from "./current.js";
import { isShared, keep, kept } from "./device.js";
import { ADRENALINE, dose, emergencyAct, flare, wordsOfAct } from "./facts.js";
import { add, watchQueue } from "./queue.js";
import { fetchPicks, known, picks, readPicks } from "./recent.js";
import { toast } from "./toast.js";
import { clockTime, say } from "./words.js";

const root = document.querySelector("[data-emergency]");
const find = (name) => root.querySelector(`[data-${name}]`);
const numbers = JSON.parse(document.getElementById("emergency-numbers").textContent);
const zones = JSON.parse(document.getElementById("emergency-zones").textContent);
const SAME_TAP_MS = 700;
const LONGEST = 2000; // of what was done, in letters

let plan = null;
let step = 0;
let known_ = { flare: null, doses: [], acts: [] };
let work = Promise.resolve();
let lastTap = { what: null, at: -SAME_TAP_MS };

await readPicks(new URL(location.href).searchParams.get("person"));
await choosePlace();
await showPlan();
root.addEventListener("click", onClick);
find("country").addEventListener("change", async (event) => {
  await keep("country", event.target.value);
  showNumbers();
});
watchQueue(() => void showDone());
setInterval(showClock, 1000);
void stayAwake();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void stayAwake();
});
await fetchPicks();
await showDone();
root.dataset.ready = "";

// The plan: from the record where there is a network, else what is kept here, if the person wanted that.

async function showPlan() {
  const name = `emergency:${picks.person}`;
  const here = picks.person ? await kept(name) : null;
  plan = here?.plan ?? null;
  showStep();
  const fresh = picks.person ? await fetchPlan() : null;
  if (fresh) {
    plan = fresh;
    // Taken off the device meanwhile, it stays off.
    if (here && (await kept(name))) await keep(name, { plan, at: Date.now() });
  }
  const missing = plan ? plan.steps.length === 0 : true;
  find("no-plan").hidden = !missing;
  find("no-plan").textContent = plan ? say("plan_missing") : say("plan_not_here");
  showStep();
  showNumbers();
  showPeople();
  const still = picks.person ? Boolean(await kept(name)) : false;
  showKeeping(still, still && !fresh ? here?.at : null);
}

async function fetchPlan() {
  try {
    const answer = await fetch(`/people/${picks.person}/emergency/plan`, { cache: "no-store", headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

function showStep() {
  const steps = plan?.steps ?? [];
  find("step").hidden = steps.length === 0;
  if (steps.length === 0) return;
  find("step-count").textContent = say("step_of", { n: step + 1, all: steps.length });
  find("step-text").textContent = steps[step];
  find("step-by").textContent = plan.written_by
    ? say("plan_by", { who: plan.written_by, when: plan.written })
    : say("plan_written", { when: plan.written });
  root.querySelector('[data-do="back"]').disabled = step === 0;
  root.querySelector('[data-do="next"]').disabled = step === steps.length - 1;
}

function showPeople() {
  const calls = plan?.calls ?? [];
  find("people").hidden = calls.length === 0;
  find("calls").replaceChildren(...calls.map((call) => {
    const link = document.createElement("a");
    link.className = "tile";
    link.href = `tel:${call.phone.replace(/[^\d+*#]/g, "")}`;
    link.dataset.called = call.name;
    link.textContent = [call.name, call.role, call.phone].filter(Boolean).join(", ");
    return link;
  }));
  const pens = plan?.injectors ?? [];
  find("pens").hidden = pens.length === 0;
  find("injectors").replaceChildren(...pens.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

// Whom to call: by the country that the device's clock is set to, or that was chosen.

async function choosePlace() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const chosen = await kept("country");
  find("country").value = zones[zone] ?? chosen ?? "";
}

function showNumbers() {
  const here = numbers.find((one) => one.country === find("country").value);
  const own = plan?.number || picks.emergency_number || "";
  const main = here?.number ?? (own || "112");
  setCall(find("call"), find("call-text"), main);
  const other = own && own !== main ? own : (here?.also ?? "").split(" ")[0];
  find("call-plan").hidden = !other;
  if (other) setCall(find("call-plan"), find("call-plan-text"), other);
}

function setCall(link, text, number) {
  link.href = `tel:${number.replace(/[^\d+*#]/g, "")}`;
  link.dataset.called = number;
  text.textContent = say("call_number", { number });
}

// What was done: each tap is kept at once, and sent when there is a network.

function onClick(event) {
  const target = event.target.closest("[data-do], [data-called]");
  if (!target) return;
  const what = target.dataset.do ?? `call ${target.dataset.called}`;
  if (lastTap.what === what && event.timeStamp - lastTap.at < SAME_TAP_MS) return;
  lastTap = { what, at: event.timeStamp };
  const act = target.dataset.do ? acts[target.dataset.do] : () => called(target.dataset.called);
  work = work.then(act).catch(() => toast(say("not_saved")));
}

const acts = {
  back() {
    step = Math.max(0, step - 1);
    showStep();
  },
  next() {
    step = Math.min(plan.steps.length - 1, step + 1);
    showStep();
  },
  async done() {
    const text = say("step_done", { n: step + 1, text: plan.steps[step] });
    const at = await note(emergencyAct(text.slice(0, LONGEST)));
    tell(say("step_saved", { n: step + 1, time: clockTime(at) }));
    acts.next();
  },
  async adrenaline() {
    const id = await flareOfNow();
    const at = await note(dose(ADRENALINE, { flare: id }));
    tell(say("adrenaline_saved", { time: clockTime(at) }));
  },
  async keep() {
    await keep(`emergency:${picks.person}`, { plan, at: Date.now() });
    showKeeping(true, null);
  },
  async forget() {
    await keep(`emergency:${picks.person}`, null);
    showKeeping(false, null);
  },
};

async function called(number) {
  await flareOfNow();
  const at = await note(emergencyAct(say("called", { number }).slice(0, LONGEST)));
  tell(say("called_saved", { time: clockTime(at) }));
}

/** Return the flare that is running; the first act of an emergency begins one where none is. */
async function flareOfNow() {
  const running = runningFlares(await known());
  if (running.length > 0) return running[0].root;
  const fact = flare();
  await add(fact);
  return fact.id;
}

async function note(fact) {
  if (wordsOfAct(fact) !== null) await flareOfNow();
  await add(fact);
  await showDone();
  return fact.time.at;
}

function tell(text) {
  find("said").textContent = text;
}

async function showDone() {
  const all = await known();
  const running = runningFlares(all)[0] ?? null;
  const since = running ? Date.parse(running.flare.time.at) - 60_000 : Date.now() - 12 * 3600_000;
  const after = (fact) => fact.time && Date.parse(fact.time.at) >= since;
  const withdrawn = new Set(all.filter((fact) => fact.kind === "retraction").map((fact) => fact.replaces));
  const held = all.filter((fact) => after(fact) && !withdrawn.has(fact.id));
  const doses = held.filter((fact) => fact.kind === "dose" && fact.medicine === ADRENALINE && fact.status === "taken");
  const done = held.filter((fact) => wordsOfAct(fact) !== null);
  known_ = { flare: running, doses: doses.sort(byTime), acts: done };
  const lines = [...doses, ...done].sort(byTime).map((fact) => {
    const item = document.createElement("li");
    const what = fact.kind === "dose" ? say("adrenaline_at", { time: clockTime(fact.time.at) }) : wordsOfAct(fact);
    item.textContent = fact.kind === "dose" ? what : `${clockTime(fact.time.at)} ${what}`;
    return item;
  });
  find("log").hidden = lines.length === 0;
  find("acts").replaceChildren(...lines);
  if (running) find("protocol").href = `/people/${picks.person}/flares/${running.root}/protocol`;
  find("protocol").parentElement.hidden = !running;
  showClock();
}

// The clock, and the second dose: only what the plan itself names.

function showClock() {
  const last = known_.doses.at(-1);
  find("clock").hidden = !last;
  if (!last) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(last.time.at)) / 1000));
  find("elapsed").textContent = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const given = say("since_adrenaline", { time: clockTime(last.time.at) });
  find("given").textContent = `${given} · ${say("doses_given", { n: known_.doses.length })}`;
  const minutes = plan?.second_dose_after_minutes;
  const due = minutes && known_.doses.length === 1 && seconds >= minutes * 60;
  find("second").hidden = Boolean(due) || known_.doses.length > 1;
  find("second").textContent = minutes
    ? say("second_at", { minutes, time: clockTime(Date.parse(last.time.at) + minutes * 60_000) })
    : say("no_second");
  const alarm = find("second-now");
  if (due && alarm.hidden) {
    alarm.textContent = say("second_dose", { minutes });
    navigator.vibrate?.([400, 200, 400]);
  }
  alarm.hidden = !due;
}

function byTime(one, other) {
  return Date.parse(one.time.at) - Date.parse(other.time.at);
}

function showKeeping(here, since) {
  find("keep").hidden = !picks.person || isShared() || (!plan && !here);
  root.querySelector('[data-do="keep"]').hidden = here;
  root.querySelector('[data-do="forget"]').hidden = !here;
  const day = since ? new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(since) : "";
  find("keep-state").textContent = here ? (since ? say("plan_kept", { when: day }) : say("kept_here")) : say("not_kept_here");
}

async function stayAwake() {
  try {
    const lock = await navigator.wakeLock.request("screen");
    find("awake").textContent = say("screen_stays");
    lock.addEventListener("release", () => {
      find("awake").textContent = "";
    });
  } catch {
    find("awake").textContent = ""; // the device does not allow it, or saves its battery
  }
}
