import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { asking, call } from "#console/data/api.ts";

const PAGE = 30;
/** Where people stand is looked at again so often. */
const AGAIN_MS = 10_000;

export const journeysQuery = () => queryOptions(asking("GET /v1/journeys"));

export const journeyQuery = (name: string) =>
  queryOptions({
    ...asking("GET /v1/journeys/{name}", { path: { name } }),
    refetchInterval: AGAIN_MS,
  });

/** Who is inside, of one step where that is asked; the last to come first. */
export const runsQuery = (name: string, step: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["GET /v1/journeys/{name}/runs", name, step],
    queryFn: ({ pageParam }) =>
      call("GET /v1/journeys/{name}/runs", {
        path: { name },
        query: {
          limit: PAGE,
          ...(step === undefined ? {} : { step }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
  });
