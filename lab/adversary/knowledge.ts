import type { LocalDoor } from "#infra/local/door/provider-local.ts";
import { LOCAL } from "#providers/all.local.ts";
import type { Attack } from "./attack.ts";
import type { Answer } from "./stranger.ts";

/** What a call of a provider says where the writer, the words and the ids stand that a forger puts in. */
export const BLANKS = { from: "blank-writer", text: "blank-words", answered: "blank-answer", id: "blank-id" };

/** How a provider brings a message: the very call, signed for other words than a forger puts in. */
export type ProviderCall = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An operation of the API, as its public description has it. */
export type Route = {
  readonly method: Attack["method"];
  readonly path: string;
  /** Neither everybody nor a write key may make the call. */
  readonly isClosed: boolean;
};

/** What anybody can find out about a hub before they attack it. */
export type Knowledge = {
  readonly routes: readonly Route[];
  readonly issuer: string;
  readonly clientId: string;
  /** The public key that sessions are checked with. */
  readonly key: { readonly kid: string; readonly n: string };
  readonly providerCalls: readonly ProviderCall[];
};

/** The calls of those providers that call us, and what the others publish, as if it could be brought to the same door. */
const providerCalls = async (): Promise<readonly ProviderCall[]> => {
  const calls: ProviderCall[] = [];
  for (const [provider, { play }] of LOCAL) {
    const bringIn = play(doorTo(provider, calls)).bringIn ?? {};
    for (const [channel, bring] of Object.entries(bringIn))
      await bring({
        ...{ channel, from: BLANKS.from, to: "+4915550000000", text: BLANKS.text },
        ...{ inReplyTo: BLANKS.answered, providerMessageId: BLANKS.id },
      });
  }
  // A chat is written by everybody with the write key: that is no door of a provider's.
  return calls.filter(({ path }) => !path.startsWith("/v1/chat/"));
};

/** A door that leads nowhere: it keeps what a provider would have said. */
const doorTo = (provider: string, calls: ProviderCall[]): LocalDoor => {
  const keep = (call: ProviderCall) => {
    calls.push(call);
    return { ok: true, deliveredTo: [] } as const;
  };
  return {
    now: Date.now,
    outbox: { add: () => {}, count: () => 0 },
    resources: () => [],
    publish: () => {},
    putEvent: () => {},
    report: () => ({ ok: true, deliveredTo: [] }),
    receive: (body) => keep({ path: `/v1/in/${provider}/default`, headers: {}, body }),
    apiUrl: "http://127.0.0.1:4000",
    ask: async (path, call) => {
      keep({ path, ...call });
      // Who begins a session first goes on with a token that no hub gave.
      return { status: 200, body: JSON.stringify({ token: BLANKS.id, visitorToken: BLANKS.id }) };
    },
    post: async (path, call) => keep({ path, ...call }),
    putObject: () => {},
    visit: async () => 200,
    smtpUrl: undefined,
  };
};

type Described = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly object[] }>>>
  >;
};

/** What the hub that is attacked was deployed without: it answers 404, as whatever is nowhere. */
const isDeployed = ([path]: readonly [string, unknown]): boolean => !path.startsWith("/v1/webhooks");

const routesIn = ({ paths }: Described): readonly Route[] =>
  Object.entries(paths)
    .filter(isDeployed)
    .flatMap(([path, calls]) =>
      Object.entries(calls).map(([method, { security }]): Route => {
        const isClosed = security?.length === 1;
        return { method: method.toUpperCase() as Attack["method"], path, isClosed };
      }),
    );

/** Reads the API's description and where people log in, as everybody may. */
export const findOut = async (ask: (attack: Attack) => Promise<Answer>): Promise<Knowledge> => {
  const read = async (path: string) => JSON.parse((await ask({ method: "GET", path })).body);
  const logIn = new URL((await ask({ method: "GET", path: "/console/login" })).location ?? "");
  const issuer = logIn.href.replace(/\/oauth2\/.*/, "");
  const { keys } = await read(`${new URL(issuer).pathname}/.well-known/jwks.json`);
  return {
    routes: routesIn(await read("/openapi.json")),
    issuer,
    clientId: logIn.searchParams.get("client_id") ?? "",
    key: keys[0],
    providerCalls: await providerCalls(),
  };
};

/** Asks for everything once, so that every function is there before anything is measured. */
export const wakeAll = async (
  ask: (attack: Attack) => Promise<Answer>,
  { routes }: Pick<Knowledge, "routes">,
): Promise<void> => {
  for (const { method, path } of [...routes, { method: "GET", path: "/console" } as const])
    await ask({ method, path: path.replaceAll(/\{\w+\}/g, "x"), body: {} });
};
