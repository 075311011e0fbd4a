/** A message as the hub has it. */
export type Message = {
  readonly seq: number;
  readonly messageId: string;
  readonly clientId?: string;
  readonly direction: "in" | "out";
  readonly text: string;
  readonly at: string;
};

/** Where the chat is, and who sits there. */
export type Settings = {
  /** The hub's address, without a slash at the end. */
  readonly hub: string;
  readonly writeKey: string;
  /** Of a customer whom the company's server has proven. Absent: a visitor. */
  readonly identity?: { readonly userId: string; readonly at: string; readonly proof: string };
};

/** Where the visitor's token is kept: whoever has it reads this chat, and nothing in it says who they are. */
export type TokenStore = { readonly get: () => string | null; readonly set: (token: string) => void };

/** sent: the hub has it. never: it will not take it, however often. later: nobody answers, or too much was written. */
export type Told =
  | { readonly result: "sent" }
  | { readonly result: "never" }
  | { readonly result: "later"; readonly waitMs: number };

export type ChatApi = {
  readonly tell: (message: { readonly text: string; readonly clientId: string }) => Promise<Told>;
  /** What came after a place; without one, the last. Null: nobody answers now. */
  readonly read: (after: number | null) => Promise<readonly Message[] | null>;
};

/** Past this a call counts as lost: a line that hears nothing any more says so to nobody. */
const PATIENCE_MS = 10_000;
const LATER_MS = 2_000;

/** One at a time over all tabs of a browser, so that two that open at once are one visitor. */
const alone = async <T>(work: () => Promise<T>): Promise<T> => {
  const locks = globalThis.navigator?.locks;
  return locks === undefined ? work() : locks.request("rapport-chat", work);
};

/** The calls of a chat. The session begins with the first of them, and anew when its token has ended. */
export const chatApi = (settings: Settings, tokens: TokenStore): ChatApi => {
  const { hub, writeKey, identity } = settings;
  let session: Promise<string> | null = null;

  const call = (path: string, init: RequestInit): Promise<Response> =>
    fetch(hub + path, { ...init, credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });

  const begin = (): Promise<string> =>
    alone(async () => {
      const visitorToken = identity === undefined ? tokens.get() : null;
      const asked = { writeKey, ...identity, ...(visitorToken === null ? {} : { visitorToken }) };
      // Text, so that a browser asks nobody first whether it may.
      const answer = await call("/v1/chat/sessions", { method: "POST", body: JSON.stringify(asked) });
      if (!answer.ok) throw new Error(`no session: ${answer.status}`);
      const given = (await answer.json()) as { token: string; visitorToken: string | null };
      if (given.visitorToken !== null) tokens.set(given.visitorToken);
      return given.token;
    });

  const token = (): Promise<string> => {
    session ??= begin().catch((error: unknown) => {
      session = null;
      throw error;
    });
    return session;
  };

  const withToken = async (path: string, init: RequestInit): Promise<Response> => {
    const held = await token();
    const headers = (bearer: string) => ({
      "content-type": "application/json",
      authorization: `Bearer ${bearer}`,
    });
    const answer = await call(path, { ...init, headers: headers(held) });
    if (answer.status !== 401) return answer;
    session = null;
    return call(path, { ...init, headers: headers(await token()) });
  };

  return {
    tell: async (message) => {
      try {
        // It goes on when the page is left in the middle of it.
        const init = { method: "POST", body: JSON.stringify(message), keepalive: true };
        const answer = await withToken("/v1/chat/messages", init);
        if (answer.ok) return { result: "sent" };
        const waitMs = Number(answer.headers.get("retry-after")) * 1_000 || LATER_MS;
        return answer.status === 400 ? { result: "never" } : { result: "later", waitMs };
      } catch {
        return { result: "later", waitMs: LATER_MS };
      }
    },
    read: async (after) => {
      try {
        const answer = await withToken(
          `/v1/chat/messages${after === null ? "" : `?after=${after}&limit=100`}`,
          {},
        );
        if (!answer.ok) return null;
        const { items } = (await answer.json()) as { items: readonly Message[] };
        return items;
      } catch {
        return null;
      }
    },
  };
};
