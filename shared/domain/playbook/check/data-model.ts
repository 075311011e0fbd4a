import { expectedOneOf } from "#kernel/suggest.ts";
import { propertiesOf, typeOf } from "../build/build-data-model.ts";
import { RESERVED_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import { FIELD_TYPES, TRUSTED } from "../schema/data-model-file.ts";

/** Roots at which an identifier may be found in an event. */
const IDENTIFIER_PATH = /^(userId|anonymousId|groupId|(traits|context|properties)(\.[^.\s]+)+)$/;

/** The data model within itself: strengths of identifiers, and computed traits that can be computed. */
export const checkDataModel = (draft: Draft, report: Report): void => {
  checkIdentifiers(draft, report);
  checkAddresses(draft, report);
  checkComputed(draft, report);
  checkEvents(draft, report);
};

/** `trusted` is no type: it says of an event, as `from`, who may say it. */
const checkEvents = ({ sources: { dataModel } }: Draft, report: Report): void => {
  const { file, value } = dataModel;
  for (const [event, fields] of Object.entries(value.events ?? {})) {
    for (const [name, type] of Object.entries(fields)) {
      if (type !== TRUSTED || name === "from") continue;
      const message = `"${TRUSTED}" is no type`;
      report.error(file.at(["events", event, name]), "wrong-type", message, FIELD_TYPES.join(", "));
    }
    if (fields.from === TRUSTED && RESERVED_EVENTS.includes(event)) {
      const message = `${event} cannot be kept from public keys`;
      report.error(file.at(["events", event, "from"]), "contradiction", message, "an event of your own");
    }
  }
};

const checkIdentifiers = ({ sources: { dataModel } }: Draft, report: Report): void => {
  const { file, value } = dataModel;
  const byPriority = new Map<number, string>();
  for (const [type, identifier] of Object.entries(value.identifiers ?? {})) {
    const path = ["identifiers", type];
    const other = byPriority.get(identifier.priority);
    if (other !== undefined) {
      const message = `${type} is as strong as ${other}: which of the two decides would be chance`;
      report.error(file.at([...path, "priority"]), "contradiction", message, "another number");
    }
    byPriority.set(identifier.priority, type);
    identifier.from.forEach((from, index) => {
      if (IDENTIFIER_PATH.test(from)) return;
      const expected = "userId, anonymousId, groupId, traits.x, context.x or properties.x";
      report.error(file.at([...path, "from", index]), "unknown-place", `No event has "${from}"`, expected);
    });
    if (identifier.unique && (identifier.limit ?? 1) !== 1) {
      const message = `${type} is unique, so a customer has one, but the limit is ${identifier.limit}`;
      report.error(file.at([...path, "limit"]), "contradiction", message, "limit: 1, or not unique");
    }
  }
};

/** A channel that sends needs addresses, and those are identifiers. */
const checkAddresses = ({ sources: { playbook }, document }: Draft, report: Report): void => {
  for (const channel of document.brand.channelPreference) {
    if (document.dataModel.identifiers.some((identifier) => identifier.channel === channel)) continue;
    const message = `No identifier is an address on ${channel}: nobody can be reached there`;
    const expected = `an identifier with channel: ${channel} in data-model.yaml`;
    report.warning(playbook.file.atKey(["channels", channel]), "no-address", message, expected);
  }
};

const checkComputed = ({ sources: { dataModel } }: Draft, report: Report): void => {
  const { file, value } = dataModel;
  for (const [name, { kind, event, property }] of Object.entries(value.computed ?? {})) {
    const path = ["computed", name];
    if (kind === "count") continue;
    if (property === undefined) {
      const expected = `a property of ${event}, such as property: total`;
      report.error(file.at(path), "missing-field", `"property" is missing: the ${kind} of what?`, expected);
      continue;
    }
    // What is not declared (a reserved event) may hold anything; an unknown event is reported elsewhere.
    if (!value.events?.[event] || RESERVED_EVENTS.includes(event)) continue;
    const declared = propertiesOf(value.events[event]);
    const [head = ""] = property.split(".");
    const written = declared.get(head);
    const type = written === undefined ? undefined : typeOf(written);
    const place = file.at([...path, "property"]);
    if (type === undefined) {
      const expected = expectedOneOf(head, [...declared.keys()]);
      report.error(place, "unknown-property", `${event} has no property "${head}"`, expected);
    } else if (kind === "sum" && head === property && type !== "number" && type !== "any") {
      report.error(place, "wrong-type", `${property} is declared as ${type}`, "a number, to sum it up");
    }
  }
};
