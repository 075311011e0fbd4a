/** For the tests that have not moved on yet. */
export * from "../../support/decision.ts";
