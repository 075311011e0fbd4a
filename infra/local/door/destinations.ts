import type { JsonObject } from "#kernel/json.ts";
import { objectAt, stringsAt, textAt } from "../aws/json.ts";
import { type Delivery, type LocalDoor, notWired, type Sent } from "./provider-local.ts";

/** Where a configuration set of AWS sends its events: topics by ARN, and the default bus or not. */
export type EventDestination = {
  readonly configurationSet: string;
  readonly topicArn: string | null;
  readonly bus: boolean;
  /** Event types in the provider's own words. */
  readonly types: readonly string[];
};

export function readDestination(destination: JsonObject, configurationSet: string): EventDestination {
  const topic = objectAt(destination, "SnsDestination");
  return {
    configurationSet,
    topicArn: textAt(topic, "TopicARN") ?? textAt(topic, "TopicArn") ?? null,
    bus: "EventBridgeDestination" in destination,
    types: stringsAt(destination, "MatchingEventTypes"),
  };
}

/** The destinations of a message's configuration set that take an event of this type. Types may name groups: `TEXT_ALL`, `ALL`. */
export const destinationsOf = (
  all: readonly EventDestination[],
  sent: Sent,
  type: string,
): readonly EventDestination[] =>
  all.filter(
    ({ configurationSet, types }) =>
      configurationSet === sent.configurationSet &&
      types.some(
        (one) =>
          one.toUpperCase() === type || one === "ALL" || (one === "TEXT_ALL" && type.startsWith("TEXT_")),
      ),
  );

/** Publishes an event along its destinations. @param event.always to the default bus too, asked for or not */
export function deliver(
  door: LocalDoor,
  destinations: readonly EventDestination[],
  event: {
    readonly body: JsonObject;
    readonly source: string;
    readonly detailType: string;
    readonly always: boolean;
  },
): Delivery {
  const { body, source, detailType } = event;
  const deliveredTo: string[] = [];
  for (const { topicArn } of destinations) {
    if (topicArn === null) continue;
    door.publish(topicArn, { message: JSON.stringify(body), subject: "Amazon event notification" });
    deliveredTo.push(topicArn);
  }
  if (event.always || destinations.some(({ bus }) => bus)) {
    door.putEvent({ source, detailType, detail: body });
    deliveredTo.push("bus default");
  }
  return deliveredTo.length > 0
    ? { ok: true, deliveredTo }
    : notWired("no event destination of the message's configuration set takes this event");
}
