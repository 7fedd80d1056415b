// "This is a shared device": nothing is kept here, and what was kept is deleted, but never an entry that waits.

import { isShared, setShared } from "./device.js";
import { watchQueue } from "./queue.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

const place = document.querySelector("[data-device]");
let waiting = 0;

watchQueue((news) => {
  waiting = news.waiting;
  show();
});

function show() {
  for (const button of place.querySelectorAll("[data-shared]")) button.hidden = (button.dataset.shared === "yes") === isShared();
  place.querySelector("[data-device-state]").textContent = isShared()
    ? say("shared_done")
    : waiting > 0 ? say("waiting", { n: waiting }) : say("nothing_waits");
}

place.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-shared]");
  if (!button) return;
  const shared = button.dataset.shared === "yes";
  if (shared && waiting > 0) {
    toast(say("shared_waiting", { n: waiting }));
    return;
  }
  await setShared(shared);
  toast(say(shared ? "shared_done" : "noted"));
  show();
});
