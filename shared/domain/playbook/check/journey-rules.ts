import type { RuleSettings } from "../compile/rules.ts";
import type { Journey } from "../model/journeys.ts";
import type { Draft } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";
import type { Rule } from "./rule-events.ts";

type Source = Draft["sources"]["journeys"][number];

const rulesOf = ({ file, value }: Source, journey: Journey, settings: RuleSettings): readonly Rule[] => {
  const of = (
    text: string | undefined,
    path: Path,
    about: Pick<Rule, "setting" | "events" | "isMoment">,
  ): Rule[] => (text === undefined ? [] : [{ text, file, path, ...about }]);
  const about = (event: string | null) => ({
    setting: settings.journeyRule(journey, event),
    events: event === null ? ("any" as const) : [event],
  });
  const on = journey.enter?.on;
  const entering = on === undefined ? ("any" as const) : [on];
  return [
    ...of(journey.enter?.if, ["enter", "if"], {
      setting: settings.trigger({ on: on ?? "" }),
      events: entering,
    }),
    ...of(journey.key, ["enter", "key"], { setting: settings.journeyKey(journey), events: entering }),
    ...(value.exit ?? []).flatMap((exit, index) =>
      of(exit.if, ["exit", index, "if"], about(exit.on ?? null)),
    ),
    ...journey.steps.flatMap((step) => {
      if (step.kind === "waitFor") return of(step.where, ["steps", step.name, "where"], about(step.event));
      if (step.kind === "waitUntil") {
        const setting = settings.journeyMoment(journey);
        return of(step.moment, ["steps", step.name, "waitUntil"], { setting, events: "any", isMoment: true });
      }
      if (step.kind !== "branch") return [];
      return step.branches.flatMap((branch, index) =>
        of(branch.if, ["steps", step.name, "branch", index, "if"], about(null)),
      );
    }),
  ];
};

/** Every rule of the journeys, with the place it stands at. */
export const journeyRules = ({ sources, document }: Draft, settings: RuleSettings): readonly Rule[] =>
  sources.journeys.flatMap((source, index) => rulesOf(source, document.journeys[index] as Journey, settings));
