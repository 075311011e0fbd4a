import type { Calls } from "./api.generated.ts";
import { newId } from "./event.ts";
import type { Sending } from "./transport.ts";

/** Calls that a second time does nothing that the first did: their ids, versions and outcomes count once. */
const REPEATABLE: ReadonlySet<string> = new Set<keyof Calls>([
  "POST /v1/identify",
  "POST /v1/track",
  "POST /v1/page",
  "POST /v1/screen",
  "POST /v1/group",
  "POST /v1/alias",
  "POST /v1/batch",
  "POST /v1/import",
  "POST /v1/messages",
  "POST /v1/playbooks",
  "POST /v1/playbooks/{version}/publish",
  "POST /v1/slots",
  "POST /v1/slots/{token}",
]);

/** What goes into a call: may be left out where nothing must. */
export type Input<R extends keyof Calls> =
  Record<never, never> extends Calls[R]["input"] ? [input?: Calls[R]["input"]] : [input: Calls[R]["input"]];

/** Makes any call of the API: `call("GET /v1/profiles/{ref}", { path: { ref: "userId:kim" } })`. */
export type Call = <R extends keyof Calls>(route: R, ...input: Input<R>) => Promise<Calls[R]["answer"]>;

type AnyInput = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
};

const queryOf = (query: AnyInput["query"] = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return given.length === 0 ? "" : `?${search}`;
};

const sendingOf = (route: string, { path = {}, query, body, idempotencyKey }: AnyInput): Sending => {
  const [method = "", template = ""] = route.split(" ");
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  // Without a key a lost answer, asked for again, would be a second message.
  const key = idempotencyKey ?? (route === "POST /v1/messages" ? newId() : undefined);
  return {
    method,
    path: filled + queryOf(query),
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    ...(body === undefined ? {} : { body: () => body }),
    repeatable: method === "GET" || REPEATABLE.has(route),
  };
};

/** Typed calls over a function that makes requests. Each rejects with a `RapportProblem`. */
export const callsOver =
  (send: (sending: Sending) => Promise<unknown>): Call =>
  async (route, ...input) =>
    // The one place where the hub is believed: that it answers as its document says is proven by the hub's own tests.
    (await send(sendingOf(route, input[0] ?? {}))) as Calls[typeof route]["answer"];
