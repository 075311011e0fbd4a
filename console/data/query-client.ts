import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { RapportProblem } from "#client/problem.ts";
import { endSession } from "./session.ts";

/** Answers are shown at once for so long, and asked for again beside it. */
const FRESH_MS = 5_000;

const notice = (error: unknown): void => {
  if (error instanceof RapportProblem && error.status === 401) endSession();
};

/** What was answered lives in memory alone, and is gone with the page: it is about people. */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: notice }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      // The transport has tried again already what may be tried again. Whether a hub answers, only asking tells: a browser
      // that thinks it is offline may sit beside one.
      queries: { staleTime: FRESH_MS, retry: false, refetchOnWindowFocus: true, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
