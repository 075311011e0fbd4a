import { useQuery } from "@tanstack/react-query";
import { meQuery } from "#console/data/session.ts";

/** The places of the console, in the order in which they stand at the side. `needs`: the call without which a place shows nothing. */
const PLACES = [
  { name: "today", path: "/", keys: "g t", needs: null },
  { name: "inbox", path: "/inbox", keys: "g i", needs: "listConversations" },
  { name: "customers", path: "/customers", keys: "g c", needs: null },
  { name: "journeys", path: "/journeys", keys: "g j", needs: "listJourneys" },
  { name: "playbook", path: "/playbook", keys: "g p", needs: null },
  { name: "outcomes", path: "/outcomes", keys: "g o", needs: null },
  { name: "settings", path: "/settings", keys: "g s", needs: null },
] as const;
type Place = (typeof PLACES)[number];

/** The places that whoever is logged in may look at. */
export const usePlaces = (): readonly Place[] => {
  const calls = useQuery(meQuery).data?.calls ?? [];
  return PLACES.filter(({ needs }) => needs === null || calls.includes(needs));
};
