import * as z from "zod/mini";
import { CHANNELS } from "#channels/all.ts";
import type { ContentMember, ContentMembers } from "#channels/definition/definition.ts";
import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { line, text } from "./text.ts";

/** Of one parameter. */
const LONGEST_PARAMETER = 2_000;

const memberSchema = (member: ContentMember): z.ZodMiniType => {
  switch (member.kind) {
    case "line":
      return line(member.max);
    case "text":
    case "approved":
      return text(member.max);
    case "names":
      return z.record(z.string(), z.string());
    case "parameters": {
      const parameter = text(LONGEST_PARAMETER);
      return z.union([z.array(parameter).check(z.maxLength(member.most)), z.record(z.string(), parameter)], {
        error: "a list of texts, or names with texts",
      });
    }
    case "choice":
      return z.enum(member.among);
    case "list":
      return z.array(shapeOf(member.of)).check(z.minLength(1), z.maxLength(member.most));
    case "object":
      return shapeOf(member.members);
  }
};

const shapeOf = (members: ContentMembers): z.ZodMiniType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const schema = memberSchema(member);
        return [name, member.optional ? z.optional(schema) : schema];
      }),
    ),
  );

/** The shapes of the YAML files of channels that take only some members. */
export const YAML_MEMBERS: ReadonlyMap<string, z.ZodMiniType> = new Map(
  [...CHANNELS].flatMap(([channel, { content }]) =>
    content?.members === undefined ? [] : [[channel, shapeOf(content.members)] as const],
  ),
);

/** `{{1}}` as whoever approves texts writes it, where Liquid must not take it for its own. */
const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

const memberKept = (member: ContentMember | undefined, value: Json): Json => {
  if (member?.kind === "approved" && typeof value === "string") return value.replace(PLACE, "{$1}");
  if (member?.kind === "object" && isObject(value)) return approvedKept(member.members, value);
  if (member?.kind === "list" && Array.isArray(value))
    return value.map((one) => (isObject(one) ? approvedKept(member.of, one) : one));
  return value;
};

/** Content with its approved texts as they are kept: out of Liquid's reach. */
export const approvedKept = (members: ContentMembers, content: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, memberKept(members[name], value)]),
  );
