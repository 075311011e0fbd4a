import type { Cap } from "../model/contact-policy.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { Parsed, Report } from "../read/sources.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";

/** Caps that allow nothing, and those that never refuse anything because another one does first. */
export const checkCaps = (
  { file }: Parsed<ContactPolicyFile>,
  { contactPolicy: { caps } }: PlaybookDocument,
  report: Report,
): void => {
  caps.forEach((cap, index) => {
    if (cap.max === 0) {
      const message = `The cap "${cap.name}" allows nothing at all`;
      const expected = "at least 1; to stop an action, take its file away";
      report.error(file.at(["caps", index, "max"]), "cap-of-zero", message, expected);
    }
    const twin = caps.slice(0, index).find((other) => countsSame(cap, other));
    if (twin !== undefined) {
      const message = `The cap "${cap.name}" counts the same as "${twin.name}": only the smaller would hold`;
      const expected = "one cap for the same window and scope";
      report.error(file.at(["caps", index]), "contradiction", message, expected);
    }
    const stricter = caps.find((other) => !countsSame(cap, other) && isStricter(other, cap));
    if (stricter === undefined || stricter.max === 0) return;
    const message = `The cap "${cap.name}" never refuses anything: "${stricter.name}" allows ${stricter.max} in a time as long or longer`;
    const expected = `more than ${cap.max} for "${stricter.name}", or no cap "${cap.name}"`;
    report.warning(file.at(["caps", index]), "no-effect", message, expected);
  });
};

const SCOPE = ["channels", "categories", "actions"] as const;

const countsSame = (a: Cap, b: Cap): boolean => a.windowMs === b.windowMs && counts(a, b) && counts(b, a);

/** Whether whatever fills `other` has filled `cap` before: it counts all that the other does, for as long, up to no more. */
const isStricter = (cap: Cap, other: Cap): boolean =>
  cap.max <= other.max && cap.windowMs >= other.windowMs && counts(cap, other);

/** Whether the cap counts all that the other does. Without channels it counts messages, and not what a page shows. */
const counts = (cap: Cap, other: Cap): boolean =>
  SCOPE.every((part) => {
    if (cap[part].length === 0) return part !== "channels" || other.channels.length === 0;
    return other[part].length > 0 && other[part].every((name) => cap[part].includes(name));
  });
