import * as z from "zod/mini";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { STOP } from "../playbook/model/journeys.ts";
import type { CollectedEvent } from "../records/event.ts";
import { JOURNEY_COMMANDS, type JourneyCommandName, type JourneyRun } from "../records/journey.ts";
import { arrive, ENDS, ended } from "./advance.ts";
import { isoOf, type JourneyContext } from "./context.ts";
import type { Entering } from "./enter.ts";
import { stepIdOf } from "./ids.ts";

/** What an internal event tells one run. */
export type Command = {
  readonly name: JourneyCommandName;
  readonly runId?: string;
  readonly step?: string;
  readonly stepId?: string;
  readonly made?: boolean;
  /** Somebody who is to come in. */
  readonly entering?: Entering;
  /** The run comes to its step by it. */
  readonly isFresh?: boolean;
};

const Properties = z.object({
  runId: z.optional(z.string()),
  journey: z.optional(z.string()),
  key: z.optional(z.string()),
  step: z.optional(z.string()),
  stepId: z.optional(z.string()),
  made: z.optional(z.boolean()),
});

const isCommandName = (name: string): name is JourneyCommandName =>
  JOURNEY_COMMANDS.some((command) => command === name);

/** What an event of type `journey` tells; null: nothing that this release, or this playbook, knows. */
export const commandOf = (event: CollectedEvent, { journeys }: CompiledPlaybook): Command | null => {
  const read = Properties.safeParse(event.properties ?? {});
  if (event.type !== "journey" || !read.success || !isCommandName(event.name)) return null;
  const { journey: named, key = "", ...told } = read.data;
  const present = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  if (event.name !== "journey.enter") {
    return { name: event.name, ...present, isFresh: event.name === "journey.move" };
  }
  const journey = journeys.get(named ?? "");
  if (journey === undefined) return null;
  const { id, at, depth } = event;
  const entering = { journey, key, event: { id, name: event.name, at, properties: {}, depth } };
  return { name: event.name, entering };
};

/** The run as a command leaves it, before it goes on. One that is meant for an earlier step leaves it as it is. */
export const commanded = (run: JourneyRun, command: Command, context: JourneyContext): JourneyRun => {
  const journey = context.playbook.journeys.get(run.journey);
  switch (command.name) {
    case "journey.decided":
      if (command.stepId !== stepIdOf(run)) return run;
      return { ...run, answer: command.made === true ? "made" : "nothing" };
    case "journey.pause":
      return run.pausedAt === undefined ? { ...run, pausedAt: isoOf(context.now) } : run;
    case "journey.resume": {
      const { pausedAt: _, ...rest } = run;
      return rest;
    }
    case "journey.cancel":
      return ended(run, ENDS.cancelled, context.now);
    case "journey.move": {
      const { step = "" } = command;
      if (run.heldOut === true || journey === undefined) return run;
      if (step === STOP) return ended(run, ENDS.finished, context.now);
      return journey.steps.has(step) ? arrive(run, { step, since: context.now }, journey, context) : run;
    }
    case "journey.due":
    case "journey.enter":
      return run;
  }
};
