import { RapportProblem } from "#client/problem.ts";

export type ClosedChannel = { readonly channel: string; readonly reason: string };

const isClosed = (one: unknown): one is ClosedChannel =>
  typeof one === "object" &&
  one !== null &&
  typeof Reflect.get(one, "channel") === "string" &&
  typeof Reflect.get(one, "reason") === "string";

/** Which channels take no answer, and why, as the hub says beside `channel_closed`. */
export const closedChannels = (error: unknown): readonly ClosedChannel[] => {
  const told: unknown = error instanceof RapportProblem ? Reflect.get(error.problem, "channels") : null;
  return Array.isArray(told) ? told.filter(isClosed) : [];
};
