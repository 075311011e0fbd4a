const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/**
 * Whether lists and objects lie deeper in one another than `limit`, in the bytes of a JSON text: looked at before it is
 * parsed, for what is parsed is walked by functions that call themselves. A text that is no JSON gets some answer.
 */
export const isDeeperThan = (json: Uint8Array, limit: number): boolean => {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPEN.includes(byte)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (CLOSE.includes(byte)) depth -= 1;
  }
  return false;
};
