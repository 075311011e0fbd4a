/** Loaded with the first send that comes with a condition: a start with FEEL's grammar takes longer than it may (docs/decisions/0019). */
export { readCondition } from "#domain/audience/condition.ts";
