import { expectedOneOf } from "#kernel/suggest.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Reports sends for nobody in particular, or at a placement for which there is nothing to say. */
export const checkSends = ({ sources: { sends }, document }: Draft, report: Report): void => {
  const segments = document.segments.map(({ name }) => name);
  const asked = new Set(document.actions.flatMap(({ placements }) => placements));
  for (const { file, value } of sends) {
    const { segment, if: condition, placement } = value;
    if ((segment === undefined) === (condition === undefined)) {
      const message = "A send is for a segment, or for those that a condition holds for";
      report.error(file.at([]), "no-audience", message, "either segment or if");
    }
    if (segment !== undefined && !segments.includes(segment)) {
      const message = `There is no segment "${segment}"`;
      report.error(file.at(["segment"]), "unknown-segment", message, expectedOneOf(segment, segments));
    }
    if (!document.placements.some(({ name }) => name === placement)) {
      const known = document.placements.map(({ name }) => name);
      const message = `There is no placement "${placement}"`;
      report.error(file.at(["placement"]), "unknown-placement", message, expectedOneOf(placement, known));
    } else if (!asked.has(placement)) {
      const message = `No action is offered at ${placement}: there is nothing to say to anybody`;
      report.warning(file.at(["placement"]), "empty-placement", message, "an action with this placement");
    }
  }
};
