// Fills in the time zone of the browser, so that nobody has to know its name.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-time-zone]")) if (zone && (!field.value || field.value === "UTC")) field.value = zone;
