import { actionName } from "../build.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";
import type { Draft, Parsed, Report } from "../sources.ts";

type QuietHours = NonNullable<ContactPolicyFile["quietHours"]>[number];

/** Contradictions inside the contact policy, and actions that outlive themselves. */
export const checkPolicy = ({ sources }: Draft, report: Report): void => {
  checkCategories(sources.contactPolicy, report);
  checkCaps(sources.contactPolicy, report);
  checkQuietHours(sources.contactPolicy, report);
  for (const action of sources.actions) {
    const { activeFrom, activeTo } = action.value;
    if (!activeFrom || !activeTo || Date.parse(activeFrom) < Date.parse(activeTo)) continue;
    const message = `${actionName(action)} ends before it begins`;
    report("error", action.file.at(["activeTo"]), "contradiction", message, `a time after ${activeFrom}`);
  }
};

const checkCategories = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  for (const [name, category] of Object.entries(value.categories)) {
    if (!category.transactional || category.consent === "none") continue;
    const message = `${name} is transactional, which needs no consent, but asks for ${category.consent} consent`;
    report(
      "error",
      file.at(["categories", name, "consent"]),
      "contradiction",
      message,
      "consent: none, or not transactional",
    );
  }
};

const checkCaps = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  const seen = new Map<string, number>();
  value.caps?.forEach((cap, index) => {
    if (cap.max === 0) {
      const message = `The cap "${cap.name}" allows nothing at all`;
      report(
        "error",
        file.at(["caps", index, "max"]),
        "cap-of-zero",
        message,
        "at least 1; to stop an action, take its file away",
      );
    }
    const scope = JSON.stringify([
      cap.window,
      sorted(cap.channels),
      sorted(cap.categories),
      sorted(cap.actions),
    ]);
    const other = seen.get(scope);
    if (other !== undefined) {
      const message = `The cap "${cap.name}" counts the same as "${value.caps?.[other]?.name}": only the smaller would hold`;
      report(
        "error",
        file.at(["caps", index]),
        "contradiction",
        message,
        "one cap for the same window and scope",
      );
    }
    seen.set(scope, index);
  });
};

const sorted = (names: readonly string[] | undefined): readonly string[] => [...(names ?? [])].sort();

const checkQuietHours = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  const all = value.quietHours ?? [];
  all.forEach((quiet, index) => {
    if (quiet.from === quiet.to) {
      const message = "These quiet hours begin and end at the same time";
      report(
        "error",
        file.at(["quietHours", index, "to"]),
        "contradiction",
        message,
        `another time than ${quiet.from}`,
      );
    }
    const other = all.slice(0, index).findIndex((each) => sameScope(each, quiet) && overlap(each, quiet));
    if (other === -1) return;
    const before = all[other];
    const message = `These quiet hours overlap with those from ${before?.from} to ${before?.to} for the same channel and category`;
    report(
      "error",
      file.at(["quietHours", index]),
      "overlap",
      message,
      "one entry, or times that do not overlap",
    );
  });
};

const sameScope = (a: QuietHours, b: QuietHours): boolean =>
  meet(a.channels, b.channels) && meet(a.categories, b.categories);

/** An absent or empty list means all. */
const meet = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
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
