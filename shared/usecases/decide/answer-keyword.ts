import { keywordAnswer } from "#domain/decision/decide-keyword.ts";
import { decideMessage } from "#domain/decision/decide-message.ts";
import type { DecisionEvent } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { ConfirmationDependencies } from "./ask-to-confirm.ts";
import { askSenders, type Committed, commitDecision, countDecisions } from "./commit.ts";
import { logCommitted } from "./log-decisions.ts";

type Answering = {
  readonly fired: TriggerFired & { readonly channel: string; readonly keyword: "stop" | "start" | "help" };
  /** What the customer wrote; undefined: it is not kept any more. */
  readonly event: DecisionEvent | undefined;
  readonly playbook: CompiledPlaybook;
  readonly record: CustomerRecord;
};

/**
 * Answers a word that the law knows: one message, with its decision, to where it was written from. Idempotent, as
 * `decideOnEvent`. Null: there is nothing to answer with, or nowhere.
 */
export const answerKeyword = async (
  deps: Omit<ConfirmationDependencies, "confirmations">,
  { fired, event, playbook, record }: Answering,
): Promise<Committed | null> => {
  const { channel, depth, eventId, keyword, trigger } = fired;
  const answer = keywordAnswer(record, playbook, { channel, from: event?.properties.from, keyword });
  if (answer === null) return null;
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decideMessage({
      ...answer,
      playbook,
      record: current ?? record,
      decisionId: hashId("dec", eventId, trigger, channel),
      now: deps.clock.now(),
      trigger,
      eventId,
      depth,
      ...(unavailable.size === 0 ? {} : { unavailable }),
    }),
  ]);
  await Promise.all([askSenders(deps, committed), logCommitted(deps, committed)]);
  countDecisions(deps.telemetry, committed, "message");
  return committed;
};
