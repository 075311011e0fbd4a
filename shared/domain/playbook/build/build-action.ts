import { durationMs } from "#kernel/duration.ts";
import { type JsonObject, withoutAbsent } from "#kernel/json.ts";
import type { Action, Requirement, Treatment } from "../model/document.ts";
import type { Parsed } from "../read/sources.ts";
import type { ActionFile } from "../schema/action-file.ts";
import { lifeSpanOf } from "./life-span.ts";

/** Long enough to read a page and make up one's mind. */
const DEFAULT_HOLD = "PT30M";
/** What `requires: [some action]` means: the offer was taken. */
const ACCEPTED = "accepted";

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;

/** `actions/welcome.yaml` is the action `welcome`, unless it has another `name`. */
export const actionName = ({ file, value }: Parsed<ActionFile>): string =>
  value.name ?? file.path.replace(/^actions\//, "").replace(/\.yaml$/, "");

/** An action of its file: defaults filled in, durations in milliseconds, days as moments of the brand's calendar. */
export const buildAction = (source: Parsed<ActionFile>, timeZone: string): Action => {
  const { value } = source;
  const name = actionName(source);
  return withoutAbsent({
    name,
    description: value.description,
    category: value.category,
    group: value.group,
    exclusive: value.exclusive,
    stock: value.stock && {
      limit: value.stock.limit,
      holdMs: milliseconds(value.stock.hold ?? DEFAULT_HOLD),
    },
    budget: value.budget && {
      max: value.budget.max,
      perMs: milliseconds(value.budget.per),
      cost: value.budget.cost ?? 1,
    },
    requires: value.requires?.map(buildRequirement),
    moment: value.moment,
    placements: value.placements,
    ...lifeSpanOf(value, timeZone),
    ...conditionsOf(value),
    value: value.value ?? 1,
    valueToCustomer: value.valueToCustomer ?? 1,
    propensity: value.propensity,
    contextWeight: value.contextWeight,
    lever: value.lever ?? 1,
    treatments: value.treatments.map((treatment) => buildTreatment(name, treatment)),
    extra: value.extra ?? {},
    file: source.file.path,
  });
};

const conditionsOf = ({ eligible = [] }: ActionFile): Pick<Action, "eligible" | "because"> => {
  const conditions = typeof eligible === "string" ? [eligible] : eligible;
  const because = conditions.map((condition) =>
    typeof condition === "string" ? null : (condition.because ?? null),
  );
  return {
    eligible: conditions.map((condition) => (typeof condition === "string" ? condition : condition.rule)),
    ...(because.some((sentence) => sentence !== null) ? { because } : {}),
  };
};

const buildRequirement = (requirement: NonNullable<ActionFile["requires"]>[number]): Requirement => {
  if (typeof requirement === "string") return { action: requirement, outcome: ACCEPTED };
  const { action, outcome = ACCEPTED, within } = requirement;
  return { action, outcome, ...(within === undefined ? {} : { withinMs: milliseconds(within) }) };
};

const buildTreatment = (action: string, treatment: ActionFile["treatments"][number]): Treatment => {
  const name = treatment.name ?? treatment.template ?? action;
  const content: { content?: JsonObject; template?: string } = treatment.content
    ? { content: treatment.content }
    : { template: treatment.template ?? name };
  return { name, channel: treatment.channel, weight: treatment.weight ?? 1, ...content };
};
