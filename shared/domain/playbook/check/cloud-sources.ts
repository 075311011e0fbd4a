import { compilePattern, PatternError } from "../compile/event-pattern.ts";
import type { Draft, Report } from "../read/sources.ts";
import { unknownName } from "./unknown-name.ts";

/** What other systems send counts as of a category that there is, on a channel that there is. */
const checkForeign = ({ sources: { sources }, document }: Draft, report: Report): void => {
  const known = {
    category: document.contactPolicy.categories.map(({ name }) => name),
    channel: document.brand.channelPreference,
    action: document.actions.map(({ name }) => name),
  };
  document.foreign?.forEach((foreign, index) => {
    for (const [field, names] of Object.entries(known)) {
      const named = Object.entries(foreign).find(([name]) => name === field)?.[1];
      if (named === undefined || names.includes(named)) continue;
      report.error(sources.file.at(["foreign", index, field]), ...unknownName(field, named, names));
    }
  });
};

/** `sources.yaml`: patterns that EventBridge would take, identifier types that the data model declares. */
export const checkCloudSources = (draft: Draft, report: Report): void => {
  const {
    sources: { sources },
    document,
  } = draft;
  const types = document.dataModel.identifiers.map(({ type }) => type);
  checkForeign(draft, report);
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
