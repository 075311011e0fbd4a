/** A small client of the public API and the local calls, for whole flows. Fails loudly on an answer it does not expect. */
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
export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

export type Hub = ReturnType<typeof hubAt>;

const WRITE_KEY = "local-write-key";
const SECRET_KEY = "local-secret-key";

/** Talks to the hub at `url` with the local cloud's keys. */
export const hubAt = (url: string) => {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
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

  /** Waits for every queue to be idle: advancing by nothing answers when nothing is left to do. */
  const settle = () =>
    expectStatus<{ now: string; fired: number }>(200, call("POST", "/_local/clock", { advance: "PT0S" }));

  return {
    url,
    call,
    settle,
    collect: (path: string, body: unknown) =>
      expectStatus<{ success: true }>(
        200,
        call("POST", `/v1/${path}`, body, {
          authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString("base64")}`,
        }),
      ),
    advance: (duration: string) =>
      expectStatus<{ now: string; fired: number }>(200, call("POST", "/_local/clock", { advance: duration })),
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
    profile: (ref: string) =>
      expectStatus<{
        customerId: string;
        identifiers: { type: string; value: string }[];
        contested: { type: string; value: string }[];
        addresses: { channel: string; value: string; status: string }[];
        traits: Record<string, unknown>;
        computed: Record<string, unknown>;
        segments: string[];
        consent: { channel: string; topic: string; status: string }[];
        version: number;
      }>(200, call("GET", `/v1/profiles/${encodeURIComponent(ref)}`)),
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
        history: { status: string; reason?: string }[];
      }>(200, call("GET", `/v1/messages/${id}`)),
    feedback: (messageId: string, type: string) =>
      expectStatus(202, call("POST", "/_local/feedback", { messageId, type })),
    fault: (fault: Record<string, unknown>) => expectStatus(201, call("POST", "/_local/faults", fault)),
    clearFaults: () => expectStatus(204, call("DELETE", "/_local/faults")),
    publish: async (files: Record<string, string>) => {
      const { version } = await expectStatus<{ version: string }>(
        201,
        call("POST", "/v1/playbooks", { files }),
      );
      await expectStatus(200, call("POST", `/v1/playbooks/${version}/publish`));
      return version;
    },
  };
};
