// The card of a running flare: symptoms, severity, when it began, medicines, its end. Each tap is saved at once.

import { chip, press } from "./chips.js";
import { ADRENALINE, correction, dose, moment, severityReading } from "./facts.js";
import { picks, save } from "./recent.js";
import { ago, clockTime, minutesAndSeconds, say } from "./words.js";

const SAME_READING_MS = 2 * 60_000; // a second tap so soon corrects the first; later it is how the flare goes on
const cards = new Map();

/** Show one card a running flare; a card stays the same element, so that the focus stays where it is. */
export function showFlares(place, running) {
  const roots = new Set(running.map((one) => one.root));
  for (const [root, card] of cards) {
    if (roots.has(root)) continue;
    card.element.remove();
    cards.delete(root);
  }
  for (const [rank, one] of running.entries()) {
    let card = cards.get(one.root);
    if (!card) {
      card = { element: build(one.root) };
      cards.set(one.root, card);
      place.insertBefore(card.element, place.children[rank] ?? null); // the newest first
    }
    card.one = one;
    update(card.element, one);
  }
}

export function tickClocks() {
  for (const { element, one } of cards.values()) showTimes(element, one);
}

/** Act on a tap inside a card; says whether it was one of ours. */
export async function onCardTap(button) {
  const element = button.closest("[data-flare]");
  const one = cards.get(element?.dataset.flare)?.one;
  const act = acts[button.dataset.act];
  if (!one || !act) return false;
  await act(one, button, element);
  return true;
}

const acts = {
  async began(one, button) {
    const at = Date.now() - Number(button.dataset.minutes) * 60_000;
    await save(say("start_changed", { time: clockTime(at) }), correction(one.flare, { time: moment(at) }));
  },
  async exact(one, button, element) {
    const [hours, minutes] = element.querySelector("[data-exact]").value.split(":").map(Number);
    if (Number.isNaN(minutes)) return;
    const at = new Date();
    at.setHours(hours, minutes, 0, 0);
    if (at > new Date()) at.setDate(at.getDate() - 1); // before midnight
    await save(say("start_changed", { time: clockTime(at) }), correction(one.flare, { time: moment(at.getTime()) }));
  },
  async symptom(one, button) {
    const has = one.flare.symptoms?.some(({ code }) => code === button.dataset.code);
    const others = (one.flare.symptoms ?? []).filter(({ code }) => code !== button.dataset.code);
    const symptoms = has ? others : [...others, { code: button.dataset.code }];
    await save(say(has ? "symptom_removed" : "symptom_saved", { what: button.textContent }), correction(one.flare, { symptoms }));
  },
  async severity(one, button) {
    const degree = Number(button.dataset.degree);
    const last = one.readings.at(-1);
    const soon = last && Date.now() - Date.parse(last.time.at) < SAME_READING_MS;
    const reading = severityReading(one.root, degree);
    const facts = [soon ? { ...reading, time: last.time, replaces: last.id } : reading];
    const earlier = (soon ? one.readings.slice(0, -1) : one.readings).map((each) => each.quantity.value);
    const worst = Math.max(degree, ...earlier);
    if (worst !== one.flare.severity) facts.push(correction(one.flare, { severity: worst }));
    await save(say("severity_saved", { degree }), ...facts);
  },
  async suspect(one, button) {
    const has = one.flare.suspected?.includes(button.dataset.code);
    const others = (one.flare.suspected ?? []).filter((code) => code !== button.dataset.code);
    await save(say("noted"), correction(one.flare, { suspected: has ? others : [...others, button.dataset.code] }));
  },
  async medicine(one, button) {
    const fact = dose(button.dataset.code, { flare: one.root, amountText: button.dataset.amount || null });
    await save(say("dose_saved", { what: button.textContent, time: clockTime(fact.time.at) }), fact);
  },
  async adrenaline(one) {
    const fact = dose(ADRENALINE, { flare: one.root });
    await save(say("adrenaline_saved", { time: clockTime(fact.time.at) }), fact);
  },
  async end(one) {
    const now = Math.max(Date.now(), Date.parse(one.flare.time.at));
    await save(say("flare_ended", { time: clockTime(now) }), correction(one.flare, { end: moment(now) }));
  },
  async more(one, button, element) {
    const list = element.querySelector("[data-symptoms]");
    button.remove();
    list.append(...picks.more_symptoms.map((each) => symptomChip(each)));
    update(element, one);
    list.querySelectorAll("button")[picks.symptoms.length]?.focus();
  },
};

