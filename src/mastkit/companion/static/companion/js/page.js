// What every page does: keep the logger ready without a network, and send what waits.

import { isShared } from "./device.js";
import { send, watchQueue } from "./queue.js";
import { say } from "./words.js";

const QUICK_MS = 1500; // what is sent within this time is not worth a word
const banner = document.querySelector("[data-waiting]");
let slow = null;

watchQueue(({ waiting, refused, state }) => {
  if (!banner) return;
  const signedOut = state === "signed-out";
  banner.dataset.waiting = waiting;
  clearTimeout(slow);
  const stuck = refused.length > 0 || (waiting > 0 && !["idle", "sending"].includes(state));
  if (stuck || waiting === 0) show(stuck);
  else slow = setTimeout(() => show(true), QUICK_MS);
  const sentences = [];
  if (waiting > 0) sentences.push(say("waiting", { n: waiting }));
  if (waiting > 0 && state === "offline") sentences.push(say("waits_for_network"));
  if (signedOut) sentences.push(say("signed_out"));
  if (state === "another-person") sentences.push(say("another_person"));
  for (const entry of refused) sentences.push(say("refused", { sentence: entry.refused }));
  banner.querySelector("[data-waiting-text]").textContent = sentences.join(" ");
  banner.querySelector("[data-send]").hidden = waiting === 0 || signedOut;
  banner.querySelector("[data-sign-in]").hidden = !signedOut;
});

/** The words stand at the end of the page; beside the name, where nothing moves, stands how many wait. */
function show(shown) {
  banner.hidden = !shown;
  const count = document.querySelector("[data-waiting-count]");
  count.hidden = !shown;
  count.textContent = say("waiting_short", { n: Number(banner.dataset.waiting) });
  document.querySelector("[data-whose]").hidden = shown;
}

document.querySelector("[data-send]")?.addEventListener("click", () => send());
window.addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") send();
});
// Some browsers never say "online": look again from time to time while something waits.
setInterval(() => {
  if (banner && Number(banner.dataset.waiting) > 0) send();
}, 30_000);
send();

if ("serviceWorker" in navigator && !isShared()) {
  navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => {});
}

// Small things that need no module of their own.
for (const back of document.querySelectorAll("[data-print]")) back.addEventListener("click", () => window.print());

// A form that does nothing without a network says so, and what has not happened, before it is lost.
for (const form of document.querySelectorAll("form[data-without-network]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.there === "yes") return;
    event.preventDefault();
    form.querySelector("[data-no-network]")?.remove();
    if (!(await serverAnswers())) {
      form.append(alarm(form.dataset.withoutNetwork));
      return;
    }
    form.dataset.there = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.there;
  });
}

async function serverAnswers() {
  try {
    return (await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(8000) })).ok;
  } catch {
    return false;
  }
}

function alarm(text) {
  const said = document.createElement("p");
  said.className = "banner banner-danger";
  said.setAttribute("role", "alert");
  said.dataset.noNetwork = "";
  said.textContent = text;
  return said;
}
