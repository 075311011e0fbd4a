/** Milliseconds since the epoch. Everything that asks for the time asks this. */
export type Clock = { readonly now: () => number };
/** `id(prefix)` gives a new opaque, time-ordered id: `cus_`, `msg_`, ... */
export type Ids = { readonly id: (prefix: string) => string };
