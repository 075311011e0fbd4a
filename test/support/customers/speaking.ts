import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { minutesAgo } from "./events.ts";
import { memoryProfiles } from "./profiles.ts";

/** Profiles in memory, and those who speak of their customers: anybody, the customer with a proof, the company. */
export const speakingTo = (playbook: CompiledPlaybook) => {
  const profiles = memoryProfiles(playbook);
  const { customers } = profiles.dependencies;
  let minute = 600;
  /** One after the other, a minute apart by our clock; each a message of its own. */
  const say = async (standing: CollectedEvent["standing"], events: readonly CollectedEvent[]) => {
    for (const one of events) {
      minute -= 1;
      const told = {
        ...one,
        receivedAt: minutesAgo(minute),
        ...(standing === undefined ? {} : { standing }),
      };
      const group = one.userId ?? one.anonymousId ?? one.id;
      await applyGroup(profiles.dependencies, { v: 1, group, events: [told] });
    }
  };
  const who = async (ref: string) => (await customers.find(ref))?.state;
  const reached = async (ref: string, channel = "email") =>
    ((await who(ref))?.addresses ?? []).filter((one) => one.channel === channel).map(({ value }) => value);
  return {
    ...profiles,
    anybody: (...events: CollectedEvent[]) => say("public", events),
    proven: (...events: CollectedEvent[]) => say("proven", events),
    company: (...events: CollectedEvent[]) => say("trusted", events),
    /** What was received long ago, as it says itself, and is handed over only now. */
    late: (standing: CollectedEvent["standing"], one: CollectedEvent) =>
      applyGroup(profiles.dependencies, {
        v: 1,
        group: "late",
        events: [{ ...one, ...(standing === undefined ? {} : { standing }) }],
      }),
    release01: (...events: CollectedEvent[]) => say(undefined, events),
    who,
    reached,
    unproven: async (ref: string) => (await who(ref))?.unproven ?? [],
    living: () =>
      [...profiles.shared.states.values()].filter(({ mergedInto }) => mergedInto === undefined).length,
    refusals: () =>
      [...profiles.facts.values()].flatMap(({ body }) => (Array.isArray(body.refused) ? body.refused : [])),
  };
};
