import type { RuleSetting } from "../compile/rule-source.ts";
import type { RuleSettings } from "../compile/rules.ts";
import type { Draft } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";
import type { Rule } from "./rule-events.ts";

/** What `webhooks.yaml` asks of events, and says of them, with the place of each. */
export const webhookRules = (
  { sources: { webhooks }, document }: Draft,
  settings: RuleSettings,
): readonly Rule[] =>
  (document.webhooks ?? []).flatMap(({ name, events }) =>
    events.flatMap((event, index) => {
      const rule = (text: string, setting: RuleSetting, ...path: Path): readonly Rule[] =>
        webhooks === null
          ? []
          : [
              {
                text,
                setting,
                events: [event.on],
                file: webhooks.file,
                path: [name, "events", index, ...path],
              },
            ];
      return [
        ...(event.if === undefined ? [] : rule(event.if, settings.trigger(event), "if")),
        ...Object.entries(event.with).flatMap(([field, text]) =>
          rule(text, settings.field(event), "with", field),
        ),
      ];
    }),
  );
