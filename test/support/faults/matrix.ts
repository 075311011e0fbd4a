import type { LocalCloud } from "#infra/local/cloud.ts";
import type { Fault } from "#infra/local/machine/faults.ts";
import type { Hub } from "../hub/client.ts";
import { liveThrough } from "./story.ts";
import type { Allowance } from "./story-truths.ts";

/** The workers on the way of one event, and the calls that lead into it. */
const ON_THE_WAY = [
  "collect/http",
  "profile/apply-events",
  "decide/on-event",
  "decide/api",
  "send/email",
  "send/sms",
  "send/push",
  "timers/fire",
  "measure/links",
  "measure/provider-events",
  "measure/learn",
  "send/api",
] as const;

/** One place where something breaks. `cold`: only a fresh start comes by there, so the function is killed first. */
export type Place = {
  readonly function: string;
  readonly operation: string | null;
  readonly fault: Pick<Fault, "kind" | "at" | "times" | "delayMs">;
  readonly skip: number;
  readonly cold: boolean;
};
/** One story's share of the matrix: at most one fault a function. */
export type Round = readonly Place[];

/** More failures in a row than an AWS client bears by itself, so that the function's own retries are seen. */
const OUTLAST_CLIENT = 6;
/** Secrets are read at init alone (invariant 11). */
const READ_AT_START = /^secretsmanager:/;
/** Calls that not every story makes. */
const SELDOM: readonly { readonly function: string; readonly operation: string }[] = [
  // The sweep finds work only where a sender was down for minutes: test/flows/lost-requests.test.ts breaks what it calls.
  { function: "timers/fire", operation: "dynamodb:BatchGetItem" },
  // The sample is read when the bins of a model are cut: test/adapters/learning-store.test.ts.
  { function: "measure/learn", operation: "dynamodb:Query" },
];
const PROVIDER_CALLS = ["ses:SendEmail", "sms-voice:SendTextMessage", "mobiletargeting:SendMessages"];
/** A function has two threads here; each must die before the next run is a fresh start. */
const KILL_ALL = 3;

const OPERATION_FAULTS: readonly Place["fault"][] = [
  { kind: "crash", at: "before", times: 1 },
  { kind: "crash", at: "after", times: 1 },
  { kind: "error", at: "after", times: 1 },
  // The client waits a second and more after each.
  { kind: "throttle", at: "before", times: 1 },
  { kind: "error", at: "before", times: OUTLAST_CLIENT },
  { kind: "delay", at: "before", times: 2, delayMs: 40 },
];
/** `duplicate` hands the same batch over twice. */
const INVOCATION_FAULTS: readonly Place["fault"][] = [
  { kind: "crash", at: "before", times: 1 },
  { kind: "crash", at: "after", times: 1 },
  { kind: "duplicate", at: "after", times: 3 },
  { kind: "throttle", at: "before", times: 2 },
  { kind: "error", at: "after", times: 1 },
];

type Calls = { readonly [name: string]: { readonly [operation: string]: number } };

/** Which AWS operations each function makes in one story: cold (every thread killed first) and warm. */
export const discoverCalls = async (cloud: LocalCloud, hub: Hub): Promise<{ cold: Calls; warm: Calls }> => {
  for (const target of ON_THE_WAY) {
    cloud.faults.add({ target, kind: "crash", at: "before", times: KILL_ALL });
  }
  cloud.usage.reset();
  await liveThrough(hub);
  cloud.faults.clear();
  const cold = cloud.usage.report(null).byFunction;
  cloud.usage.reset();
  await liveThrough(hub);
  return { cold, warm: cloud.usage.report(null).byFunction };
};

/**
 * Every fault at every operation that a function was seen to make.
 * @param mostSkips how many of an operation's calls in a story are broken one after the other; in turns, each operation
 * meets every other kind of fault, and the kinds take turns among the first half of its calls
 */
