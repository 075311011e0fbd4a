import type { Json, JsonObject } from "#kernel/json.ts";
import { publicText, publicValue, type TextBound } from "#template/public-words.ts";
import type { ComputedTrait, DataModel } from "../playbook/model/document.ts";
import type { Trait } from "../records/customer.ts";

/*
 * What a public key said, as templates see it: anybody can have said it, and a message that repeats it speaks for the
 * brand (docs/security.md). Rules see values as they are.
 */

/** Whether an identifier that is an address in one spelling is found at that place in an event. */
const holdsAddress = ({ identifiers }: DataModel, path: string): boolean =>
  identifiers.some(({ normalize, from }) => !["none", "lower"].includes(normalize) && from.includes(path));

const boundAt = (model: DataModel, path: string, bound: TextBound = {}): TextBound =>
  holdsAddress(model, path) ? { ...bound, mailAddress: true } : bound;

/** A trait's value, by the standing of the event that set it. */
export const shownTrait = (model: DataModel, name: string, { value, standing }: Trait): Json => {
  if (standing !== "public") return value;
  const declared = model.traits.find((trait) => trait.name === name)?.text;
  return publicValue(value, () => undefined, boundAt(model, `traits.${name}`, declared));
};

/** A computed trait's value. Of a text nobody remembers who said it, so that anybody may have. */
export const shownComputed = (
  model: DataModel,
  { event, property, text }: ComputedTrait,
  value: Json,
): Json => {
  if (typeof value !== "string") return value;
  const declared = model.events.find(({ name }) => name === event)?.texts?.[property ?? ""];
  return publicText(value, { ...declared, ...text });
};

/** What a page says of itself when it asks for its slots. */
export const shownContext = (context: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, publicValue(value, () => undefined)]),
  );

/**
 * Properties of an event that anybody may have sent. What is declared of a property holds for members of that name inside
 * lists and maps too: the `url` of a product is one wherever it stands.
 */
export const shownProperties = (model: DataModel, event: string, properties: JsonObject): Json => {
  const declared = model.events.find(({ name }) => name === event);
  return publicValue(properties, (member) => {
    const isDeclared = Object.hasOwn(declared?.properties ?? {}, member);
    const bound = boundAt(model, `properties.${member}`, declared?.texts?.[member]);
    return isDeclared || bound.mailAddress ? bound : undefined;
  });
};
