import { proves } from "#domain/identity/proof.ts";
import { type LinkKeys, readToken, signToken } from "#domain/message/token.ts";
import type { ChatToken } from "#domain/message/token-fields.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { ChatStore } from "#ports/chat-store.ts";
import type { Ids } from "#ports/clock.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { type ChatDependencies, receiveChat } from "#usecases/receive/receive-chat.ts";
import type { operations } from "./operations.ts";

export type ChatCallsDependencies = ChatDependencies & {
  readonly chats: ChatStore;
  readonly playbooks: Pick<PlaybookVersions<PlaybookDocument>, "current">;
  readonly linkKeys: () => Promise<LinkKeys>;
  /** The secrets that proofs of identity are signed with. */
  readonly identityKeys: () => Promise<readonly string[]>;
  readonly ids: Ids;
};

type Calls = typeof operations;
type Session = Extract<ChatToken, { kind: "session" }>;

export const CHANNEL = "chat";
export const PROVIDER = "hub";

/** As long as a proof lasts: whoever logs out is not heard for days. */
const SESSION_MS = DAY_MS;
/** A browser that does not come back for so long is a new visitor's; the chat itself is forgotten then as well. */
const VISITOR_MS = 90 * DAY_MS;
/** Messages shown to whoever opens a chat. */
const SHOWN = 30;

/** The live playbook, where it has the chat at all: without it nobody could be answered. */
const openPlaybook = async ({ playbooks }: ChatCallsDependencies): Promise<PlaybookDocument> => {
  const document = await playbooks.current();
  if (document.brand.providers[CHANNEL] !== undefined) return document;
  throw new RapportError("not_found", `the live playbook has no channel ${CHANNEL} with a provider`);
};

/** The user whose proof holds. One that does not is like none: whoever is there is the visitor they are. */
const provenUser = async (
  { clock, identityKeys }: ChatCallsDependencies,
  { userId, at, proof }: Call<Calls["beginChat"]>["body"],
): Promise<string | null> => {
  if (!userId || !at || !proof) return null;
  return proves(await identityKeys(), { userId, at, proof }, clock.now()) ? userId : null;
};

/** The chat of the visitor who comes back; of anybody else a new one. */
const visitorsAddress = (
  { clock, ids }: ChatCallsDependencies,
  keys: LinkKeys,
  visitorToken: string | null | undefined,
): string => {
  const reading = readToken(keys, visitorToken ?? "", clock.now());
  const isOurs = reading.result === "valid" && reading.token.kind === "visitor";
  return isOurs && reading.token.kind === "visitor" ? reading.token.address : ids.id("vis");
};

const begin = async (
  deps: ChatCallsDependencies,
  { body }: Call<Calls["beginChat"]>,
): Promise<Answer<Calls["beginChat"]>> => {
  await openPlaybook(deps);
  const keys = await deps.linkKeys();
  const now = deps.clock.now();
  const userId = await provenUser(deps, body);
  const session: Session =
    userId === null
      ? { kind: "session", address: visitorsAddress(deps, keys, body.visitorToken) }
      : { kind: "session", address: hashId("usr", userId), userId };
  const { address } = session;
  return {
    status: 200,
    headers: { "cache-control": "no-store" },
    json: {
      token: signToken(keys, session, now + SESSION_MS),
      until: new Date(now + SESSION_MS).toISOString(),
      visitorToken: userId === null ? signToken(keys, { kind: "visitor", address }, now + VISITOR_MS) : null,
      socketUrl: null,
      proven: userId !== null,
    },
  };
};

/** Whose chat the token opens. Throws `session_unknown`, and `session_expired` where the page has to begin another. */
const sessionOf = async (
  { clock, linkKeys }: ChatCallsDependencies,
  authorization: string | undefined,
): Promise<Session> => {
  const text = /^bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const reading = readToken(await linkKeys(), text, clock.now());
  if (reading.result === "expired") {
    throw new RapportError("session_expired", "the chat's token has ended: begin another session");
  }
  if (reading.result === "valid" && reading.token.kind === "session") return reading.token;
  throw new RapportError(
    "session_unknown",
    "send the token of POST /v1/chat/sessions as Authorization: Bearer",
  );
};

const list = async (
  deps: ChatCallsDependencies,
  { headers, query }: Call<Calls["listChatMessages"]>,
): Promise<Answer<Calls["listChatMessages"]>> => {
  const { address } = await sessionOf(deps, headers.authorization);
  const { after, limit } = query;
  const page = after === undefined ? { limit: SHOWN } : { after, limit };
  const items = await deps.chats.messages(address, page);
  const last = items.at(-1);
  const isFull = after !== undefined && items.length === limit && last !== undefined;
  return {
    status: 200,
    headers: { "cache-control": "no-store" },
    json: { items, cursor: isFull ? String(last.seq) : null },
  };
};

const write = async (
  deps: ChatCallsDependencies,
  { headers, body }: Call<Calls["tellChatMessage"]>,
): Promise<Answer<Calls["tellChatMessage"]>> => {
  const { address, userId } = await sessionOf(deps, headers.authorization);
  const document = await openPlaybook(deps);
  const { text, clientId } = body;
  const written = { channel: CHANNEL, provider: PROVIDER, address, userId, text, clientId };
  return { status: 202, json: { ...(await receiveChat(deps, document, written)), clientId } };
};

/** What answers the calls of operations.ts. */
export const chatCalls = (deps: ChatCallsDependencies): Handlers<Calls> => ({
  beginChat: (call) => begin(deps, call),
  listChatMessages: (call) => list(deps, call),
  tellChatMessage: (call) => write(deps, call),
});
