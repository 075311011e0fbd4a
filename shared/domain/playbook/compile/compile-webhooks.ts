import type { CompiledExpression } from "#feel/index.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { CompiledWebhookEvent } from "../model/webhooks.ts";
import type { RuleSetting } from "./rule-source.ts";
import type { RuleSettings } from "./rules.ts";

/** What systems outside are told of, entry by entry in the order of the file. */
export const compileWebhooks = (
  { webhooks = [] }: PlaybookDocument,
  rule: (text: string, setting: RuleSetting) => CompiledExpression,
  settings: RuleSettings,
): readonly CompiledWebhookEvent[] =>
  webhooks.flatMap((webhook) =>
    webhook.events.map((event, index) => ({
      webhook,
      index,
      on: event.on,
      ...(event.if === undefined ? {} : { test: rule(event.if, settings.trigger(event)) }),
      fields: new Map(
        Object.entries(event.with).map(([name, text]) => [name, rule(text, settings.field(event))]),
      ),
    })),
  );

/** Every rule of theirs. */
export const rulesOfWebhooks = (entries: readonly CompiledWebhookEvent[]): readonly CompiledExpression[] =>
  entries.flatMap(({ test, fields }) => [...(test === undefined ? [] : [test]), ...fields.values()]);
