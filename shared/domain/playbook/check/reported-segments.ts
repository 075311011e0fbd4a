import { BOUNDS } from "#kernel/bounds.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Reports keep a row for each company of segments that customers are in: so many are told apart, and no more. */
export const checkReportedSegments = ({ document, sources }: Draft, report: Report): void => {
  const reported = document.segments.filter((segment) => segment.report === true);
  const tooMany = reported[BOUNDS.reportedSegments];
  if (tooMany === undefined) return;
  report.error(
    sources.segments.file.at([tooMany.name, "report"]),
    "too-many",
    `${reported.length} segments are reported`,
    `at most ${BOUNDS.reportedSegments}`,
  );
};
