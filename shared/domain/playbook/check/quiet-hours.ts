import type { Path } from "../read/yaml-file.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";
import type { Parsed, Report } from "../sources.ts";

type QuietHours = NonNullable<ContactPolicyFile["quietHours"]>[number];

/** Quiet hours of no length, and those that overlap: which of the two ends would hold? Regions are checked each alone. */
export const checkQuietHours = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  checkEach({ file, value }, value.quietHours ?? [], ["quietHours"], report);
  value.regions?.forEach(({ quietHours }, index) => {
    checkEach({ file, value }, quietHours ?? [], ["regions", index, "quietHours"], report);
  });
};

const checkEach = (
  { file }: Parsed<ContactPolicyFile>,
  all: readonly QuietHours[],
  path: Path,
  report: Report,
): void => {
  all.forEach((quiet, index) => {
    if (quiet.from === quiet.to) {
      const message = "These quiet hours begin and end at the same time";
      const expected = `another time than ${quiet.from}`;
      report("error", file.at([...path, index, "to"]), "contradiction", message, expected);
    }
    const before = all.slice(0, index).find((each) => sameScope(each, quiet) && overlap(each, quiet));
    if (before === undefined) return;
    const message = `These quiet hours overlap with those from ${before.from} to ${before.to} for the same channel and category`;
    const expected = "one entry, or times that do not overlap";
    report("error", file.at([...path, index]), "overlap", message, expected);
  });
};

const sameScope = (a: QuietHours, b: QuietHours): boolean =>
  meet(a.channels, b.channels) && meet(a.categories, b.categories) && meet(a.days, b.days);

/** Whether two lists of names have one in common. An absent or empty list means all. */
export const meet = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === 0 || b.length === 0 || a.some((name) => b.includes(name));

const overlap = (a: QuietHours, b: QuietHours): boolean =>
  spans(a).some(([from, to]) => spans(b).some(([start, end]) => from < end && start < to));

/** Minutes of the day; what spans midnight is two. */
const spans = ({ from, to }: QuietHours): readonly (readonly [number, number])[] => {
  const [start, end] = [minutes(from), minutes(to)];
  return start < end
    ? [[start, end]]
    : [
        [start, 24 * 60],
        [0, end],
      ];
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
