/** Invocations of the bulk lane at once: what the hub's own table takes at any rate. */
export const BULK_CONCURRENCY = 10;
