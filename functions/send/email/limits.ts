/** Invocations of the bulk lane at once: the queue's limit, and how many share the account's sending rate. */
export const BULK_CONCURRENCY = 10;
