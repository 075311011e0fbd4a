import type { RuleSettings } from "../compile/rules.ts";
import type { Draft } from "../read/sources.ts";
import type { Rule } from "./rule-events.ts";

/** What contact policy holds back for a conversation. */
export const holdRules = ({ sources: { contactPolicy } }: Draft, settings: RuleSettings): readonly Rule[] =>
  (contactPolicy.value.holdWhile ?? []).map(({ if: text }, index) => ({
    text,
    setting: settings.hold(),
    events: "any",
    file: contactPolicy.file,
    path: ["holdWhile", index, "if"],
  }));

/** Whom a rule of `replies.yaml` may answer. */
export const replyRules = ({ sources: { replies } }: Draft, settings: RuleSettings): readonly Rule[] =>
  replies === null
    ? []
    : replies.value.rules.flatMap(({ if: text }, index) =>
        text === undefined
          ? []
          : [
              {
                text,
                setting: settings.reply(),
                events: "any",
                file: replies.file,
                path: ["rules", index, "if"],
              },
            ],
      );

/** Whom a planned send is for. */
export const sendRules = ({ sources: { sends } }: Draft, settings: RuleSettings): readonly Rule[] =>
  sends.flatMap(({ file, value: { if: text } }) =>
    text === undefined ? [] : [{ text, setting: settings.audience(), events: "any", file, path: ["if"] }],
  );
