import { setTimeout as sleep } from "node:timers/promises";
import type { Pause } from "#kernel/retry.ts";

/** Full jitter between tries (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
export const pause: Pause = (longestMs) => sleep(Math.random() * longestMs);
