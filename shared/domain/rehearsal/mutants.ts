import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { PlaybookFinding } from "../playbook/model/finding.ts";
import { type Journey, type JourneyStep, journeysOf } from "../playbook/model/journeys.ts";
import type { Draft } from "../playbook/read/sources.ts";
import type { LocatedFile, Path } from "../playbook/read/yaml-file.ts";

/** The playbook with one rule or branch turned round, as a slip would. */
export type Mutant = {
  readonly place: Pick<PlaybookFinding, "file" | "line" | "column">;
  /** What was turned round, as it is written. */
  readonly what: string;
  readonly document: PlaybookDocument;
};

/** What held does not, and what did not hold, or could not be told, does. */
const inverted = (rule: string): string => `(${rule}) != true`;

type Make = (
  file: LocatedFile,
  path: Path,
  what: string,
  change: Partial<PlaybookDocument>,
) => readonly Mutant[];

const maker =
  (document: PlaybookDocument): Make =>
  (file, path, what, change) => [
    { place: file.at(path), what: what.replace(/\s+/g, " "), document: { ...document, ...change } },
  ];

const replaced = <T>(all: readonly T[], index: number, one: T): readonly T[] => all.with(index, one);

const actionMutants = ({ sources, document }: Draft, make: Make): readonly Mutant[] =>
  document.actions.flatMap((action, index) =>
    action.eligible.flatMap((rule, position) => {
      const eligible = replaced(action.eligible, position, inverted(rule));
      const actions = replaced(document.actions, index, { ...action, eligible });
      const file = sources.actions[index]?.file;
      return file === undefined ? [] : make(file, ["eligible", position], rule, { actions });
    }),
  );

const profileMutants = ({ sources, document }: Draft, make: Make): readonly Mutant[] => {
  const { segments, triggers, dataModel } = document;
  return [
    ...triggers.flatMap((trigger, index) => {
      if (trigger.if === undefined) return [];
      const turned = replaced(triggers, index, { ...trigger, if: inverted(trigger.if) });
      return make(sources.triggers.file, [trigger.name, "if"], trigger.if, { triggers: turned });
    }),
    ...segments.flatMap((segment, index) => {
      const turned = replaced(segments, index, { ...segment, condition: inverted(segment.condition) });
      const path = [segment.name, "condition"];
      return make(sources.segments.file, path, segment.condition, { segments: turned });
    }),
    ...dataModel.computed.flatMap((trait, index) => {
      if (trait.where === undefined) return [];
      const computed = replaced(dataModel.computed, index, { ...trait, where: inverted(trait.where) });
      const path = ["computed", trait.name, "where"];
      return make(sources.dataModel.file, path, trait.where, { dataModel: { ...dataModel, computed } });
    }),
  ];
};

type Turned = { readonly path: Path; readonly what: string; readonly step: JourneyStep };

/** A step with what it asks turned round. */
const turnedSteps = (step: JourneyStep): readonly Turned[] => {
  switch (step.kind) {
    case "branch":
      return step.branches.map((branch, index) => ({
        path: ["branch", index, "if"],
        what: branch.if,
        step: { ...step, branches: replaced(step.branches, index, { ...branch, if: inverted(branch.if) }) },
      }));
    case "waitFor":
    case "waitUntil":
    case "decide": {
      const { next, otherwise } = step;
      const ways =
        next === otherwise
          ? []
          : [
              {
                path: ["next"],
                what: `next: ${next}, otherwise: ${otherwise}`,
                step: { ...step, next: otherwise, otherwise: next },
              },
            ];
      return step.kind === "waitFor" && step.where !== undefined
        ? [{ path: ["where"], what: step.where, step: { ...step, where: inverted(step.where) } }, ...ways]
        : ways;
    }
    case "wait":
    case "split":
    case "set":
    case "emit":
    case "exit":
      return [];
  }
};

const journeyMutants = (journey: Journey): readonly (Omit<Turned, "step"> & { readonly to: Journey })[] => {
  const { enter, exit, steps } = journey;
  return [
    ...(enter?.if === undefined
      ? []
      : [
          {
            path: ["enter", "if"],
            what: enter.if,
            to: { ...journey, enter: { ...enter, if: inverted(enter.if) } },
          },
        ]),
    ...exit.flatMap((one, index) =>
      one.if === undefined
        ? []
        : [
            {
              path: ["exit", index, "if"],
              what: one.if,
              to: { ...journey, exit: replaced(exit, index, { ...one, if: inverted(one.if) }) },
            },
          ],
    ),
    ...steps.flatMap((step, index) =>
      turnedSteps(step).map(({ path, what, step: turned }) => ({
        path: ["steps", step.name, ...path],
        what,
        to: { ...journey, steps: replaced(steps, index, turned) },
      })),
    ),
  ];
};

/**
 * Each rule of the playbook turned round in turn (conditions of actions, triggers, segments, computed traits and journeys),
 * and each step of a journey that has two ways with its ways exchanged.
 */
export const mutantsOf = (draft: Draft): readonly Mutant[] => {
  const { sources, document } = draft;
  const make = maker(document);
  const journeys = journeysOf(document);
  return [
    ...actionMutants(draft, make),
    ...profileMutants(draft, make),
    ...journeys.flatMap((journey, index) => {
      const file = sources.journeys[index]?.file;
      if (file === undefined) return [];
      return journeyMutants(journey).flatMap(({ path, what, to }) =>
        make(file, path, what, { journeys: replaced(journeys, index, to) }),
      );
    }),
  ];
};
