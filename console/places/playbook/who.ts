import { useQuery } from "@tanstack/react-query";
import { asking } from "#console/data/api.ts";

const PERSON = "person:";

/** Who did something, as a line shows it: of somebody who logs in the hub keeps an id alone, which is long. */
const shortId = (by: string): string => by.replace(/^(person:[0-9a-f]{8})[0-9a-f-]+$/, "$1");

/** Names whoever did something, by what the hub keeps of them: a colleague's name, where it is known, or a key's. */
export const useShownName = (): ((by: string) => string) => {
  const people = useQuery({ ...asking("GET /v1/people", { query: { limit: 100 } }), staleTime: 300_000 });
  const names = new Map(people.data?.items.map(({ personId, name }) => [personId, name]));
  return (by) => (by.startsWith(PERSON) ? (names.get(by.slice(PERSON.length)) ?? shortId(by)) : by);
};
