import { expectedOneOf } from "#kernel/suggest.ts";
import { REJECTION_REASONS } from "../../records/decision.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { journeysOf } from "../model/journeys.ts";
import { OUTCOME_EVENT, RESERVED_EVENTS } from "../model/known.ts";
import { ANY, NOTHING, THEN_FIELDS, thenKinds, WHEN_FIELDS, whenKinds } from "../model/tests.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import type { TestFields, ThenFields, WhenFields } from "../schema/test-file.ts";
import { unknownName } from "./unknown-name.ts";

/** What one entry of a test is checked with. */
type Checking = {
  readonly document: PlaybookDocument;
  readonly file: LocatedFile;
  readonly path: Path;
  readonly report: Report;
};

type Kinds = {
  readonly found: readonly string[];
  readonly table: Readonly<Record<string, readonly string[]>>;
};

/** One thing alone is said, and nothing beside it that does not belong to it. */
const checkFields = (
  { file, path, report }: Checking,
  fields: object,
  { found: [kind, second], table }: Kinds,
): void => {
  if (kind === undefined) {
    const message = "This does not say what happens, or what is seen";
    report.error(file.at(path), "no-kind", message, `one of ${Object.keys(table).join(", ")}`);
    return;
  }
  if (second !== undefined) {
    const message = `This says two things: ${kind} and ${second}`;
    report.error(file.atKey([...path, second]), "two-kinds", message, "an entry for each");
    return;
  }
  const allowed = [kind, ...(table[kind] ?? [])];
  for (const field of Object.keys(fields)) {
    if (allowed.includes(field)) continue;
    const message = `"${kind}" has no field "${field}" beside it`;
    report.error(file.atKey([...path, field]), "unknown-field", message, expectedOneOf(field, allowed));
  }
};

/** All names that a test may use, by what they name. */
const namesOf = (document: PlaybookDocument) => {
  const { dataModel, actions, placements, segments, contactPolicy, experiments = [] } = document;
  const { traits, computed, identifiers, events } = dataModel;
  return {
    event: [...events.map(({ name }) => name), ...RESERVED_EVENTS],
    action: actions.map(({ name }) => name),
    placement: placements.map(({ name }) => name),
    segment: segments.map(({ name }) => name),
    trait: [...traits, ...computed].map(({ name }) => name),
    given: [
      ...new Set([
        ...traits.map(({ name }) => name),
        ...identifiers.flatMap(({ from }) =>
          from.flatMap((path) => (path.startsWith("traits.") ? [path.slice("traits.".length)] : [])),
        ),
      ]),
    ],
    channel: [
      ...new Set([
        ...Object.keys(document.brand.providers),
        ...placements.flatMap(({ channels }) => channels),
        ...actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel)),
      ]),
    ],
    category: [ANY, ...contactPolicy.categories.map(({ name }) => name)],
    journey: journeysOf(document).map(({ name }) => name),
    experiment: experiments.map(({ name }) => name),
  };
};
type Names = ReturnType<typeof namesOf>;

/** Reports a name that is declared nowhere. */
const check = (
  { file, path, report }: Checking,
  field: Path,
  { kind, name, known }: { readonly kind: string; readonly name: unknown; readonly known: readonly string[] },
): void => {
  if (typeof name !== "string" || known.includes(name)) return;
  report.error(file.at([...path, ...field]), ...unknownName(kind, name, known));
};

const missing = ({ file, path, report }: Checking, kind: string, field: string): void =>
  report.error(file.at(path), "missing-field", `"${kind}" needs "${field}" beside it`, field);

const checkWhen = (checking: Checking, fields: WhenFields, names: Names): void => {
  const found = whenKinds(fields);
  checkFields(checking, fields, { found, table: WHEN_FIELDS });
  const { track, consent } = fields;
  if (track?.startsWith(OUTCOME_EVENT) !== true)
    check(checking, ["track"], { kind: "event", name: track, known: names.event });
  check(checking, ["ask"], { kind: "placement", name: fields.ask, known: names.placement });
  check(checking, ["of"], { kind: "action", name: fields.of, known: names.action });
  check(checking, ["channel"], { kind: "channel", name: fields.channel, known: names.channel });
  check(checking, ["enter"], { kind: "journey", name: fields.enter, known: names.journey });
  check(checking, ["consent", "channel"], {
    kind: "channel",
    name: consent?.channel,
    known: [ANY, ...names.channel],
  });
  check(checking, ["consent", "topic"], { kind: "category", name: consent?.topic, known: names.category });
  if (fields.outcome !== undefined && fields.of === undefined) missing(checking, "outcome", "of");
  if (fields.receive !== undefined && fields.channel === undefined) missing(checking, "receive", "channel");
};

