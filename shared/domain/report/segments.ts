import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";

/**
 * The segments by which a decision is reported: those that the playbook reports and the profile says that the customer is
 * in. As the profile keeps them, for a replay of the decision has the same.
 */
export const reportedSegments = (
  { segments }: Pick<PlaybookDocument, "segments">,
  record: CustomerRecord | null,
): Pick<Decision, "segments"> => {
  const kept = record?.state.segments ?? {};
  const names = segments
    .filter(({ name, report }) => report === true && Object.hasOwn(kept, name))
    .map(({ name }) => name);
  return names.length === 0 ? {} : { segments: names.toSorted() };
};
