import * as z from "zod/mini";

/** A simulation waits to be worked on, or to be gone on with. Its id only: everything else lies in its item. */
export const SimulationRequested = {
  name: "simulation.requested",
  version: 1,
  schema: z.object({ v: z.literal(1), simulationId: z.string() }),
  example: { v: 1, simulationId: "sim_01hzx" },
} as const;
export type SimulationRequested = z.infer<typeof SimulationRequested.schema>;
