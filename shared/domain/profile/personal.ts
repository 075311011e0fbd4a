import { nameKey, personalNames } from "../playbook/personal-names.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { MASKED, maskingText } from "./personal-text.ts";
import type { CustomerState, Json, JsonObject } from "./types.ts";

/** What names or reaches a person: values under these names, and texts wherever they stand. */
export type Personal = {
  readonly isPersonalName: (name: string) => boolean;
  /** The text without them; the same text where there is none. */
  readonly maskText: (text: string) => string;
};

const namesByPlaybook = new WeakMap<CompiledPlaybook, ReadonlySet<string>>();

const namesIn = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const known = namesByPlaybook.get(playbook);
  if (known !== undefined) return known;
  const names = personalNames(playbook.document.dataModel);
  namesByPlaybook.set(playbook, names);
  return names;
};

/**
 * What is personal of this customer under this playbook; of somebody unknown, what looks like it.
 * @param ref what was asked about, `type:value`, where it led to nobody
 */
export const personalOf = (
  playbook: CompiledPlaybook,
  state: CustomerState | null,
  ref?: string,
): Personal => {
  const names = namesIn(playbook);
  const isPersonalName = (name: string): boolean => names.has(nameKey(name));
  const known: unknown[] = ref === undefined ? [] : [ref.slice(ref.indexOf(":") + 1)];
  if (state !== null) {
    for (const { value } of [...state.identifiers, ...state.contested, ...state.addresses]) known.push(value);
    for (const [name, { value }] of Object.entries(state.traits)) if (isPersonalName(name)) known.push(value);
  }
  return {
    isPersonalName,
    maskText: maskingText(known.filter((value) => typeof value === "string")),
  };
};

/** Numbers of this size may be a phone number or a customer's number that came without quotes. */
const LEAST_TELLING_NUMBER = 1_000_000;

/** A number is personal where its digits are. */
export const isPersonalNumber = (value: number, { maskText }: Personal): boolean => {
  if (!Number.isInteger(value) || value < LEAST_TELLING_NUMBER) return false;
  const digits = String(value);
  return maskText(digits) !== digits;
};

/** The value without what is personal: null stays null, anything else that is personal becomes `MASKED`, names included. */
export const withoutPersonal = (value: Json, personal: Personal): Json => {
  if (typeof value === "string") return personal.maskText(value);
  if (typeof value === "number") return isPersonalNumber(value, personal) ? MASKED : value;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((member) => withoutPersonal(member, personal));
  return membersWithoutPersonal(value, personal);
};

export const membersWithoutPersonal = (members: JsonObject, personal: Personal): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      personal.maskText(name),
      personal.isPersonalName(name) && member !== null ? MASKED : withoutPersonal(member, personal),
    ]),
  );

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);
