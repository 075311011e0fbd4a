import type { Proof } from "./port.ts";

type Patience = { readonly everyMs: number; readonly mostMs: number; readonly signal: AbortSignal };

/** Asks again and again, until there is an answer, the time is over, or the caller stops. */
export const waiting =
  ({ everyMs, mostMs, signal }: Patience): Proof["until"] =>
  async (what, ask) => {
    const end = Date.now() + mostMs;
    for (;;) {
      if (signal.aborted) throw new Error("stopped by the caller");
      const found = await ask();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited ${mostMs / 1000} s for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
