import { fraction } from "#kernel/hash.ts";

/** Whether a customer belongs to the share (0..1) that is never contacted but for transactional matters. */
export const inHoldout = (customerId: string, share: number): boolean =>
  share > 0 && fraction("holdout", customerId) < share;
