import { queryOptions } from "@tanstack/react-query";
import { plain } from "#console/words/plain.ts";
import { asking } from "./api.ts";

export const profileQuery = (customerId: string) =>
  queryOptions(asking("GET /v1/profiles/{ref}", { path: { ref: customerId } }));

/** What a customer is called: by name, else by whatever they are known by. */
export const titleOf = (profile: {
  readonly customerId: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
}): string => {
  const { firstName, lastName, name } = profile.traits;
  const full = [firstName, lastName].flatMap((part) => plain(part) ?? []).join(" ");
  return full || plain(name) || profile.identifiers[0]?.value || profile.customerId;
};
