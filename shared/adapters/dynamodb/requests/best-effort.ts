/** Names by which AWS says that the caller has no right to make a call ("Common Errors"). */
const DENIED: readonly string[] = ["AccessDenied", "AccessDeniedException", "NotAuthorized"];

const isDenied = (error: unknown): boolean => error instanceof Error && DENIED.includes(error.name);

/**
 * Waits for repairs that whoever comes next makes where they fail now. A right that is missing is thrown: the next has
 * none either, and nobody would ever notice.
 */
export const bestEffort = async (repairs: readonly Promise<unknown>[]): Promise<void> => {
  for (const done of await Promise.allSettled(repairs)) {
    if (done.status === "rejected" && isDenied(done.reason)) throw done.reason;
  }
};
