/** Invocations of the bulk lane at once: the queue's limit, and how many share a provider's sending rate. */
export const BULK_CONCURRENCY = 10;
