import type { CompiledExpression, SyntaxTree } from "#feel/index.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { RuleSetting } from "../compile/rule-source.ts";
import { eventsLeadingTo } from "../compile/scope.ts";
import type { Action, PlaybookDocument } from "../model/document.ts";
import { SEGMENT_EVENTS } from "../model/known.ts";
import type { Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import { nodesIn } from "./syntax-nodes.ts";

/** Events for which a rule is evaluated. Null: it is evaluated without an event; "any": for any event. */
export type RuleEvents = readonly string[] | null | "any";

/** A rule of the playbook with the place it stands at. */
export type Rule = {
  readonly text: string;
  readonly setting: RuleSetting;
  readonly events: RuleEvents;
  readonly file: LocatedFile;
  readonly path: Path;
  /** It tells when: a date, or a date and time. */
  readonly isMoment?: true;
};

export const eventsOf = (
  document: PlaybookDocument,
  { placements }: Pick<Action, "placements">,
): RuleEvents => {
  const isTriggered = document.triggers.some(({ placement }) => placements.includes(placement));
  return isTriggered ? (eventsLeadingTo(document, placements) ?? "any") : null;
};

/** Reports rules about an event that they never see, and about segments that nobody can enter or leave. */
export const checkEvents = (
  { events, file, path }: Rule,
  {
    references,
    tree,
    segments,
  }: Pick<CompiledExpression, "references"> & {
    readonly tree: SyntaxTree;
    readonly segments: readonly string[];
  },
  report: Report,
): void => {
  const read = references.find(([root]) => root === "event");
  if (read === undefined || events === "any") return;
  if (events === null) {
    const [, ...members] = read.filter((member) => member !== "properties");
    const message = `No event leads to its placements, so ${read.join(".")} is always null`;
    const expected = `what the caller says, such as ${["context", ...members].join(".")}, or a trigger's placement`;
    report.warning(file.at(path), "no-event", message, expected);
    return;
  }
  if (!events.every((event) => SEGMENT_EVENTS.includes(event))) return;
  for (const { name, from, excludes } of nodesIn(tree).flatMap(segmentsNamed)) {
    if (segments.includes(name)) continue;
    const message = `There is no segment "${name}": this is ${excludes ? "always" : "never"} true`;
    const expected = expectedOneOf(name, segments);
    report[excludes ? "warning" : "error"](file.at(path, from), "unknown-segment", message, expected);
  }
};

type SegmentName = { readonly name: string; readonly from: number; readonly excludes: boolean };

/** Texts that `event.segment` is compared with. */
const segmentsNamed = (node: SyntaxTree): readonly SegmentName[] => {
  if (node.kind === "in" && isSegment(node.value)) return node.tests.flatMap((test) => textsIn(test, false));
  if (node.kind !== "compare" || (node.operator !== "=" && node.operator !== "!=")) return [];
  const other = isSegment(node.left) ? node.right : isSegment(node.right) ? node.left : null;
  return other === null || other.kind === "list" ? [] : textsIn(other, node.operator === "!=");
};

const textsIn = (node: SyntaxTree, excludes: boolean): readonly SegmentName[] => {
  if (node.kind === "list") return node.items.flatMap((item) => textsIn(item, excludes));
  return node.kind === "literal" && typeof node.value === "string"
    ? [{ name: node.value, from: node.from, excludes }]
    : [];
};

/** `event.segment` or `event.properties.segment`. */
const isSegment = (node: SyntaxTree): boolean =>
  node.kind === "path" && node.name === "segment" && isEvent(node.target);

const isEvent = (node: SyntaxTree): boolean =>
  (node.kind === "name" && node.name === "event") ||
  (node.kind === "path" && node.name === "properties" && isEvent(node.target));
