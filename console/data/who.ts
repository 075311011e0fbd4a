import { useQuery } from "@tanstack/react-query";
import { asking } from "./api.ts";
import { meQuery } from "./session.ts";

const PERSON = "person:";
/** A person's id, wherever a text of the hub's names one. */
const IN_TEXT = /person:[0-9a-f-]{36}/g;

/** What the hub keeps of a colleague who did something. */
export const keptName = (personId: string): string => `${PERSON}${personId}`;

/** What it keeps of whoever is logged in. Empty: that is not known yet. */
export const useOwnName = (): string => {
  const id = useQuery(meQuery).data?.personId ?? "";
  return id === "" ? "" : keptName(id);
};

/** Who did something, as a line shows it: of somebody who logs in the hub keeps an id alone, which is long. */
const shortId = (by: string): string => by.replace(/^(person:[0-9a-f]{8})[0-9a-f-]+$/, "$1");

/** Who works with the hub, and under which id. */
export const colleaguesQuery = () => ({
  ...asking("GET /v1/people", { query: { limit: 100 } }),
  staleTime: 300_000,
});

/** Names whoever did something, by what the hub keeps of them: a colleague's name, where it is known, or a key's. In a text, too. */
export const useShownName = (): ((by: string) => string) => {
  const people = useQuery(colleaguesQuery());
  const names = new Map(people.data?.items.map(({ personId, name }) => [personId, name]));
  return (text) => text.replace(IN_TEXT, (by) => names.get(by.slice(PERSON.length)) ?? shortId(by));
};
