export type OutboxItem = {
  readonly channel: string;
  readonly to: string;
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly messageId: string;
  readonly providerMessageId: string;
  readonly at: string;
};
export type TimelineItem = {
  readonly id: string;
  readonly kind: "event" | "decision" | "message" | "outcome" | "merge";
  readonly at: string;
  readonly [member: string]: unknown;
};
export type AlarmItem = {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly since: string;
  readonly reason: string;
};
type Profile = {
  readonly customerId: string;
  readonly identifiers: { type: string; value: string }[];
  readonly contested: { type: string; value: string }[];
  readonly unproven: { type: string; value: string }[];
  readonly addresses: { channel: string; value: string; status: string }[];
  readonly traits: Record<string, unknown>;
  readonly computed: Record<string, unknown>;
  readonly segments: string[];
  readonly consent: { channel: string; topic: string; status: string }[];
  readonly version: number;
};
export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

export type Hub = ReturnType<typeof hubAt>;

const WRITE_KEY = "local-write-key";
const SECRET_KEY = "local-secret-key";

/** Makes a request of the hub, with the secret key unless the headers say otherwise. */
type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

const callTo =
  (url: string): Call =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  };

const expectStatus = async <T>(status: number, answer: Promise<Answer>): Promise<T> => {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body as T;
};

/** A client of the public API and of the local cloud's own calls. It throws on an answer that it does not expect. */
export const hubAt = (url: string) => {
  const call = callTo(url);
  return { url, call, ...localCalls(call), ...apiCalls(call) };
};

const localCalls = (call: Call) => {
  const advance = (duration: string) =>
    expectStatus<{ now: string; fired: number }>(200, call("POST", "/_local/clock", { advance: duration }));
  return {
    advance,
    /** Waits for every queue to be idle: advancing by nothing answers when nothing is left to do. */
    settle: () => advance("PT0S"),
    now: async () => Date.parse((await expectStatus<{ now: string }>(200, call("GET", "/_local/clock"))).now),
    outbox: async (query: Record<string, string> = {}) => {
      const items: OutboxItem[] = [];
      let cursor: string | null = null;
      do {
        const search: URLSearchParams = new URLSearchParams({
          limit: "100",
          ...query,
          ...(cursor ? { cursor } : {}),
        });
        const page: { items: OutboxItem[]; cursor: string | null } = await expectStatus(
          200,
          call("GET", `/_local/outbox?${search}`),
        );
        items.push(...page.items);
        cursor = page.cursor ?? null;
      } while (cursor !== null);
      return items;
    },
    feedback: (messageId: string, type: string) =>
      expectStatus(202, call("POST", "/_local/feedback", { messageId, type })),
    fault: (fault: Record<string, unknown>) => expectStatus(201, call("POST", "/_local/faults", fault)),
    alarms: async () =>
      (await expectStatus<{ items: AlarmItem[] }>(200, call("GET", "/_local/alarms"))).items,
    clearFaults: () => expectStatus(204, call("DELETE", "/_local/faults")),
  };
};

const apiCalls = (call: Call) => ({
  /** Collects as a server of the company does. */
  tell: (path: string, body: unknown) =>
    expectStatus<{ success: true }>(200, call("POST", `/v1/${path}`, body)),
  /** Collects as a web page does, which anybody can read. */
  collect: (path: string, body: unknown) =>
    expectStatus<{ success: true }>(
      200,
      call("POST", `/v1/${path}`, body, {
        authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString("base64")}`,
      }),
    ),
  profile: (ref: string) =>
    expectStatus<Profile>(200, call("GET", `/v1/profiles/${encodeURIComponent(ref)}`)),
  timeline: async (ref: string, limit = 100) =>
    (
      await expectStatus<{ items: TimelineItem[] }>(
        200,
        call("GET", `/v1/profiles/${encodeURIComponent(ref)}/timeline?limit=${limit}`),
      )
    ).items,
  decide: (body: unknown) =>
    expectStatus<{
      decisionId: string;
      customerId: string;
      playbook: string;
      actions: { action: string; treatment: string; channel?: string }[];
      rejected?: { action: string; stage: string; reason: string }[];
    }>(200, call("POST", "/v1/decisions", body)),
  decision: (id: string) =>
    expectStatus<{ rejected: { action: string; stage: string; reason: string }[] }>(
      200,
      call("GET", `/v1/decisions/${id}`),
    ),
  send: (body: unknown, idempotencyKey: string) =>
    expectStatus<{ messageId: string; decisionId: string; status: string; reasons: unknown[] }>(
      202,
      call("POST", "/v1/messages", body, { "idempotency-key": idempotencyKey }),
    ),
  message: (id: string) =>
    expectStatus<{
      status: string;
      category: string;
      channel: string;
      history: {
        status: string;
        reason?: string;
        warnings?: { part: string; host: string }[];
        provider?: string;
        tries?: { provider: string; reason: string }[];
      }[];
    }>(200, call("GET", `/v1/messages/${id}`)),
  publish: async (files: Record<string, string>) => {
    const { version } = await expectStatus<{ version: string }>(
      201,
      call("POST", "/v1/playbooks", { files }),
    );
    await expectStatus(200, call("POST", `/v1/playbooks/${version}/publish`));
    return version;
  },
});
