import { RapportProblem } from "#client/problem.ts";

/** Something that may be said on a closed channel all the same, and how it would read. */
export type Offer = { readonly treatment: string; readonly text: string };
export type ClosedChannel = {
  readonly channel: string;
  readonly reason: string;
  readonly offers: readonly Offer[];
};

const textOf = (one: unknown, name: string): string => {
  const value: unknown = typeof one === "object" && one !== null ? Reflect.get(one, name) : null;
  return typeof value === "string" ? value : "";
};
const listOf = (one: unknown, name: string): readonly unknown[] => {
  const value: unknown = typeof one === "object" && one !== null ? Reflect.get(one, name) : null;
  return Array.isArray(value) ? value : [];
};

/** Which channels take no answer, why, and what may be said there all the same, as the hub says beside `channel_closed`. */
export const closedChannels = (error: unknown): readonly ClosedChannel[] =>
  listOf(error instanceof RapportProblem ? error.problem : null, "channels")
    .map((one) => ({
      channel: textOf(one, "channel"),
      reason: textOf(one, "reason"),
      offers: listOf(one, "offers")
        .map((offer) => ({ treatment: textOf(offer, "treatment"), text: textOf(offer, "text") }))
        .filter(({ treatment, text }) => treatment !== "" && text !== ""),
    }))
    .filter(({ channel, reason }) => channel !== "" && reason !== "");
