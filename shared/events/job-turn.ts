import * as z from "zod/mini";

/** A slice of a job waits to be walked, or to be gone on with. Ids and numbers only: everything else lies in its items. */
export const JobTurn = {
  name: "job.turn",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    jobId: z.string(),
    round: z.int(),
    slice: z.int(),
    turn: z.int(),
  }),
  example: { v: 1, jobId: "snd_01hzx", round: 1, slice: 0, turn: 3 },
} as const;
export type JobTurn = z.infer<typeof JobTurn.schema>;
