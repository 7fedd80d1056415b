// What was just saved, with ten seconds to take it back. Nobody is asked "are you sure?".

import { say } from "./words.js";

const SECONDS = 10;

export function toast(text, undo = null) {
  const place = document.querySelector("[data-toasts]");
  const box = document.createElement("div");
  box.className = "toast rise";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = say("undo");
    button.dataset.undo = "";
    button.addEventListener("click", async () => {
      box.remove();
      await undo();
      toast(say("undone"));
    });
    box.append(button);
  }
  place.replaceChildren(box);
  // It stays while it has the focus or the pointer: ten seconds are for reading, not for racing.
  let left = SECONDS;
  const timer = setInterval(() => {
    if (!box.isConnected) clearInterval(timer);
    else if (!box.matches(":hover, :focus-within")) left -= 1;
    if (left <= 0) {
      box.remove();
      clearInterval(timer);
    }
  }, 1000);
}
