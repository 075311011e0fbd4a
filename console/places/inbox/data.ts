import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Conversation, ConversationRow } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { asking, call } from "#console/data/api.ts";
import { pageBefore, withEarlier, withPage } from "./thread-pages.ts";
import type { askedFor } from "./views.ts";

const PAGE = 30;
/** Whoever waits is seen so soon. */
const LIST_AGAIN_MS = 5_000;
const THREAD_AGAIN_MS = 3_000;
/** A list that was read further is asked again when somebody comes back to it: it would be a request a page. */
const LIVE_PAGES = 2;

/** A hub that was down is asked on; one that said no is not. */
const isRefused = (error: unknown): boolean =>
  error instanceof RapportProblem && error.status >= 400 && error.status < 500;

/** The conversations of a view, page by page, looked at again and again. */
export const listQuery = (asked: ReturnType<typeof askedFor>) =>
  infiniteQueryOptions({
    queryKey: ["GET /v1/conversations", asked],
    queryFn: ({ pageParam }) =>
      call("GET /v1/conversations", {
        query: { ...asked, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    enabled: asked !== null,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > LIVE_PAGES || isRefused(state.error) ? false : LIST_AGAIN_MS,
  });

const threadKey = (id: string) => ["GET /v1/conversations/{id}", id] as const;

/** A conversation with what was read of its thread. */
export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: threadKey(id),
    queryFn: async ({ client }) => {
      const now = await call("GET /v1/conversations/{id}", { path: { id } });
      return withEarlier(client.getQueryData<Conversation>(threadKey(id)), now);
    },
    refetchInterval: ({ state }) => (isRefused(state.error) ? false : THREAD_AGAIN_MS),
  });

/** A playbook changes seldom, and what is known of the customer while somebody writes. */
const ANSWERS_FRESH_MS = 60_000;

/** What is said often, filled in for the customer. `as`: how whoever writes is called. */
export const cannedQuery = (id: string, as: string) => ({
  ...asking("GET /v1/conversations/{id}/answers", { path: { id }, query: as === "" ? {} : { as } }),
  staleTime: ANSWERS_FRESH_MS,
});

/** Reads on towards the beginning of a thread. */
export const readEarlier = async (queries: QueryClient, id: string): Promise<void> => {
  const shown = queries.getQueryData<Conversation>(threadKey(id));
  const page = shown === undefined ? null : pageBefore(shown);
  if (page === null) return;
  const { items } = await call("GET /v1/conversations/{id}/messages", { path: { id }, query: page });
  queries.setQueryData<Conversation>(threadKey(id), (now) =>
    now === undefined ? now : withPage(now, items),
  );
};

/** Puts what the hub answered to a deed where it is shown, and asks for the rest. */
export const noteDone = (queries: QueryClient, row: ConversationRow): Promise<void> => {
  queries.setQueryData<Conversation>(threadKey(row.conversationId), (now) =>
    now === undefined ? now : { ...now, ...row },
  );
  void queries.invalidateQueries({ queryKey: ["GET /v1/conversations"] });
  return queries.invalidateQueries({ queryKey: threadKey(row.conversationId) });
};

/** Asks again for whatever is shown of a conversation. */
export const lookAgain = (queries: QueryClient, id: string): Promise<void> => {
  void queries.invalidateQueries({ queryKey: ["GET /v1/conversations"] });
  return queries.invalidateQueries({ queryKey: threadKey(id) });
};
