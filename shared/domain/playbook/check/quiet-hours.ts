import { quietTime, scope } from "../build/build-contact-policy.ts";
import type { QuietTime } from "../model/contact-policy.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { Scope } from "../model/scope.ts";
import type { Parsed, Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import { type ContactPolicyFile, DAYS } from "../schema/contact-policy-file.ts";
import { unknownName } from "./unknown-name.ts";

type QuietHours = NonNullable<ContactPolicyFile["quietHours"]>[number];

/**
 * Quiet hours of no length, those that overlap (which of the two ends would hold? regions are checked each alone), holidays
 * that are nowhere listed, and hours that leave no time of the week to what must be sent.
 */
export const checkQuietHours = (
  { file, value }: Parsed<ContactPolicyFile>,
  document: PlaybookDocument,
  report: Report,
): void => {
  checkEach({ file, value }, value.quietHours ?? [], ["quietHours"], report);
  checkSilence(file, document, report);
  value.regions?.forEach(({ quietHours }, index) => {
    checkEach({ file, value }, quietHours ?? [], ["regions", index, "quietHours"], report);
  });
};

const checkEach = (
  { file, value }: Parsed<ContactPolicyFile>,
  written: readonly QuietHours[],
  path: Path,
  report: Report,
): void => {
  const all = written.map((quiet) => ({ ...quietTime(value, quiet), ...scope(quiet) }));
  all.forEach((quiet, index) => {
    checkTimes(file, written[index] ?? {}, [...path, index], report);
    checkHolidays({ file, value }, written[index]?.holidays ?? [], [...path, index, "holidays"], report);
    if (isOfDays(quiet)) return;
    const before = all
      .slice(0, index)
      .find((each) => !isOfDays(each) && sameScope(each, quiet) && overlap(each, quiet));
    if (before === undefined) return;
    const message = `These quiet hours overlap with those from ${before.from} to ${before.to} for the same channel and category`;
    const expected = "one entry, or times that do not overlap";
    report.error(file.at([...path, index]), "overlap", message, expected);
  });
};

/** Whole days and holidays add to the hours of every night: they end with their day. */
const isOfDays = ({ from, to, holidays }: QuietTime): boolean =>
  holidays !== undefined || (from === "00:00" && (to === "24:00" || to === "00:00"));

const checkTimes = (file: LocatedFile, { from, to }: QuietHours, path: Path, report: Report): void => {
  if (from === undefined && to === undefined) return;
  if (from === undefined || to === undefined) {
    const [missing, there] = from === undefined ? ["from", "to"] : ["to", "from"];
    const message = `There is ${there} without ${missing}`;
    const expected = "both times; or neither, for whole days";
    report.error(file.at([...path, there]), "missing-field", message, expected);
  } else if (from === to && from !== "00:00") {
    const message = "These quiet hours begin and end at the same time";
    const expected = `another time than ${from}; or neither time, for whole days`;
    report.error(file.at([...path, "to"]), "contradiction", message, expected);
  }
};

const checkHolidays = (
  { file, value: { holidays = {} } }: Parsed<ContactPolicyFile>,
  named: readonly string[],
  path: Path,
  report: Report,
): void => {
  const known = Object.keys(holidays);
  named.forEach((name, index) => {
    if (known.includes(name)) return;
    report.error(file.at([...path, index]), ...unknownName("list of holidays", name, known));
  });
};

const checkSilence = (
  file: LocatedFile,
  { brand, contactPolicy }: PlaybookDocument,
  report: Report,
): void => {
  for (const channel of Object.keys(brand.providers)) {
    for (const { name: category, transactional } of contactPolicy.categories) {
      if (transactional) continue;
      const hold = ({
        channels,
        categories,
      }: {
        channels: readonly string[];
        categories: readonly string[];
      }) => meet(channels, [channel]) && meet(categories, [category]);
      const everywhere = contactPolicy.quietHours.filter(hold);
      const places = (contactPolicy.regions ?? []).filter(hold);
      const reportNoTime = (where: string, path: Path): void => {
        const message = `Quiet hours leave no time at which ${category} may go out by ${channel}${where}`;
        report.error(file.at(path), "contradiction", message, "some hours of the week that are not quiet");
      };
      if (coversWeek(everywhere)) reportNoTime("", ["quietHours"]);
      else {
        for (const place of places) {
          if (!coversWeek([...everywhere, ...place.quietHours])) continue;
          reportNoTime(` in ${place.name}`, ["regions", contactPolicy.regions?.indexOf(place) ?? 0]);
        }
      }
    }
  }
};

type Scoped = Scope & Pick<QuietTime, "days">;

const DAY_MINUTES = 24 * 60;

/** Whether the windows together hold every minute of the week. */
const coversWeek = (windows: readonly QuietTime[]): boolean =>
  DAYS.every((day) => {
    const today = windows.filter(
      ({ days = [], holidays }) => days.includes(day) || (days.length === 0 && holidays === undefined),
    );
    let free = 0;
    for (const [from, to] of today.flatMap(spans).sort(([a], [b]) => a - b)) {
      if (from > free) return false;
      free = Math.max(free, to);
    }
    return free === DAY_MINUTES;
  });

const sameScope = (a: Scoped, b: Scoped): boolean =>
  meet(a.channels, b.channels) && meet(a.categories, b.categories) && meet(a.days, b.days);

/** Whether two lists of names have one in common. An absent or empty list means all. */
export const meet = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === 0 || b.length === 0 || a.some((name) => b.includes(name));

const overlap = (a: QuietTime, b: QuietTime): boolean =>
  spans(a).some(([from, to]) => spans(b).some(([start, end]) => from < end && start < to));

/** Minutes of the day; what spans midnight is two. */
const spans = ({ from, to }: Pick<QuietTime, "from" | "to">): readonly (readonly [number, number])[] => {
  const [start, end] = [minutes(from), minutes(to)];
  return start < end
    ? [[start, end]]
    : [
        [start, DAY_MINUTES],
        [0, end],
      ];
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
