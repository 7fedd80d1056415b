// The logger: one tap saves a flare; what follows is added to it as it goes. The same with and without a network.

import { chip, isPressed, press } from "./chips.js";
import { ADRENALINE, checkIn, correction, dose, exposure, flare, moment } from "./facts.js";
import { current, latestAdrenaline, runningFlares } from "./current.js";
import { onCardTap, showFlares, tickClocks } from "./flare-card.js";
import { watchQueue } from "./queue.js";
import { fetchPicks, known, latest, picks, readPicks, save } from "./recent.js";
import { toast } from "./toast.js";
import { clockTime, minutesAndSeconds, say } from "./words.js";

const SAME_TAP_MS = 350; // one tap that a trembling thumb makes twice is one tap
const root = document.querySelector("[data-logger]");
let last = { button: null, at: -SAME_TAP_MS };
let lastAdrenaline = null;
let drawn = Promise.resolve();
let work = Promise.resolve(); // one tap after the other, so that each sees what the one before it saved

await readPicks(root.dataset.person);
prepare();
document.addEventListener("click", onClick); // prompts stand outside the logger
watchQueue(() => void show());
setInterval(() => {
  tickClocks();
  showLastAdrenaline();
}, 1000);
await openedByShortcut();
if (await fetchPicks()) prepare();
await show();
root.dataset.ready = "";

/** The home-screen shortcut opens the page with ?now=flare: that was the tap. */
async function openedByShortcut() {
  const url = new URL(location.href);
  const asked = url.searchParams.get("now");
  if (!asked) return;
  url.searchParams.delete("now");
  history.replaceState(null, "", url); // so that a reload does not log a second one
  if (asked === "flare") await logFlare();
}

function prepare() {
  fill("exposure", picks.exposures.map(({ code, label }) => chip({ text: label, act: "exposure", code })));
  fill("dose", picks.medicines.map(({ code, label, amount }) => (
    chip({ text: amount ? `${label}, ${amount}` : label, act: "dose", code, amount })
  )));
  fill("checkin", picks.checkin.map(({ code, label, what, there }) => (
    chip({ text: label, act: "tick", code, what, pressed: there })
  )));
  for (const link of document.querySelectorAll("[data-emergency-number]")) {
    if (!picks.emergency_number) continue;
    link.href = `tel:${picks.emergency_number}`;
    link.querySelector("[data-number]").textContent = picks.emergency_number;
  }
}

function fill(name, chips) {
  const place = root.querySelector(`[data-chips="${name}"]`);
  // What was ticked already stays ticked when fresher lists arrive.
  const pressed = new Set([...place?.querySelectorAll('[aria-pressed="true"]') ?? []].map((one) => one.dataset.code));
  for (const one of chips) if (pressed.has(one.dataset.code)) press(one, true);
  place?.replaceChildren(...chips);
}

/** Draw what is known now, one drawing after the other: an older state never lands on a newer one. */
function show() {
  drawn = drawn.then(draw, draw);
  return drawn;
}

async function draw() {
  const facts = await known();
  if (document.getElementById("flare-card")) showFlares(root.querySelector("[data-running]"), runningFlares(facts));
  lastAdrenaline = latestAdrenaline(facts);
  showLastAdrenaline();
}

/** On the emergency page the clock runs whether or not a flare was logged. */
function showLastAdrenaline() {
  const place = root.querySelector("[data-last-adrenaline]");
  if (!place || !lastAdrenaline) return;
  place.hidden = false;
  place.querySelector("[data-adrenaline-time]").textContent = say("adrenaline_at", { time: clockTime(lastAdrenaline.time.at) });
  place.querySelector("[data-adrenaline-clock]").textContent = minutesAndSeconds(lastAdrenaline.time.at);
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.open) {
    openPanel(button);
    return;
  }
  if (button.dataset.act === "tick") {
    press(button, !isPressed(button));
    return;
  }
  if (!button.dataset.act || (last.button === button && event.timeStamp - last.at < SAME_TAP_MS)) return;
  last = { button, at: event.timeStamp };
  work = work.then(() => act(button)).catch(() => toast(say("not_saved")));
}

async function act(button) {
  if (!(await onCardTap(button))) await acts[button.dataset.act]?.(button);
  await show();
}

