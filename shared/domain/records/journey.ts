import type { JsonObject } from "#kernel/json.ts";
import type { Standing } from "./event.ts";
import type { CustomerId } from "./identity.ts";

/** The event that led in, as rules read it under `entry`. */
export type RunEntry = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
};

/** A step that a run came to, when, and by which version of the playbook. */
export type RunStep = { readonly step: string; readonly at: string; readonly playbook: string };

/**
 * One customer's way through a journey, for one key: plain data, an item of its own. Times are ISO-8601 UTC. Written by
 * apply-events only, together with the customer's state.
 */
export type JourneyRun = {
  /** Follows from `home`, journey and key: whoever comes in again has the same one. */
  readonly runId: string;
  /** As whom they came in: it lies there for good, whoever they became part of since. */
  readonly home: CustomerId;
  readonly journey: string;
  readonly key: string;
  /** Of this time that they came in: ids of steps follow from it. */
  readonly entryId: string;
  readonly entry: RunEntry;
  readonly enteredAt: string;
  /** Causal depth of the event that led in. */
  readonly depth: number;
  /** Whose word the event was; what the run says itself is no more trusted. Absent: trusted. */
  readonly standing?: Standing;
  readonly step: string;
  /** How many steps it came to so far: with it a step that is come to twice has two ids. */
  readonly visit: number;
  /** Since when it is at its step; waits count from here. */
  readonly since: string;
  /** The event that moved it last, what decisions are about. */
  readonly by: { readonly id: string; readonly at: string };
  /** When something happens by itself. Absent: it has ended, or is kept still. */
  readonly due?: string;
  /** Which way it took at a split, by step. */
  readonly choices: Readonly<Record<string, string>>;
  /** Steps that follow its own where nothing else happens: where it goes on when its step is taken away. */
  readonly goesOn: readonly string[];
  /** The last steps, newest last. */
  readonly path: readonly RunStep[];
  /** Version of the playbook that moved it last. */
  readonly playbook: string;
  /** It is kept out, so that the journey's effect can be told. */
  readonly heldOut?: true;
  /** How often an answer of its decision was asked for. */
  readonly asked?: number;
  /** What came of its decision. */
  readonly answer?: "made" | "nothing";
  /** What it waited for came while it was kept still. */
  readonly met?: { readonly id: string; readonly at: string };
  readonly pausedAt?: string;
  /** `recalls`: what was said on its way and has not left yet does not leave any more. `keepUntil`: nobody asks after it then; absent: ever. */
  readonly ended?: {
    readonly at: string;
    readonly as: string;
    readonly recalls?: true;
    readonly keepUntil?: string;
  };
};

/** What the state of a customer says of their runs: whether an event concerns any of them. Absent: there never was one. */
export type RunsHint = {
  readonly live: readonly {
    readonly id: string;
    readonly journey: string;
    readonly step: string;
  }[];
  /** Entry ids of runs that left before their end, and when: what was said on their way is not sent any more. */
  readonly left: Readonly<Record<string, string>>;
  /** As whom they came in, ever: their runs lie there. */
  readonly homes: readonly CustomerId[];
};

/** What an internal event of the inbox tells a customer's runs. */
export const JOURNEY_COMMANDS = [
  "journey.due",
  "journey.decided",
  "journey.enter",
  "journey.move",
  "journey.pause",
  "journey.resume",
  "journey.cancel",
] as const;
export type JourneyCommandName = (typeof JOURNEY_COMMANDS)[number];

/** A decision that a run asks for. */
export type JourneyAsk = {
  readonly stepId: string;
  readonly runId: string;
  readonly entryId: string;
  readonly journey: string;
  readonly placement: string;
  readonly skipsQuiet: boolean;
  /** The run waits to hear what came of it. */
  readonly isAwaited: boolean;
  readonly about: { readonly id: string; readonly at: string };
  readonly depth: number;
};

/** A number that a journey's counts grow by. */
export type JourneyCount = {
  readonly journey: string;
  readonly runId: string;
  /** `entered`, or how it was left. */
  readonly what: string;
  readonly heldOut: boolean;
};
