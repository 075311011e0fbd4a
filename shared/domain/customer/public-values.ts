import type { Json, JsonObject } from "#kernel/json.ts";
import { type PublicSetting, publicText, publicValue, type TextBound } from "#template/public-words.ts";
import type { ComputedTrait, DataModel } from "../playbook/model/data-model.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { leadsToBrand } from "../playbook/model/named-hosts.ts";
import type { Trait } from "../records/customer.ts";

/*
 * What a public key said, as templates see it: anybody can have said it, and a message that repeats it speaks for the
 * brand (docs/security.md). A whole web address stays where its host is one that the brand names. Rules see values as they are.
 */

type Playbook = Pick<PlaybookDocument, "dataModel" | "brand">;

const UNDECLARED: PublicSetting = { boundOf: () => undefined, admits: () => false };

/** Whether an identifier that is an address in one spelling is found at that place in an event. */
const holdsAddress = ({ identifiers }: DataModel, path: string): boolean =>
  identifiers.some(({ normalize, from }) => !["none", "lower"].includes(normalize) && from.includes(path));

const boundAt = (model: DataModel, path: string, bound: TextBound = {}): TextBound =>
  holdsAddress(model, path) ? { ...bound, mailAddress: true } : bound;

/** A trait's value, by the standing of the event that set it. */
export const shownTrait = (
  { dataModel, brand }: Playbook,
  name: string,
  { value, standing }: Trait,
): Json => {
  if (standing !== "public") return value;
  const declared = dataModel.traits.find((trait) => trait.name === name)?.text;
  const bound = boundAt(dataModel, `traits.${name}`, declared);
  return publicValue(value, { ...UNDECLARED, admits: leadsToBrand(brand) }, bound);
};

/** A computed trait's value. Of a text nobody remembers who said it: anybody, where the event may be anybody's. */
export const shownComputed = (
  { dataModel, brand }: Playbook,
  { event, property, text }: ComputedTrait,
  value: Json,
): Json => {
  if (typeof value !== "string") return value;
  const declared = dataModel.events.find(({ name }) => name === event);
  if (declared?.from === "trusted") return value;
  return publicText(value, { ...declared?.texts?.[property ?? ""], ...text }, leadsToBrand(brand));
};

/** What a page says of itself when it asks for its slots. */
export const shownContext = (context: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [name, publicValue(value, UNDECLARED)]));

/**
 * Properties of an event that anybody may have sent. What is declared of a property holds for members of that name inside
 * lists and maps too: the `url` of a product is one wherever it stands.
 */
export const shownProperties = (
  { dataModel, brand }: Playbook,
  event: string,
  properties: JsonObject,
): Json => {
  const declared = dataModel.events.find(({ name }) => name === event);
  const boundOf = (member: string): TextBound | undefined => {
    const isDeclared = Object.hasOwn(declared?.properties ?? {}, member);
    const bound = boundAt(dataModel, `properties.${member}`, declared?.texts?.[member]);
    return isDeclared || bound.mailAddress ? bound : undefined;
  };
  return publicValue(properties, { boundOf, admits: leadsToBrand(brand) });
};