const acts = {
  flare: logFlare,
  async exposure(button) {
    const fact = exposure(button.dataset.code);
    await save(say("exposure_saved", { what: button.textContent }), fact);
    askWhetherSymptomsWereThere(fact, button.textContent);
  },
  async dose(button) {
    const running = runningFlares(await known());
    const id = running.length === 1 ? running[0].root : null;
    const fact = dose(button.dataset.code, { flare: id, amountText: button.dataset.amount || null });
    await save(say("dose_saved", { what: button.textContent, time: clockTime(fact.time.at) }), fact);
  },
  async adrenaline() {
    const running = runningFlares(await known());
    const fact = dose(ADRENALINE, { flare: running[0]?.root ?? null });
    await save(say("adrenaline_saved", { time: clockTime(fact.time.at) }), fact);
  },
  checkin: logCheckIn,
};

function openPanel(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  // A panel may have two buttons, one of them for low-energy mode.
  for (const other of document.querySelectorAll("[data-open]")) {
    const its = document.getElementById(other.getAttribute("aria-controls"));
    its.hidden = its !== panel || !open;
    other.setAttribute("aria-expanded", String(!its.hidden));
  }
  if (open) panel.scrollIntoView({ block: "nearest" });
}

async function logFlare() {
  const fact = flare();
  await save(say("flare_saved", { time: clockTime(fact.time.at) }), fact);
}

/** An exposure that came after the first symptom cannot have set it off: one more tap tells, and none is needed. */
function askWhetherSymptomsWereThere(fact, label) {
  const question = root.querySelector("[data-already-there]");
  question.hidden = false;
  question.querySelector("[data-what]").textContent = say("already_there", { what: label });
  for (const button of question.querySelectorAll("[data-answer]")) {
    button.onclick = async () => {
      question.hidden = true;
      const now = await latest(fact);
      await save(say("noted"), correction(now, { symptoms_already_there: button.dataset.answer === "yes" }));
    };
  }
}

/** Return the chips of exposures that today's entries do not have yet: those of the record, and those made here. */
async function notLoggedYet(chips) {
  const there = new Set(picks.checkin.filter((one) => one.there).map((one) => one.code));
  const today = new Date().toDateString();
  for (const { fact } of current(await known())) {
    if (fact.kind === "exposure" && new Date(fact.time.at).toDateString() === today) there.add(fact.code);
  }
  return chips.filter((one) => !there.has(one.dataset.code));
}

/** Whether it came before a flare or after it, only the hour can tell: one tap each, and none is needed. */
function askWhen(exposures, labels) {
  const place = root.querySelector("[data-when]");
  place.replaceChildren(...exposures.map((fact, number) => {
    const row = document.getElementById("about-when").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-what]").textContent = say("when_was_it", { what: labels[number] });
    row.setAttribute("aria-label", labels[number]);
    for (const button of row.querySelectorAll("[data-hour]")) {
      button.addEventListener("click", async () => {
        row.remove();
        const at = new Date();
        at.setHours(Number(button.dataset.hour), 0, 0, 0);
        const time = moment(Math.min(at.getTime(), Date.now()));
        await save(say("noted"), correction(await latest(fact), { time }));
      });
    }
    return row;
  }));
}

async function logCheckIn(button) {
  const panel = button.closest("[data-checkin]");
  const chips = [...panel.querySelectorAll('[data-act="tick"]')];
  const ticked = chips.filter(isPressed).map((one) => one.dataset.code);
  const wholeDay = panel.dataset.checkin === "day";
  const fact = checkIn(chips.map((one) => one.dataset.code), ticked, { wholeDay });
  const met = await notLoggedYet(chips.filter((one) => isPressed(one) && one.dataset.what === "exposure"));
  const exposures = met.map((one) => exposure(one.dataset.code, Date.now(), wholeDay ? "day" : "minute"));
  await save(say("checkin_saved"), fact, ...exposures);
  if (wholeDay) askWhen(exposures, met.map((one) => one.textContent));
  for (const one of chips) press(one, false);
  const opener = document.querySelector('[data-open="checkin"][aria-expanded="true"]');
  if (opener) openPanel(opener);
  for (const prompt of document.querySelectorAll("[data-prompt]")) prompt.remove();
}

