/** Loaded with the first playbook that asks for its tests to hold: a start with Liquid takes longer than it may (docs/decisions/0019). */
export { failedTests } from "#runtime/rehearsal/required.ts";
