import { memoryJobStore } from "#adapters/memory/job-store.ts";
import type { Confirming } from "#usecases/publish/confirmed.ts";

/** Nobody is inside of any journey: nothing is to be confirmed before it goes live. */
export const nobodyInside = (): Confirming => ({
  lists: { countStep: async () => ({ inside: 0, oldest: null }) },
  jobs: memoryJobStore(),
});
