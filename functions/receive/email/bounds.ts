/** SES takes 40 MB, and people send what they like: what is larger is read in its beginning, and kept whole. */
export const MOST_BYTES = 25 * 1024 * 1024;
/** What is read of a mail that is larger: its headers, and what the customer wrote above what came along. */
export const BEGINNING_BYTES = 1024 * 1024;
/** How deep parts may lie within parts; a mail that a person wrote has three or four. */
export const MOST_DEPTH = 32;
/** All headers of all parts together. */
export const MOST_HEADER_BYTES = 256 * 1024;
/** Addresses and ids that are looked at, of each header. */
export const MOST_LISTED = 100;
