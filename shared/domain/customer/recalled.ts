import type { CustomerState } from "../records/customer.ts";

/** Whether what was said on a run's way is not to leave any more: it left the journey, or came in anew. */
export const isRecalled = (entryId: string, { runs }: Pick<CustomerState, "runs">): boolean =>
  runs !== undefined && Object.hasOwn(runs.left, entryId);
