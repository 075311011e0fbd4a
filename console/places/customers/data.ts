import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Profile } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { asking, call } from "#console/data/api.ts";

const PAGE = 50;

/** What happened, newest first, page by page: of a hundred thousand entries only those are fetched that are looked at. */
export const timelineQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: ["GET /v1/profiles/{ref}/timeline", customerId],
    queryFn: ({ pageParam }) =>
      call("GET /v1/profiles/{ref}/timeline", {
        path: { ref: customerId },
        query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    ...asking("GET /v1/decisions/{id}", { path: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const messageQuery = (id: string) => queryOptions(asking("GET /v1/messages/{id}", { path: { id } }));

const findOne = async (ref: string): Promise<Profile | null> => {
  try {
    return await call("GET /v1/profiles", { query: { ref } });
  } catch (error) {
    // Of several guesses most are wrong, and some are no identifier of that type.
    if (error instanceof RapportProblem && (error.status === 404 || error.status === 400)) return null;
    throw error;
  }
};

/** Whoever is found by any of the references, the likeliest first, each once. */
export const findCustomers = async (refs: readonly string[]): Promise<readonly Profile[]> => {
  const found = (await Promise.all(refs.map(findOne))).flatMap((profile) => profile ?? []);
  return [...new Map(found.map((profile) => [profile.customerId, profile])).values()];
};
