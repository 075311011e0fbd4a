import * as z from "zod/mini";

/** The envelope EventBridge puts around every event; `detail` is the source's own. */
export const EnvelopeSchema = z.catchall(
  z.object({
    id: z.string(),
    source: z.string(),
    time: z.string(),
    "detail-type": z.string(),
    detail: z.record(z.string(), z.json()),
  }),
  z.json(),
);
