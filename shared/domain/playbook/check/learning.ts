import { compile, FeelSyntaxError } from "#feel/index.ts";
import { durationMs } from "#kernel/duration.ts";
import { suggest } from "#kernel/suggest.ts";
import type { RuleSetting } from "../compile/rule-source.ts";
import { ruleSettings } from "../compile/rules.ts";
import { MESSAGE_OUTCOMES, RESERVED_EVENTS, USUAL_OUTCOMES } from "../model/known.ts";
import { EXPOSURES } from "../model/learning.ts";
import { nameKey, personalComputed, personalNames } from "../model/personal-names.ts";
import type { Draft, PlaybookPlace, Report } from "../read/sources.ts";
import { unknownName } from "./unknown-name.ts";

/** Sums are weighed by 2 to the age in half lives, counted from a fixed day: shorter ones outgrow DynamoDB's numbers. */
const SHORTEST_HALF_LIFE = "P14D";
/** Predictors are stored with every decision: more of them would fill its record. */
const MOST_PREDICTORS = 50;

/** Names and bounds of `learning.yaml`. Its formulas are checked with all other rules. */
export const checkLearning = ({ sources, document }: Draft, report: Report): void => {
  if (sources.learning === null) return;
  const { file, value } = sources.learning;
  const known = [...MESSAGE_OUTCOMES, ...USUAL_OUTCOMES, "unsubscribed", "shown"];
  for (const [name, worth] of Object.entries(value.outcomes)) {
    if (EXPOSURES.includes(name)) {
      report.error(
        file.atKey(["outcomes", name]),
        "not-an-outcome",
        `"${name}" says that the customer saw it, not that it worked`,
        "an outcome such as clicked or converted",
      );
    }
    const meant = known.includes(name) ? undefined : suggest(name, known);
    if (meant !== undefined) {
      const place = file.atKey(["outcomes", name]);
      report.warning(place, "unknown-outcome", `"${name}" is an unusual outcome`, `did you mean "${meant}"?`);
    }
    if (worth === 0) {
      const place = file.at(["outcomes", name]);
      report.warning(
        place,
        "no-effect",
        `"${name}" is worth nothing and teaches nothing`,
        "a number above 0",
      );
    }
  }
  const events = [...document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS];
  for (const name of Object.keys(value.conversions ?? {})) {
    if (events.includes(name)) continue;
    const place = file.atKey(["conversions", name]);
    report.error(place, ...unknownName("event", name, events));
  }
  if (Object.values(value.outcomes).length + Object.values(value.conversions ?? {}).length === 0) {
    report.error(file.at(["outcomes"]), "no-outcome", "Nothing is learnt without an outcome", "clicked: 1");
  }
  if ((durationMs(value.halfLife ?? SHORTEST_HALF_LIFE) ?? 0) < (durationMs(SHORTEST_HALF_LIFE) ?? 0)) {
    report.error(file.at(["halfLife"]), "too-short", "The half life is too short", "at least P14D");
  }
  checkPersonal(document, (name) => file.at(["predictors", name]), report);
  const predictors = Object.keys(value.predictors ?? {}).length;
  if (predictors > MOST_PREDICTORS) {
    const message = `${predictors} predictors are too many`;
    report.error(file.at(["predictors"]), "too-many", message, `at most ${MOST_PREDICTORS}`);
  }
};

/**
 * Predictors are kept with decisions and in the sample, so they must not be personal. A formula must name what it reads:
 * what it takes out of a whole customer or event cannot be seen in its text.
 */
const checkPersonal = (
  document: Draft["document"],
  placeOf: (name: string) => PlaybookPlace,
  report: Report,
): void => {
  const { scope } = ruleSettings(document).predictor();
  const isPersonal = personalPaths(document.dataModel);
  for (const { name, formula } of document.learning?.predictors ?? []) {
    const read = pathsIn(formula, scope);
    const personal = read.find(isPersonal);
    const whole = read.find(isWhole);
    if (personal !== undefined) {
      const message = `"${personal.join(".")}" names or reaches a person: nothing is learnt from it`;
      report.error(placeOf(name), "personal-predictor", message, "a trait that many people share");
    } else if (whole !== undefined) {
      const message = `This reads all of "${whole.join(".")}", and with it what names or reaches a person`;
      report.error(placeOf(name), "whole-predictor", message, "what it reads by name: customer.orders");
    }
  }
};

type ReadPath = readonly string[];

/** A formula that does not parse has no paths here: it is reported with all other rules. */
const pathsIn = (formula: string, scope: RuleSetting["scope"]): readonly ReadPath[] => {
  try {
    return compile(formula, scope).references;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return [];
    throw error;
  }
};

const TELLING_ROOTS = ["customer", "event", "data", "context"];

const isWhole = ([root = "", ...members]: ReadPath): boolean =>
  TELLING_ROOTS.includes(root) &&
  (members.length === 0 || (root === "event" && members.join() === "properties"));

const personalPaths = (dataModel: Draft["document"]["dataModel"]): ((path: ReadPath) => boolean) => {
  const names = personalNames(dataModel);
  const computed = personalComputed(dataModel);
  return ([root = "", ...members]) =>
    TELLING_ROOTS.includes(root) &&
    (members.some((member) => names.has(nameKey(member))) ||
      (root === "customer" &&
        (members[0] === "customerId" || computed.get(members[0] ?? "") === "the value")));
};
