import { FeelSyntaxError, treeOf } from "#feel/index.ts";
import { windowedIn } from "../compile/compile-time.ts";
import { movesWithTime, type TimeTerms, timeTerms } from "../compile/reads-now.ts";
import type { RuleSetting } from "../compile/rule-source.ts";
import { ruleSettings } from "../compile/rules.ts";
import type { Draft, Report } from "../read/sources.ts";

type Windowed = ReturnType<typeof windowedIn>;

/** What of a rule moves with the clock; null: it is no rule, which is reported elsewhere. */
const termsOf = (text: string, { scope }: RuleSetting, windowed: Windowed): TimeTerms | null => {
  try {
    return timeTerms(treeOf(text, scope), windowed);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
};

/**
 * Reports conditions of which nobody can say when time alone changes them: they would be noticed with the customer's next
 * event only, and days of triggers that move on with the clock, and so never come.
 */
export const checkInTime = (draft: Draft, report: Report): void => {
  const windowed = windowedIn(draft.document.dataModel);
  const settings = ruleSettings(draft.document);
  checkSegments(draft, report, (segment) => termsOf(segment.condition, settings.segment(segment), windowed));
  checkTriggers(draft, report, (day) => termsOf(day, settings.moment(), windowed));
};

/** Segments of which a customer keeps when time alone changes them. */
export const segmentsInTime = ({ document }: Pick<Draft, "document">): readonly string[] => {
  const windowed = windowedIn(document.dataModel);
  const settings = ruleSettings(document);
  return document.segments.flatMap((segment) => {
    const terms = termsOf(segment.condition, settings.segment(segment), windowed);
    return terms !== null && movesWithTime(terms) ? [segment.name] : [];
  });
};

const checkSegments = (
  { document, sources: { segments } }: Draft,
  report: Report,
  terms: (segment: Draft["document"]["segments"][number]) => TimeTerms | null,
): void => {
  for (const segment of document.segments) {
    const unclear = terms(segment)?.unclear ?? null;
    if (unclear === null) continue;
    const isText = typeof segments.value[segment.name] === "string";
    const place = segments.file.at(isText ? [segment.name] : [segment.name, "condition"], unclear.from);
    const part = segment.condition.slice(unclear.from, unclear.to);
    report.warning(
      place,
      "unclear-moment",
      `Nobody can say when "${part}" changes by time alone: it is looked at when something happens to the customer`,
      'a comparison by <, <=, > or >= of one date with now() or today(), such as customer.renewal <= today() + @"P30D"; or whole days: today() instead of now()',
    );
  }
};

const checkTriggers = (
  { document, sources: { triggers } }: Draft,
  report: Report,
  terms: (day: string) => TimeTerms | null,
): void => {
  const { file, value } = triggers;
  for (const { name } of document.triggers) {
    const { at, after, ...written } = value[name] ?? {};
    if (at === undefined) {
      const left = (["hour", "every", "holidays"] as const).find((member) => written[member] !== undefined);
      if (left !== undefined)
        report.error(
          file.atKey([name, left]),
          "contradiction",
          `"${left}" is of a day, and ${name} has none`,
          'also "at"',
        );
      continue;
    }
    if (after !== undefined)
      report.error(
        file.atKey([name, "after"]),
        "contradiction",
        `${name} waits for its day`,
        'the wait as part of "at", such as customer.renewal + @"P3D"',
      );
    const read = terms(at);
    if (read === null || !movesOn(read)) continue;
    report.error(
      file.at([name, "at"]),
      "unclear-moment",
      `The day that ${name} waits for moves on as time goes by, and so never comes`,
      'a date of the customer\'s own, such as customer.renewal - @"P30D", without now() and today()',
    );
  }
};

/** Of a day, anything that reads the clock: there is nothing it could be compared with. */
const movesOn = ({ unclear, grid, windows, crossings }: TimeTerms): boolean =>
  unclear !== null || grid !== null || windows.length > 0 || crossings.length > 0;
