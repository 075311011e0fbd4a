import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

/** Who is logged in, and what they may do. */
export type Me = {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** `operationId` of the calls that they may make. */
  readonly calls: readonly string[];
  /** Whether addresses of customers are shown to them masked. */
  readonly isMasked: boolean;
};

const SESSION = "/console/session";
/** Without it a cookie counts for nothing: no page of another site can set it. */
export const FROM_CONSOLE = { "x-rapport-console": "1" } as const;

/** Where one logs in; it leads back to the page that is named. */
export const logInAt = (back: string): string => `/console/login?${new URLSearchParams({ to: back })}`;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];

/** What `GET /console/session` answers, as far as this page understands it: the hub may be a version ahead. */
const readMe = (body: unknown): Me => {
  const { personId, name, roles, calls, addresses } = (
    typeof body === "object" && body !== null ? body : {}
  ) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    personId: text(personId),
    name: text(name),
    roles: texts(roles),
    calls: texts(calls),
    isMasked: addresses === "masked",
  };
};

const askSession = (method: "GET" | "POST" | "DELETE"): Promise<Response> =>
  fetch(SESSION, { method, headers: FROM_CONSOLE });

let renewal: Promise<boolean> | null = null;

/** Renews the session, once for all who ask meanwhile. False where it cannot be. */
export const renewSession = (): Promise<boolean> => {
  renewal ??= askSession("POST")
    .then(({ ok }) => ok)
    .finally(() => {
      renewal = null;
    });
  return renewal;
};

/** Null: nobody is logged in. Rejects where nothing answers. */
const askMe = async (): Promise<Me | null> => {
  const first = await askSession("GET");
  const answer = first.status === 401 && (await renewSession()) ? await askSession("GET") : first;
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`the hub answered ${answer.status}`);
  setEnded(false);
  return readMe(await answer.json());
};

export const meQuery = { queryKey: ["GET /console/session"], queryFn: askMe, staleTime: 300_000 } as const;

/** Whether the roles of whoever is logged in allow a call, by its `operationId`. Until that is known, they do not. */
export const useMay = (operationId: string): boolean => {
  const me = useQuery(meQuery);
  return me.data?.calls.includes(operationId) ?? false;
};

/** Ends the session on the hub, and with it this page. */
export const logOut = async (): Promise<void> => {
  const answer = await askSession("DELETE");
  const { to } = (answer.ok ? await answer.json() : {}) as { readonly to?: unknown };
  location.assign(typeof to === "string" ? to : logInAt("/console"));
};

let ended = false;
const listeners = new Set<() => void>();
const setEnded = (next: boolean): void => {
  if (next === ended) return;
  ended = next;
  for (const listener of listeners) listener();
};

/** The hub no longer knows the session. The page stays as it is, with all that was typed, until somebody has logged in again. */
export const endSession = (): void => setEnded(true);

export const useSessionEnded = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
