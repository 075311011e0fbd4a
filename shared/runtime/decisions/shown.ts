import type { Decision } from "../../domain/decision/types.ts";
import { shownActions } from "../../domain/outcome/recorded.ts";
import type { CompiledPlaybook } from "../../domain/playbook/types.ts";
import type { EventBus } from "../../ports/queues.ts";
import { log } from "../log.ts";

/**
 * Tells the models what an answer shows. A bus that takes nothing holds up no answer: what is missing then counts as
 * seen once something comes of it.
 */
export const tellShown = async (
  bus: EventBus,
  playbook: Pick<CompiledPlaybook, "learning">,
  decisions: readonly Decision[],
): Promise<void> => {
  const events = decisions
    .filter(({ learning }) => learning !== undefined)
    .flatMap((decision) => shownActions(decision, playbook.learning));
  if (events.length === 0) return;
  try {
    await bus.publish(events);
  } catch (error) {
    log.error("the models were not told what was shown", error, { count: events.length });
  }
};
