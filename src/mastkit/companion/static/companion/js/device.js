// What this device keeps: facts that were entered here, and the person's pick lists. On a shared device, nothing.

const NAME = "mastkit";
const SHARED = "mastkit-shared-device";
let opened = null;
const memory = { facts: new Map(), kept: new Map() };

export function isShared() {
  try {
    return localStorage.getItem(SHARED) === "yes";
  } catch {
    return true; // a browser that keeps nothing is treated as one that must keep nothing
  }
}

/** Turn keeping off and delete what is kept, or turn it on again. */
export async function setShared(shared) {
  if (!shared) {
    localStorage.removeItem(SHARED);
    return;
  }
  localStorage.setItem(SHARED, "yes");
  if (opened) (await opened).close();
  opened = null;
  await settled(indexedDB.deleteDatabase(NAME));
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
}

export async function putFacts(entries) {
  if (isShared()) {
    for (const entry of entries) memory.facts.set(entry.id, entry);
    return;
  }
  const write = (await database()).transaction("facts", "readwrite", { durability: "strict" });
  for (const entry of entries) write.objectStore("facts").put(entry);
  await finished(write);
}

export async function deleteFacts(ids) {
  if (isShared()) {
    for (const id of ids) memory.facts.delete(id);
    return;
  }
  const write = (await database()).transaction("facts", "readwrite");
  for (const id of ids) write.objectStore("facts").delete(id);
  await finished(write);
}

/** Return the entries in the order in which they were made: their ids sort by time. */
export async function allFacts() {
  if (isShared()) return [...memory.facts.values()];
  return settled((await database()).transaction("facts").objectStore("facts").getAll());
}

export async function keep(name, value) {
  if (isShared()) {
    memory.kept.set(name, value);
    return;
  }
  const write = (await database()).transaction("kept", "readwrite");
  write.objectStore("kept").put(value, name);
  await finished(write);
}

export async function kept(name) {
  if (isShared()) return memory.kept.get(name);
  return settled((await database()).transaction("kept").objectStore("kept").get(name));
}

/** Ask the browser not to throw away what waits here. */
export async function askToPersist() {
  if (!isShared()) await navigator.storage?.persist?.();
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts", { keyPath: "id" });
      request.result.createObjectStore("kept");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => resolve();
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
