// Counts down to the next change of each sampling window; when one changes, the page is fetched anew.

import { say } from "./words.js";

const places = [...document.querySelectorAll("[data-until]")];

function show() {
  for (const place of places) {
    const left = Date.parse(place.dataset.until) - Date.now();
    if (left <= 0) {
      location.reload();
      return;
    }
    const minutes = Math.ceil(left / 60_000);
    const time = minutes >= 60
      ? say("hours_minutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
      : say("only_minutes", { minutes });
    place.textContent = say(place.dataset.is === "open" ? "closes_in" : "opens_in", { time });
  }
}

show();
if (places.length > 0) setInterval(show, 10_000);
