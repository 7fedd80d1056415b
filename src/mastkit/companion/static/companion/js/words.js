// The words of the page's language, from the page itself.

const words = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

/** Return a text with {name} replaced; one that counts is chosen by `n`. */
export function say(key, values = {}) {
  const found = words[key];
  const text = typeof found === "string" ? found : found[plural.select(values.n)] ?? found.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function clockTime(iso) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));
}

/** Return the time since something as a clock shows it. */
export function minutesAndSeconds(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Say how long ago something was, in words. */
export function ago(iso, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
  if (minutes < 1) return say("now");
  if (minutes < 60) return say("minutes_ago", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return say("hours_ago", { n: hours, minutes: minutes % 60 });
}
