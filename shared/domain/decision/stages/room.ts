import type { Contender, PreparedChannel, Selected } from "../input/candidate.ts";
import type { Policy } from "./policy/policy.ts";
import { chooseTreatment } from "./treatment.ts";

const hasRoomOn = (channel: PreparedChannel, { candidate }: Contender, policy: Policy): boolean =>
  policy.fullCap(channel, policy.gate(candidate, channel).at) === null;

/** Whether caps leave room on one of its channels at least. */
export const hasRoom = (contender: Contender, policy: Policy): boolean =>
  contender.channels.some((channel) => hasRoomOn(channel, contender, policy));

/** The contender without the channels before the first that has room, and with its score on that one. */
export const withRoom = (contender: Contender, policy: Policy): Contender => {
  const { channels, score, worth } = contender;
  if (worth === null) return contender;
  const first = worth.findIndex(({ channel }) => hasRoomOn(channel, contender, policy));
  const next = worth[first];
  if (next === undefined || next.score === score) return contender;
  return { ...contender, score: next.score, channels: channels.slice(first), worth: worth.slice(first) };
};

/** Its first channel with room and a treatment to choose; else the name of the cap that is full. */
export const channelWithRoom = (
  contender: Contender,
  policy: Policy,
  random: () => number,
): Omit<Selected, "share"> | string => {
  let full = "";
  for (const channel of contender.channels) {
    const { at } = policy.gate(contender.candidate, channel);
    const cap = policy.fullCap(channel, at);
    const choice = cap === null ? chooseTreatment(channel, random) : null;
    if (choice !== null) return { contender, channel, choice, at };
    full = cap ?? full;
  }
  return full;
};
