import { type Json, type JsonObject, valueAt } from "#kernel/json.ts";
import type { ReplyRule } from "../playbook/model/replies.ts";
import type { CustomerState } from "../records/customer.ts";

/** Of what is found, no more goes along with a message. */
const MOST_BYTES = 4_096;

/** Numbers as people write them: `a 1`, `A-1` and `A1` are one. */
const plainName = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number"
    ? String(value)
        .normalize("NFKC")
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, "")
    : "";

const small = (properties: JsonObject): JsonObject =>
  JSON.stringify(properties).length <= MOST_BYTES
    ? properties
    : Object.fromEntries(Object.entries(properties).filter(([, value]) => typeof value !== "object"));

/**
 * The last of a customer's own recent events that a rule looks for, as its texts see it: `{name, at, ...properties}`. Only what
 * the company itself said counts: a public key's word is nobody's. Null: there is none.
 * @param argument what the message names; absent: the last of all
 */
export const findEvent = (
  { recent }: Pick<CustomerState, "recent">,
  { events, property }: NonNullable<ReplyRule["find"]>,
  argument: string | undefined,
): JsonObject | null => {
  const wanted = plainName(argument);
  const found = recent
    .filter(({ name, standing }) => events.includes(name) && standing !== "public")
    .filter(({ properties }) => wanted === "" || plainName(valueAt(properties, property)) === wanted)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  return found === undefined ? null : { ...small(found.properties), name: found.name, at: found.at };
};
