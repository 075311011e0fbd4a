import { isVisitor } from "#domain/identity/visitor.ts";
import { forAnybody } from "#domain/learning/anybodys.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Unavailable } from "#domain/records/decision.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { announce } from "./announce.ts";
import { type AnswerDependencies, type Answered, answerAbout, type Question } from "./decide-answer.ts";
import { publishAssigned } from "./publish-for-learning.ts";

/** What a page or an app asks with a public key. Ids are refs as `CustomerStore.find` takes them. */
export type SlotQuestion = Pick<Question, "context" | "placements"> & {
  /** Who the company's server has proven to be asking; null: nobody. */
  readonly proven: string | null;
  /** The browser, as it calls itself; null: it says nothing. */
  readonly visitor: string | null;
};

/**
 * Decides what a page shows. Who is proven is decided as they are; a browser that nobody knows by what it did itself; all
 * others, those whose anonymousId leads to somebody known included, as a visitor of whom nothing is known, so that no
 * answer tells two ids apart. The page says itself what was seen: an answer alone counts for nothing. What visitors made of
 * it teaches what visitors are shown.
 */
export const decideSlots = async (
  { bus, ...deps }: AnswerDependencies,
  { proven, visitor, ...asked }: SlotQuestion,
  playbook: CompiledPlaybook,
): Promise<Answered> => {
  const question = { ...asked, dryRun: false };
  const announced = announce({ ...deps, ...(bus === undefined ? {} : { bus }) }, question);
  const found = await find(deps, proven ?? visitor);
  const mayKnow = proven !== null || found === null || isVisitor(found.state);
  const answered = await answerAbout(
    proven === null ? speakingForNobody(deps, playbook) : deps,
    { record: mayKnow ? found : null, announced },
    { ...question, ref: mayKnow ? (proven ?? visitor) : null },
    proven === null ? forAnybody(playbook) : playbook,
  );
  if (bus !== undefined) await publishAssigned({ ...deps, bus }, answered.decisions);
  return answered;
};

const find = async (
  { customers }: Pick<AnswerDependencies, "customers">,
  ref: string | null,
): Promise<CustomerRecord | null> => (ref === null ? null : customers.find(ref));

/** Finds visitors that nobody knows, and nobody else: one may become somebody known between two looks. */
export const visitorsAlone = ({ find }: Pick<CustomerStore, "find">): Pick<CustomerStore, "find"> => ({
  find: async (ref) => {
    const record = await find(ref);
    return record !== null && isVisitor(record.state) ? record : null;
  },
});

/** So long somebody may still want to know of a decision about nobody. */
const KEPT_MS = 90 * DAY_MS;

/**
 * Nobody empties a limited offer with a public key: to visitors there is none of it. Nor does anybody fill a table for
 * good: records about nobody fade.
 */
const speakingForNobody = (deps: AnswerDependencies, playbook: CompiledPlaybook): AnswerDependencies => {
  const { clock, customers, decisions } = deps;
  return {
    ...deps,
    customers: visitorsAlone(customers),
    decisions: {
      ...decisions,
      gone: () => new Map([...decisions.gone(), ...limitedOffers(playbook)]),
      commit: (write) => decisions.commit({ ...write, keptUntil: clock.now() + KEPT_MS }),
    },
  };
};

const limitedOffers = ({ actions }: CompiledPlaybook): Unavailable => {
  const limited = actions.filter(({ stock, budget }) => stock !== undefined || budget !== undefined);
  return new Map(limited.map(({ name, stock }) => [name, stock === undefined ? "budget" : "stock"]));
};
