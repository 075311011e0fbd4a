import { shownFacts } from "#domain/customer/shown-facts.ts";
import { isSlot } from "#domain/decision/prepared/slots.ts";
import { findContent, localeOf } from "#domain/message/content.ts";
import type { renderSlot } from "#domain/message/render/slot.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { ChosenAction } from "#domain/records/chosen-action.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { JsonObject } from "#kernel/json.ts";

type Asked = {
  /** Fills a template in, where there is one: Liquid is loaded for that alone (docs/decisions/0019). */
  readonly render: (...given: Parameters<typeof renderSlot>) => Promise<JsonObject>;
  readonly playbook: CompiledPlaybook;
  /** Null: nobody we know. */
  readonly record: CustomerRecord | null;
  readonly data: JsonObject;
  readonly context: JsonObject;
};

/**
 * The decision with what is to be shown for each chosen action, in the customer's language. Only the answer has it: the
 * record names the treatment, and keeps no text with a person in it. What a trigger's placement answers for leaves as a
 * message, and is rendered then. Throws `template_failed`.
 */
export const withContent = async (decision: Decision, asked: Asked): Promise<Decision> => ({
  ...decision,
  actions: await Promise.all(
    decision.actions.map(async (chosen) => {
      const content = await contentFor(chosen, decision, asked);
      return content === null ? chosen : { ...chosen, content };
    }),
  ),
});

const contentFor = async (
  { action, treatment, channel, content: own }: ChosenAction,
  { at: now, placement }: Decision,
  { render, playbook, record, data, context }: Asked,
): Promise<JsonObject | null> => {
  const { document } = playbook;
  if (channel === undefined) return null;
  if (document.brand.providers[channel] !== undefined && !isSlot(playbook, placement)) return null;
  const wanted = { action, treatment, channel, ...(own === undefined ? {} : { content: own }) };
  const found = findContent(document, wanted, record === null ? undefined : localeOf(record.state));
  if (found === null) return null;
  const customer = shownFacts(record, playbook, Date.parse(now));
  return render({
    content: found.content,
    brand: document.brand,
    scope: { customer, event: {}, data, context },
    setting: { locale: found.locale, timeZone: document.brand.timeZone, now },
  });
};
