import { isList, type Json, type JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { nameKey, personalNames } from "../playbook/model/personal-names.ts";
import type { CustomerState } from "../records/customer.ts";
import { MASKED, maskingText } from "./personal-text.ts";

/** What is personal: all values under these names, and certain texts wherever they stand. */
export type Personal = {
  readonly isPersonalName: (name: string) => boolean;
  /** Masks personal texts within a text; gives the same text where there is none. */
  readonly maskText: (text: string) => string;
};

type IsPersonalName = Personal["isPersonalName"];
const namesByPlaybook = new WeakMap<CompiledPlaybook, IsPersonalName>();
/** How many names are cached: callers may send any number of made-up ones. */
const MOST_NAMES = 2_000;

const personalNamesIn = (playbook: CompiledPlaybook): IsPersonalName => {
  const known = namesByPlaybook.get(playbook);
  if (known !== undefined) return known;
  const names = personalNames(playbook.document.dataModel);
  const asked = new Map<string, boolean>();
  const isPersonalName: IsPersonalName = (name) => {
    const earlier = asked.get(name);
    if (earlier !== undefined) return earlier;
    if (asked.size >= MOST_NAMES) asked.clear();
    const is = names.has(nameKey(name));
    asked.set(name, is);
    return is;
  };
  namesByPlaybook.set(playbook, isPersonalName);
  return isPersonalName;
};

/**
 * What is personal about this customer under this playbook. Without a customer: what looks like an address or a number.
 * @param ref the identifier that was asked about, `type:value`, where no customer has it
 */
export const personalOf = (
  playbook: CompiledPlaybook,
  state: CustomerState | null,
  ref?: string,
): Personal => {
  const isPersonalName = personalNamesIn(playbook);
  const known: unknown[] = ref === undefined ? [] : [ref.slice(ref.indexOf(":") + 1)];
  if (state !== null) {
    const { identifiers, contested, unproven = [], addresses } = state;
    for (const { value } of [...identifiers, ...contested, ...unproven, ...addresses]) known.push(value);
    for (const [name, { value }] of Object.entries(state.traits)) if (isPersonalName(name)) known.push(value);
  }
  return {
    isPersonalName,
    maskText: maskingText(known.filter((value) => typeof value === "string")),
  };
};

/** Numbers of this size may be a phone number or a customer's number that came without quotes. */
const LEAST_TELLING_NUMBER = 1_000_000;

/** Whether a number's digits, read as text, are personal. */
export const isPersonalNumber = (value: number, { maskText }: Personal): boolean => {
  if (!Number.isInteger(value) || value < LEAST_TELLING_NUMBER) return false;
  const digits = String(value);
  return maskText(digits) !== digits;
};

/**
 * The value without what is personal: null stays null, anything else that is personal becomes `MASKED`, names included.
 * @param path where it stands, as rules name it
 * @param masked gets the paths of what was replaced
 */
export const withoutPersonal = (value: Json, personal: Personal, path: string, masked: Set<string>): Json => {
  if (typeof value === "object" && value !== null) {
    if (isList(value)) return value.map((member) => withoutPersonal(member, personal, path, masked));
    return membersWithoutPersonal(value, personal, path, masked);
  }
  const rest = scalarWithoutPersonal(value, personal);
  if (rest !== value) masked.add(path);
  return rest;
};

const scalarWithoutPersonal = (
  value: string | number | boolean | null,
  personal: Personal,
): string | number | boolean | null => {
  if (typeof value === "string") return personal.maskText(value);
  return typeof value === "number" && isPersonalNumber(value, personal) ? MASKED : value;
};

export const membersWithoutPersonal = (
  members: JsonObject,
  personal: Personal,
  path: string,
  masked: Set<string>,
): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const shown = personal.maskText(name);
      const at = `${path}.${shown}`;
      const hidden = personal.isPersonalName(name) && member !== null;
      if (hidden || shown !== name) masked.add(at);
      return [shown, hidden ? MASKED : withoutPersonal(member, personal, at, masked)];
    }),
  );
