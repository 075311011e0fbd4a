import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { asObject, numberAt, objectsAt, parseObject, stringsAt, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";

export type Rule = {
  readonly name: string;
  readonly bus: string;
  /** Its event pattern. */
  readonly test: (event: JsonObject) => boolean;
  readonly targets: readonly RuleTarget[];
};
/** Takes the whole event; a target makes of it what its input says. */
export type RuleTarget = (event: JsonObject) => void;

export type NewEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: number;
};
export type Buses = {
  /** Puts one event on a bus (name or ARN). @returns its id */
  readonly put: (bus: string, event: NewEvent) => string;
  /** Passes an event on to another bus as it is. */
  readonly forward: (bus: string, event: JsonObject) => void;
};

const busName = (nameOrArn: string): string => /event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;

type Around = { readonly now: () => number; readonly account: string; readonly region: string };

export function createBuses(names: readonly string[], rules: readonly Rule[], around: Around): Buses {
  const byBus = new Map<string, Rule[]>(["default", ...names].map((name) => [name, []]));
  for (const rule of rules) {
    const bus = byBus.get(busName(rule.bus));
    if (bus === undefined)
      throw new Error(`rule ${rule.name} listens to the bus ${rule.bus}, which does not exist`);
    bus.push(rule);
  }
  const forward = (bus: string, event: JsonObject): void => {
    const found = byBus.get(busName(bus));
    if (found === undefined)
      throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
    for (const rule of found) {
      if (!rule.test(event)) continue;
      for (const deliver of rule.targets) deliver(event);
    }
  };
  return {
    forward,
    put: (bus, event) => {
      const id = randomUUID();
      forward(bus, {
        version: "0",
        id,
        "detail-type": event.detailType,
        source: event.source,
        account: around.account,
        // EventBridge gives whole seconds.
        time: `${new Date(event.time ?? around.now()).toISOString().slice(0, 19)}Z`,
        region: around.region,
        resources: event.resources ?? [],
        detail: event.detail,
      });
      return id;
    },
  };
}

const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;

/** PutEvents; an entry that is wrong fails alone, and is counted. */
export function createEventBridgeService(buses: Buses): Service {
  return (operation, request) => {
    if (operation !== "PutEvents") return null;
    const entries = objectsAt(parseObject(request.body) ?? {}, "Entries");
    if (entries.length === 0 || entries.length > MAX_ENTRIES) {
      throw new AwsError("ValidationException", "Member must have length between 1 and 10: entries");
    }
    if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > MAX_BYTES) {
      throw new AwsError(
        "ValidationException",
        "Total size of the entries in the request is over the limit.",
      );
    }
    const results = entries.map((entry) => putEntry(buses, entry));
    const failed = results.filter((result) => result.ErrorCode !== undefined).length;
    return jsonResponse({ FailedEntryCount: failed, Entries: results }, "application/x-amz-json-1.1");
  };
}

/** Source, detail type, detail, resources in UTF-8, and 14 bytes for a time (PutEvents, user guide). */
const entryBytes = (entry: JsonObject): number =>
  Buffer.byteLength(
    [
      textAt(entry, "Source"),
      textAt(entry, "DetailType"),
      textAt(entry, "Detail"),
      ...stringsAt(entry, "Resources"),
    ].join(""),
  ) + (entry.Time === undefined ? 0 : 14);

function putEntry(
  buses: Buses,
  entry: JsonObject,
): { readonly EventId?: string; readonly ErrorCode?: string; readonly ErrorMessage?: string } {
  const source = textAt(entry, "Source");
  const detailType = textAt(entry, "DetailType");
  const detail = asObject(parseObject(textAt(entry, "Detail") ?? "") ?? undefined);
  if (source === undefined || detailType === undefined) {
    return { ErrorCode: "InvalidArgument", ErrorMessage: "Parameters Source and DetailType are required." };
  }
  if (detail === null) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const seconds = numberAt(entry, "Time");
  try {
    const id = buses.put(textAt(entry, "EventBusName") ?? "default", {
      source,
      detailType,
      detail,
      resources: stringsAt(entry, "Resources"),
      ...(seconds === undefined ? {} : { time: seconds * 1000 }),
    });
    return { EventId: id };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ErrorCode: error.code, ErrorMessage: error.message };
  }
}
