import * as z from "zod/mini";

/** What the minute's schedule sends (infra/constructs/queue-sources.ts). */
const Minute = z.object({ schedule: z.string() });
/** What the due queue hands over. */
const Due = z.object({ id: z.string(), due: z.iso.datetime() });

/** The two kinds of message this function works through. */
export const TickMessage = z.union([Minute, Due]);
