// Ids made where a fact is entered: UUID version 7 (RFC 9562), which sort by the time they were made.

export function newId(milliseconds = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = milliseconds;
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
