import type { CustomerRecord } from "../profile/types.ts";
import { decide } from "./decide.ts";
import type { DecideInput, DecideResult } from "./input.ts";

/**
 * Decisions for several placements at once, on one state: each sees what those before it reserved. The reservations of
 * all are one new contact history, one version on, in the last result that has any.
 */
export const decideSeveral = (
  record: CustomerRecord | null,
  inputs: readonly Omit<DecideInput, "record">[],
): readonly DecideResult[] => {
  let current = record;
  return inputs.map((input) => {
    const result = decide({ ...input, record: current });
    if (record === null || current === null || result.contact === undefined) return result;
    const contact = { ...result.contact, version: record.contact.version + 1 };
    current = { ...current, contact: { ...contact, version: record.contact.version } };
    return { ...result, contact };
  });
};
