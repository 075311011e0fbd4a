import type { LocalCloud } from "#infra/local/cloud.ts";
import { LOCAL_SECRET_KEY, LOCAL_WRITE_KEY } from "#infra/local/state/local-keys.ts";

export type OutboxItem = {
  readonly channel: string;
  readonly to: string;
  readonly messageId: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Decided = {
  readonly decisionId: string;
  readonly actions: readonly { readonly action: string }[];
};

/** The public API and the local calls, as the fixtures' story needs them. Whatever is not answered well is an error. */
export type FixtureHub = ReturnType<typeof hubOf>;

/** More often than any worker tries before the snapshot is taken. */
const FOR_EVER = 1_000_000;
const WRITE = { authorization: `Basic ${Buffer.from(`${LOCAL_WRITE_KEY}:`).toString("base64")}` };
const SECRET = { authorization: `Bearer ${LOCAL_SECRET_KEY}` };
/** A person's browser, not a scanner's. */
const READER = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" };

export const hubOf = ({ url, awsUrl }: Pick<LocalCloud, "url" | "awsUrl">) => {
  const call = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<string> => {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { "content-type": "application/json", ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    if (response.status < 400) return answer;
    throw new Error(`${method} ${path} answered ${response.status}: ${answer}`);
  };
  const api = async <T>(method: string, path: string, body?: unknown, headers = {}): Promise<T> => {
    const text = await call(method, path, body, { ...SECRET, ...headers });
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  const collect = (type: string, body: object) => call("POST", `/v1/${type}`, body, WRITE);
  /** An event as the shop's own server tells it. */
  const tell = (userId: string, event: string, properties: object) =>
    call("POST", "/v1/track", { userId, event, properties }, SECRET);
  const advance = (duration: string) => api("POST", "/_local/clock", { advance: duration });
  return {
    awsUrl,
    api,
    collect,
    tell,
    advance,
    /** Until nothing is left to do. */
    settle: () => advance("PT0S"),
    track: (who: string | object, event: string, properties: object = {}, members: object = {}) =>
      collect("track", {
        ...(typeof who === "string" ? { userId: who } : who),
        event,
        properties,
        ...members,
      }),
    outbox: async (query = ""): Promise<readonly OutboxItem[]> =>
      (await api<{ items: readonly OutboxItem[] }>("GET", `/_local/outbox${query}`)).items,
    /** Asks for a message by name. @returns its id */
    send: async (body: object, idempotencyKey?: string): Promise<string> => {
      const headers = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
      return (await api<{ messageId: string }>("POST", "/v1/messages", body, headers)).messageId;
    },
    decide: (customer: string, placement: string, members: object = {}): Promise<Decided> =>
      api("POST", "/v1/decisions", { customer, placement, ...members }),
    outcome: ({ decisionId, actions }: Decided, outcome: string) =>
      api("POST", "/v1/outcomes", { decisionId, action: actions[0]?.action, outcome }),
    feedback: (messageId: string, type: string) => api("POST", "/_local/feedback", { messageId, type }),
    /** Follows a link of a mail, or posts a form to it. */
    visit: (path: string, form?: string) =>
      form === undefined
        ? call("GET", path, undefined, READER)
        : call("POST", path, form, { ...READER, "content-type": "application/x-www-form-urlencoded" }),
    fault: (fault: object) => api("POST", "/_local/faults", fault),
    /** From now on what waits for this function stays in its queues. */
    hold: (target: string) =>
      api("POST", "/_local/faults", { target, kind: "error", at: "before", times: FOR_EVER }),
  };
};
