import { parse } from "yaml";
import { buildDataModel } from "#domain/playbook/build/build-data-model.ts";
import type { DataModel, FieldType } from "#domain/playbook/model/data-model.ts";
import { DataModelFile } from "#domain/playbook/schema/data-model-file.ts";
import type { Json, JsonObject } from "#kernel/json.ts";
import { objectAt, parseObject, textAt } from "../aws/json.ts";
import { LOCAL_SECRET_KEY } from "../state/local-keys.ts";

/** One event to begin with: the call that takes it, and what it says beside whom it is about. */
export type SendableEvent = {
  readonly title: string;
  readonly kind: "identify" | "track" | "page" | "screen" | "group";
  readonly content: JsonObject;
  /** Whether the playbook believes it of a secret key only. */
  readonly trusted: boolean;
};

/** What the playbook that is live at `url` knows of, each with values to change; without one, what every hub knows. */
export async function sendableEvents(url: string, now: number): Promise<readonly SendableEvent[]> {
  const headers = { authorization: `Bearer ${LOCAL_SECRET_KEY}` };
  const response = await fetch(`${url}/v1/playbooks/current`, { headers });
  const body = parseObject(await response.text()) ?? {};
  const text = response.ok ? textAt(objectAt(body, "files"), "data-model.yaml") : undefined;
  return eventsOf(readModel(text), now);
}

const readModel = (text: string | undefined): DataModel => {
  const read = DataModelFile.safeParse(text === undefined ? {} : (parse(text, { merge: true }) ?? {}));
  return buildDataModel(read.success ? read.data : {});
};

const open = (title: string, kind: SendableEvent["kind"], content: JsonObject): SendableEvent => ({
  title,
  kind,
  content,
  trusted: false,
});

/** @param now in ms, for the dates among the values */
export const eventsOf = (
  { identifiers, traits, events }: DataModel,
  now: number,
): readonly SendableEvent[] => [
  open("identify: who somebody is", "identify", {
    traits: Object.fromEntries(traits.map(({ name, type }) => [name, sample(name, type, now)])),
  }),
  open("track: Consent Changed", "track", { event: "Consent Changed", properties: consentOn(identifiers) }),
  ...events.map(
    ({ name, properties, from }): SendableEvent => ({
      title: `track: ${name}`,
      kind: "track",
      content: {
        event: name,
        properties: Object.fromEntries(
          Object.entries(properties).map(([property, type]) => [property, sample(property, type, now)]),
        ),
      },
      trusted: from !== undefined,
    }),
  ),
  open("page: somebody looks at a page", "page", {
    name: "Home",
    properties: { url: "https://www.example.com/" },
  }),
  open("screen: somebody looks at an app's screen", "screen", { name: "Home", properties: {} }),
  open("group: whom somebody belongs to", "group", { groupId: "acme", traits: { name: "Acme" } }),
];

/** A yes on the first channel that the playbook has an address for. */
const consentOn = (identifiers: DataModel["identifiers"]): JsonObject => ({
  channel: identifiers.find(({ channel }) => channel !== undefined)?.channel ?? "any",
  topic: "marketing",
  status: "granted",
  kind: "express",
  source: "the event sender",
});

/** Values that have a form of their own, by the name that is usual for them. */
const USUAL: JsonObject = {
  phone: "+12025550100",
  firstName: "Kim",
  locale: "en",
  timeZone: "Europe/Berlin",
  currency: "EUR",
  birthday: "1990-05-04",
};

const sample = (name: string, type: FieldType, now: number): Json => {
  const usual = USUAL[name];
  if (usual !== undefined) return usual;
  if (type === "number") return 1;
  if (type === "boolean") return true;
  if (type === "date") return new Date(now).toISOString().slice(0, 10);
  if (type === "date and time") return new Date(now).toISOString();
  if (type.startsWith("list")) return [];
  if (type === "context") return {};
  if (/mail$/i.test(name)) return "kim@example.com";
  return /url$/.test(name) ? "https://www.example.com/" : name.replaceAll("_", " ");
};
