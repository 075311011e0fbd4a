import { randomBytes } from "node:crypto";
import type { Clock, Ids } from "#ports/clock.ts";

export const systemClock: Clock = { now: () => Date.now() };

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

/** 10 characters of milliseconds, 16 of randomness: sorts by time, as ULID does (github.com/ulid/spec). */
export const systemIds: Ids = {
  id: (prefix) => {
    let time = Date.now();
    let head = "";
    for (let place = 0; place < 10; place += 1) {
      head = CROCKFORD.charAt(time % 32) + head;
      time = Math.floor(time / 32);
    }
    const tail = Array.from(randomBytes(16), (byte) => CROCKFORD.charAt(byte % 32)).join("");
    return `${prefix}_${head}${tail}`;
  },
};
