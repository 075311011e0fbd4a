import { expectedOneOf } from "#kernel/suggest.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { type OutcomeDependencies, recordOutcome } from "#usecases/record/record-outcome.ts";
import type { operations } from "./operations.ts";

const reportOutcome = async (
  deps: OutcomeDependencies,
  { body: { at, ...body }, caller }: Call<typeof operations.reportOutcome>,
): Promise<Answer<typeof operations.reportOutcome>> => {
  const outcome = at === undefined ? body : { ...body, at };
  const known = await recordOutcome(deps, outcome, { source: caller.name });
  const expected = expectedOneOf(body.outcome, known);
  const warnings = [{ path: "outcome", expected, got: "a name that the playbook does not know" }];
  return { status: 202, json: { accepted: true, ...(known.length === 0 ? {} : { warnings }) } };
};

/** What answers the calls of operations.ts. */
export const outcomeCalls = (deps: OutcomeDependencies): Handlers<typeof operations> => ({
  reportOutcome: (call) => reportOutcome(deps, call),
});
