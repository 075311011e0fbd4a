import type { CustomerRecord } from "../records/customer.ts";
import { decide } from "./decide.ts";
import type { DecideInput, DecideResult } from "./input/input.ts";
import type { Taken } from "./input/rivals.ts";

/**
 * Decides for several placements at once, on one state. Each sees what the ones before it reserved, and offers nothing that
 * they offer. All reservations make one new contact history, its version one higher, in the last result that has any. A dry
 * run reserves too, so that each placement sees the others, but its results contain no reservation.
 */
export const decideSeveral = (
  record: CustomerRecord | null,
  inputs: readonly Omit<DecideInput, "record">[],
): readonly DecideResult[] => {
  let current = record;
  let taken: Taken = { actions: [], exclusive: {} };
  return inputs.map((input, index) => {
    const further = index === 0 ? {} : { taken };
    const result = decide({ ...input, ...further, dryRun: false, record: current });
    taken = takenWith(taken, result, input);
    const { contact } = result;
    if (record !== null && current !== null && contact !== undefined) {
      current = { ...current, contact: { ...contact, version: record.contact.version } };
    }
    if (input.dryRun === true) return rehearsed(result);
    if (record === null || contact === undefined) return result;
    return { ...result, contact: { ...contact, version: record.contact.version + 1 } };
  });
};

const rehearsed = ({ decision, basis }: DecideResult): DecideResult => ({
  decision: { ...decision, dryRun: true },
  basis,
  messages: [],
});

const takenWith = (
  taken: Taken,
  { decision }: DecideResult,
  { playbook }: Pick<DecideInput, "playbook">,
): Taken => {
  const names = decision.actions.map(({ action }) => action);
  const sets = names.flatMap((name) => {
    const set = playbook.actionByName.get(name)?.exclusive;
    return set === undefined ? [] : [[set, name] as const];
  });
  return {
    actions: [...taken.actions, ...names],
    exclusive: { ...taken.exclusive, ...Object.fromEntries(sets) },
  };
};