const checkJourney = (checking: Checking, { journey, step, ended }: ThenFields): void => {
  if (journey === undefined) return;
  const found = journeysOf(checking.document).find(({ name }) => name === journey);
  if ((step === undefined) === (ended === undefined)) missing(checking, "journey", "step or ended");
  if (found !== undefined)
    check(checking, ["step"], { kind: "step", name: step, known: found.steps.map(({ name }) => name) });
};

const checkThen = (checking: Checking, fields: ThenFields, names: Names): void => {
  checkFields(checking, fields, { found: thenKinds(fields), table: THEN_FIELDS });
  const actions = [ANY, ...names.action];
  check(checking, ["message"], { kind: "action", name: fields.message, known: actions });
  check(checking, ["no"], { kind: "action", name: fields.no, known: actions });
  check(checking, ["chosen"], { kind: "action", name: fields.chosen, known: [NOTHING, ...names.action] });
  check(checking, ["rejected"], { kind: "action", name: fields.rejected, known: names.action });
  check(checking, ["decision"], { kind: "placement", name: fields.decision, known: names.placement });
  check(checking, ["journey"], { kind: "journey", name: fields.journey, known: names.journey });
  check(checking, ["segment"], { kind: "segment", name: fields.segment, known: names.segment });
  check(checking, ["trait"], { kind: "trait", name: fields.trait, known: names.trait });
  check(checking, ["channel"], { kind: "channel", name: fields.channel, known: names.channel });
  check(checking, ["reason"], { kind: "reason", name: fields.reason, known: REJECTION_REASONS });
  checkJourney(checking, fields);
  const { decision, chosen, rejected, trait } = fields;
  if (decision !== undefined && (chosen === undefined) === (rejected === undefined))
    missing(checking, "decision", "chosen or rejected");
  if (fields.reason !== undefined && rejected === undefined) missing(checking, "reason", "rejected");
  if (trait !== undefined && fields.is === undefined) missing(checking, "trait", "is");
};

const checkGiven = (checking: Checking, { given }: TestFields, names: Names): void => {
  const { document, file, path, report } = checking;
  for (const trait of Object.keys(given?.traits ?? {})) {
    if (names.given.includes(trait)) continue;
    const [code, message, expected] = unknownName("trait", trait, names.given);
    report.warning(file.atKey([...path, "traits", trait]), code, message, expected);
  }
  for (const [index, { track }] of (given?.events ?? []).entries())
    check(checking, ["events", index, "track"], { kind: "event", name: track, known: names.event });
  for (const [index, { channel, topic }] of (given?.consent ?? []).entries()) {
    const at = ["consent", index];
    check(checking, [...at, "channel"], { kind: "channel", name: channel, known: [ANY, ...names.channel] });
    check(checking, [...at, "topic"], { kind: "category", name: topic, known: names.category });
  }
  for (const [experiment, variant] of Object.entries(given?.experiments ?? {})) {
    check(checking, ["experiments", experiment], {
      kind: "experiment",
      name: experiment,
      known: names.experiment,
    });
    const found = document.experiments?.find(({ name }) => name === experiment);
    if (found === undefined) continue;
    const known = found.variants.map(({ name }) => name);
    check(checking, ["experiments", experiment], { kind: "variant", name: variant, known });
  }
  for (const [journey, arms] of Object.entries(given?.splits ?? {})) {
    check(checking, ["splits", journey], { kind: "journey", name: journey, known: names.journey });
    const splits = journeysOf(document).find(({ name }) => name === journey)?.steps ?? [];
    for (const [step, arm] of Object.entries(arms)) {
      const split = splits.find((one) => one.kind === "split" && one.name === step);
      const known = splits.flatMap((one) => (one.kind === "split" ? [one.name] : []));
      check(checking, ["splits", journey, step], { kind: "split", name: step, known });
      if (split?.kind !== "split") continue;
      const armNames = split.arms.map(({ name }) => name);
      check(checking, ["splits", journey, step], { kind: "arm", name: arm, known: armNames });
    }
  }
};

/** Reports tests that say too much or too little, and names in them that the playbook does not know. */
export const checkTests = ({ sources, document }: Draft, report: Report): void => {
  if (sources.tests.length === 0) return;
  const names = namesOf(document);
  for (const { file, value } of sources.tests) {
    for (const [index, test] of value.entries()) {
      const at = (...path: Path): Checking => ({ document, file, path: [index, ...path], report });
      checkGiven(at("given"), test, names);
      for (const [position, fields] of (test.when ?? []).entries())
        checkWhen(at("when", position), fields, names);
      for (const [position, fields] of test.then.entries()) checkThen(at("then", position), fields, names);
    }
  }
};
