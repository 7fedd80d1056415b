// The logger: one tap saves a flare; what follows is added to it as it goes. The same with and without a network.

import { chip, isPressed, press } from "./chips.js";
import { ADRENALINE, checkIn, correction, dose, exposure, flare } from "./facts.js";
import { runningFlares } from "./current.js";
import { onCardTap, showFlares, tickClocks } from "./flare-card.js";
import { watchQueue } from "./queue.js";
import { fetchPicks, known, latest, picks, readPicks, save } from "./recent.js";
import { toast } from "./toast.js";
import { clockTime, say } from "./words.js";

const SAME_TAP_MS = 350; // one tap that a trembling thumb makes twice is one tap
const root = document.querySelector("[data-logger]");
let last = { button: null, at: -SAME_TAP_MS };
let work = Promise.resolve(); // one tap after the other, so that each sees what the one before it saved

await readPicks(root.dataset.person);
prepare();
root.addEventListener("click", onClick);
watchQueue(() => void show());
setInterval(tickClocks, 1000);
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
  fill("checkin", picks.checkin.map(({ code, label }) => chip({ text: label, act: "tick", code, pressed: false })));
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

async function show() {
  const running = runningFlares(await known());
  showFlares(root.querySelector("[data-running]"), running);
  root.classList.toggle("has-running", running.length > 0);
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
  for (const other of root.querySelectorAll("[data-open]")) {
    const shown = other === button && open;
    other.setAttribute("aria-expanded", String(shown));
    document.getElementById(other.getAttribute("aria-controls")).hidden = !shown;
  }
  if (open) document.getElementById(button.getAttribute("aria-controls")).scrollIntoView({ block: "nearest" });
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

async function logCheckIn(button) {
  const panel = button.closest("[data-checkin]");
  const chips = [...panel.querySelectorAll('[data-act="tick"]')];
  const ticked = chips.filter(isPressed).map((one) => one.dataset.code);
  const fact = checkIn(chips.map((one) => one.dataset.code), ticked, { wholeDay: panel.dataset.checkin === "day" });
  await save(say("checkin_saved"), fact);
  for (const one of chips) press(one, false);
  const opener = root.querySelector('[data-open="checkin"][aria-expanded="true"]');
  if (opener) openPanel(opener);
  for (const prompt of document.querySelectorAll("[data-prompt]")) prompt.remove();
}

