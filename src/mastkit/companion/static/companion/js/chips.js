// Chips: things to pick with a thumb.

export function chip({ text, act, code = "", amount = "", pressed = null, quiet = false, what = "" }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = quiet ? "chip chip-quiet" : "chip";
  button.textContent = text;
  button.dataset.act = act;
  button.dataset.code = code;
  if (what) button.dataset.what = what;
  if (amount) button.dataset.amount = amount;
  if (pressed !== null) button.setAttribute("aria-pressed", String(pressed));
  return button;
}

export function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

export function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
