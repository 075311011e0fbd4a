import { customerFacts } from "#domain/customer/customer-facts.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PlaybookFinding } from "#domain/playbook/model/finding.ts";
import type { PlaybookTest } from "#domain/playbook/model/tests.ts";
import { judge } from "#domain/rehearsal/judge.ts";
import type { SeenCustomer } from "#domain/rehearsal/seen.ts";
import type { RehearsalDependencies } from "./dependencies.ts";
import { begin, happen, refOf } from "./happen.ts";
import { createStage, type Stage } from "./stage.ts";

/** A Monday morning: where a test does not say when, it is always the same moment. */
const USUAL_START = "2026-03-02T10:00:00.000Z";

/** What is wrong with a test, at the line that says so. */
export type Failure = {
  readonly place: Pick<PlaybookFinding, "file" | "line" | "column">;
  readonly message: string;
};

const seenOf = async ({ deps, notes, playbook }: Stage, ref: string): Promise<SeenCustomer | null> => {
  const record = await deps.customers.find(ref);
  if (record === null) return null;
  const { state } = record;
  const ids = new Set([state.customerId, ...state.absorbed]);
  const isOwn = ({ customerId }: { readonly customerId: string | null }): boolean =>
    customerId !== null && ids.has(customerId);
  return {
    customerId: state.customerId,
    messages: notes.messages.filter(isOwn),
    decisions: notes.decisions.filter(isOwn),
    runs: [...notes.runs.values()].filter(({ home }) => ids.has(home)),
    facts: customerFacts(state, playbook.document, deps.clock.now()),
  };
};

const inWords = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * Plays one test on virtual time, by the same use cases as a hub.
 * @param playbook as the test arranges it (domain/rehearsal/arrange.ts)
 * @returns what is wrong, at its line; nothing where the test holds
 */
export const rehearse = async (
  deps: RehearsalDependencies,
  playbook: CompiledPlaybook,
  { fields, place, thenPlaces, whenPlaces }: PlaybookTest,
): Promise<readonly Failure[]> => {
  const { given = {}, when = [] } = fields;
  const stage = createStage(deps, playbook, Date.parse(given.at ?? USUAL_START));
  let at = place;
  try {
    await begin(stage, given);
    for (const [index, step] of when.entries()) {
      at = whenPlaces[index] ?? place;
      await happen(stage, step);
    }
  } catch (thrown) {
    return [{ place: at, message: inWords(thrown) }];
  }
  const failures: Failure[] = [];
  for (const [index, expected] of fields.then.entries()) {
    const message = judge(expected, await seenOf(stage, refOf(expected)), fields.then);
    if (message !== null) failures.push({ place: thenPlaces[index] ?? place, message });
  }
  return failures;
};
