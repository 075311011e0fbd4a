import * as z from "zod/mini";
import { parse } from "./parse.ts";
import { type WorkerOptions, workerHandler } from "./worker.ts";

/** The pipeline of a worker whose queues a rule of the bus fills with one kind of event: `work` gets its detail. */
export const busWorker = <Detail>(
  event: { readonly schema: z.ZodMiniType<Detail> },
  work: (detail: Detail) => Promise<unknown>,
  options: WorkerOptions = {},
) => {
  /** A rule hands over the whole EventBridge event. */
  const Delivered = z.object({ detail: event.schema });
  return workerHandler(async ({ body }) => {
    await work(parse(Delivered, body).detail);
  }, options);
};
