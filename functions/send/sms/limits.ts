/** Invocations of the bulk lane at once: the queue's limit, and how many share a number's sending rate. */
export const BULK_CONCURRENCY = 2;

/** What a US short code carries, the fastest number there is. A 10DLC number begins at 1, a toll-free one has 3. */
export const MOST_PARTS_PER_SECOND = 100;
