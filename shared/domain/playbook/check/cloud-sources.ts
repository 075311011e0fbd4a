import { compilePattern, PatternError } from "../compile/event-pattern.ts";
import type { Draft, Report } from "../read/sources.ts";
import { unknownName } from "./unknown-name.ts";

/** `sources.yaml`: patterns that EventBridge would take, identifier types that the data model declares. */
export const checkCloudSources = ({ sources: { sources }, document }: Draft, report: Report): void => {
  const types = document.dataModel.identifiers.map(({ type }) => type);
  const events = document.dataModel.events.map(({ name }) => name);
  for (const source of document.sources) {
    try {
      compilePattern(source.match);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      report.error(
        sources.file.at([source.name, "match"]),
        "pattern",
        error.message,
        "an EventBridge event pattern",
      );
    }
    for (const type of Object.keys(source.customer)) {
      if (types.includes(type)) continue;
      const place = sources.file.atKey([source.name, "customer", type]);
      report.error(place, ...unknownName("identifier", type, types));
    }
    if (Object.keys(source.customer).length === 0) {
      const place = sources.file.at([source.name, "customer"]);
      report.error(
        place,
        "missing-field",
        "Nothing says whom this is about",
        `at least one of ${types.join(", ")}`,
      );
    }
    if (!events.includes(source.event)) {
      const place = sources.file.at([source.name, "event"]);
      report.error(place, ...unknownName("event", source.event, events));
    }
  }
};
