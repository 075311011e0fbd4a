import type { Calls } from "#client/api.generated.ts";
import { callsOver, type Input } from "#client/calls.ts";
import { problemIn } from "#client/problem.ts";
import { type Fetch, transport } from "#client/transport.ts";
import { watched } from "./late.ts";
import { FROM_CONSOLE, renewSession } from "./session.ts";

/** Asks once more where the session had to be renewed: a token lives for an hour, a day's work is longer. */
const asPerson: Fetch = async (url, request) => {
  const answer = await fetch(url, request);
  return answer.status === 401 && (await renewSession()) ? fetch(url, request) : answer;
};

const asked = transport({ url: "", tries: 2, fetch: asPerson }, FROM_CONSOLE);

/** Makes any call of the API as the person who is logged in: the browser adds the session's cookie. */
export const call = callsOver((sending) => watched(() => asked(sending)));

/** What a call answers that is no JSON, as it came. Rejects with the hub's problem. */
export const bytesOf = async (path: string): Promise<ArrayBuffer> => {
  const ask = () => fetch(path, { headers: FROM_CONSOLE });
  const first = await ask();
  const answer = first.status === 401 && (await renewSession()) ? await ask() : first;
  if (!answer.ok) throw problemIn(answer.status, await answer.json().catch(() => null));
  return answer.arrayBuffer();
};

export type Answer<Route extends keyof Calls> = Calls[Route]["answer"];

/** A question that the query cache can ask: the same route and input are one answer. */
export const asking = <Route extends keyof Calls>(route: Route, ...input: Input<Route>) => ({
  queryKey: [route, ...input] as const,
  queryFn: () => call(route, ...input),
});