const placesOf = (
  name: string,
  calls: { cold: Calls; warm: Calls },
  mostSkips: number | "turns",
): Place[] => {
  const operations = Object.keys({ ...calls.cold[name], ...calls.warm[name] }).filter(
    (operation) => !SELDOM.some((one) => one.function === name && one.operation === operation),
  );
  const inTurns = mostSkips === "turns";
  const atOperations = operations.flatMap((operation, turn) => {
    const times = calls.warm[name]?.[operation] ?? 0;
    return OPERATION_FAULTS.flatMap((fault, index) => {
      if (inTurns && index % 2 !== turn % 2) return [];
      const skips = inTurns
        ? [index % Math.max(1, Math.ceil(times / 2))]
        : Array.from({ length: Math.max(1, Math.min(mostSkips, times)) }, (_, skip) => skip);
      const cold = times === 0 || READ_AT_START.test(operation);
      return skips.map((skip) => ({ function: name, operation, fault, skip, cold }));
    });
  });
  const atInvocations = INVOCATION_FAULTS.map((fault) => ({
    function: name,
    operation: null,
    fault,
    skip: 0,
    cold: false,
  }));
  return [...atInvocations, ...atOperations];
};

/** The whole matrix, in stories with one fault a function: different functions break independently. */
export const roundsOf = (calls: { cold: Calls; warm: Calls }, mostSkips: number | "turns"): Round[] => {
  const lists = ON_THE_WAY.map((name) => placesOf(name, calls, mostSkips));
  const count = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: count }, (_, index) => lists.flatMap((list) => list[index] ?? []));
};

export const nameOf = ({ function: name, operation, fault, skip }: Place): string =>
  `${name}: ${fault.kind} ${fault.kind === "duplicate" ? "of its batch" : fault.at}${operation === null ? " a run" : ` call ${skip + 1} of ${operation}`}`;

/** Puts the faults of a round in place. */
export const breakAt = (cloud: LocalCloud, round: Round): void => {
  cloud.faults.clear();
  for (const place of round) {
    if (place.cold)
      cloud.faults.add({ target: place.function, kind: "crash", at: "before", times: KILL_ALL });
    cloud.faults.add({
      ...place.fault,
      target: place.operation ?? place.function,
      function: place.function,
      skip: place.skip,
    });
  }
};

/** The places of a round that the story never came by. */
export const missedBy = (cloud: LocalCloud, round: Round): string[] => {
  const untouched = cloud.faults.list().filter(({ left, times }) => left === times);
  return round
    .filter(({ skip }) => skip === 0)
    .filter((place) =>
      untouched.some(
        (fault) =>
          fault.function === place.function &&
          fault.target === (place.operation ?? place.function) &&
          fault.kind === place.fault.kind &&
          fault.at === place.fault.at,
      ),
    )
    .map(nameOf);
};

/**
 * What a round may cost (invariant 8): only where the sender dies, or hears nothing, between claim and record may a
 * transactional message go out twice or a marketing one be given up.
 */
export const allowanceOf = (round: Round): Allowance => {
  const senders = round.flatMap((place) => {
    const channel = /^send\/(email|sms|push)$/.exec(place.function)?.[1];
    return channel === undefined || place.operation === null ? [] : [{ ...place, channel }];
  });
  const isRecord = ({ operation }: Place) => operation === "dynamodb:UpdateItem";
  const isProvider = ({ operation }: Place) => operation !== null && PROVIDER_CALLS.includes(operation);
  return {
    pageRepeated: round.some((place) => place.function === "decide/api" && place.fault.kind === "duplicate"),
    doubled: senders
      .filter((place) => isRecord(place) || (isProvider(place) && place.fault.at === "after"))
      .map(({ channel }) => channel),
    // Marketing leaves by e-mail alone in this story.
    marketingLost: senders.some(
      (place) =>
        place.channel === "email" &&
        (place.fault.kind === "crash" ||
          ((isRecord(place) || isProvider(place)) && ["error", "throttle"].includes(place.fault.kind))),
    ),
  };
};