function symptomChip({ code, label }) {
  return chip({ text: label, act: "symptom", code, pressed: false });
}

function build(root) {
  const element = document.getElementById("flare-card").content.firstElementChild.cloneNode(true);
  element.dataset.flare = root;
  const symptoms = element.querySelector("[data-symptoms]");
  symptoms.append(...picks.symptoms.map(symptomChip));
  if (picks.more_symptoms.length > 0) symptoms.append(chip({ text: say("more_symptoms"), act: "more", quiet: true }));
  element.querySelector("[data-medicines]").append(
    ...picks.medicines.map(({ code, label, amount }) => chip({ text: amount ? `${label}, ${amount}` : label, act: "medicine", code, amount })),
  );
  element.querySelector("[data-suspected]").append(
    ...picks.exposures.map(({ code, label }) => chip({ text: label, act: "suspect", code, pressed: false })),
  );
  for (const group of element.querySelectorAll("[aria-labelledby]")) {
    // Two cards on one page: each group is named by its own label.
    const name = element.querySelector(`#${group.getAttribute("aria-labelledby")}`);
    name.id = `${name.id}-${root}`;
    group.setAttribute("aria-labelledby", name.id);
  }
  for (const link of element.querySelectorAll("[data-details]")) link.href = `/people/${picks.person}/edit/${root}`;
  return element;
}

function update(element, one) {
  const { flare, readings, doses, adrenaline } = one;
  const codes = new Set((flare.symptoms ?? []).map(({ code }) => code));
  for (const code of codes) addMissing(element, code);
  for (const button of element.querySelectorAll('[data-act="symptom"]')) press(button, codes.has(button.dataset.code));
  for (const button of element.querySelectorAll('[data-act="suspect"]')) press(button, (flare.suspected ?? []).includes(button.dataset.code));
  const degree = readings.at(-1)?.quantity.value ?? flare.severity ?? null;
  for (const button of element.querySelectorAll('[data-act="severity"]')) press(button, Number(button.dataset.degree) === degree);
  const red = picks.red_flags.some((code) => codes.has(code));
  element.querySelector("[data-red-flag]").hidden = !red || Boolean(adrenaline);
  element.querySelector("[data-adrenaline]").hidden = !adrenaline;
  const taken = element.querySelector("[data-taken]");
  taken.hidden = doses.length === 0;
  taken.textContent = doses.map((each) => say("taken_at", { what: labelOf(each.medicine), time: clockTime(each.time.at) })).join(" · ");
  const curve = element.querySelector("[data-curve]");
  curve.hidden = readings.length < 2;
  curve.textContent = readings.map((each) => `${clockTime(each.time.at)}: ${each.quantity.value}`).join(" → ");
  showTimes(element, one);
}

function addMissing(element, code) {
  const list = element.querySelector("[data-symptoms]");
  if ([...list.querySelectorAll('[data-act="symptom"]')].some((button) => button.dataset.code === code)) return;
  const known = picks.more_symptoms.find((each) => each.code === code) ?? { code, label: code };
  list.insertBefore(symptomChip(known), list.querySelector('[data-act="more"]'));
}

function showTimes(element, { flare, adrenaline }) {
  element.querySelector("[data-since]").textContent = say("flare_since", { time: clockTime(flare.time.at) });
  element.querySelector("[data-elapsed]").textContent = ago(flare.time.at);
  if (!adrenaline) return;
  element.querySelector("[data-adrenaline-clock]").textContent = minutesAndSeconds(adrenaline.time.at);
  element.querySelector("[data-adrenaline-time]").textContent = say("adrenaline_at", { time: clockTime(adrenaline.time.at) });
}

function labelOf(medicine) {
  return picks.medicine_labels?.[medicine] ?? medicine;
}

