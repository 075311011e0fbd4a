import type { Delivery, Inbound, LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { isObject } from "#kernel/json.ts";

/** The write key of a hub that is only tried. */
const WRITE_KEY = "local-write-key";
/** A visitor's token as the hub gives it; any other name is a visitor's whom nobody else is. */
const TOKEN = /^[\w-]{40,}$/;

const textIn = (body: string, name: string): string => {
  const told: unknown = JSON.parse(body);
  const value = isObject(told) ? told[name] : undefined;
  if (typeof value !== "string") throw new Error(`the hub gave no ${name}`);
  return value;
};

const refused = (status: number, path: string): Delivery => ({
  ok: false,
  status: 502,
  message: `the hub answered ${status} at ${path}`,
});

/** Nobody but the hub: whoever writes does so as a page with the chat does. */
export const local: ProviderLocal = {
  service: "hub",
  throttles: ["TooManyRequests", 429],
  play: (door) => {
    const visitors = new Map<string, string>();
    return { answer: () => null, bringIn: { chat: (inbound) => bringIn(door, visitors, inbound) } };
  },
};

const JSON_TYPE = { "content-type": "application/json" } as const;

async function bringIn(
  door: LocalDoor,
  visitors: Map<string, string>,
  { from, text, raw, providerMessageId }: Inbound,
): Promise<Delivery> {
  const [sessions, messages] = ["/v1/chat/sessions", "/v1/chat/messages"] as const;
  const visitorToken = TOKEN.test(from) ? from : visitors.get(from);
  const asked = JSON.stringify({ writeKey: WRITE_KEY, ...(visitorToken ? { visitorToken } : {}) });
  const session = await door.ask(sessions, { headers: JSON_TYPE, body: asked });
  if (session.status !== 200) return refused(session.status, sessions);
  visitors.set(from, textIn(session.body, "visitorToken"));
  const headers = { ...JSON_TYPE, authorization: `Bearer ${textIn(session.body, "token")}` };
  const body = raw ?? JSON.stringify({ text, clientId: providerMessageId });
  const { status } = await door.ask(messages, { headers, body });
  return status === 202
    ? { ok: true, deliveredTo: [messages], providerMessageId }
    : refused(status, messages);
}
