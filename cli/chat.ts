import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type Call, RapportProblem, serverClient } from "#client/index.ts";
import { proofOf } from "#domain/identity/proof.ts";
import { type HubOptions, hubClient, hubUrl, isLoopback } from "./hub.ts";
import { secretOf } from "./identity.ts";
import { type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type ChatOptions = HubOptions & StageOptions;

/** What a chat at a terminal reads and waits for, so that tests can give it others. */
export type Talk = {
  /** What is typed, line by line, until there is no more. */
  readonly lines: AsyncIterable<string>;
  readonly secretOf: typeof secretOf;
  /** Milliseconds from one look for answers to the next. */
  readonly everyMs: number;
  /** Milliseconds without an answer after which a chat ends in which nothing more is typed. */
  readonly lingerMs: number;
};

const typed = async function* (): AsyncIterable<string> {
  yield* createInterface({ input: process.stdin });
};

const AT_A_TERMINAL: Talk = { lines: typed(), secretOf, everyMs: 1_000, lingerMs: 8_000 };

const VISITOR = "visitor";

/** The time by the hub's clock: on this machine somebody may have turned it. */
const hubTime = async (url: string): Promise<string> => {
  const asked = isLoopback(url) ? await fetch(`${url}/_local/clock`).catch(() => null) : null;
  const { now } = asked?.ok ? Object(await asked.json()) : { now: undefined };
  return typeof now === "string" ? now : new Date().toISOString();
};

/** Who talks: a user, proven as a server of the company would prove them, or somebody whom nobody knows. */
const whoIs = async (
  customer: string,
  { options, terminal, talk }: { options: ChatOptions; terminal: Terminal; talk: Talk },
): Promise<object> => {
  if (customer === VISITOR) return {};
  const [type = "", ...rest] = customer.split(":");
  const userId = rest.join(":");
  if (type !== "userId" || userId === "")
    throw new UsageError("A chat is that of a user, such as userId:kim, or of a new visitor: visitor.");
  const url = hubUrl(options, terminal);
  const stage = stageOf({ ...(isLoopback(url) ? { stage: "local" } : {}), ...options }, terminal);
  return proofOf(await talk.secretOf(stage), userId, await hubTime(url));
};

/** Calls of one chat; a session that ended is begun anew. */
const sessionOf = (begin: Call, url: string, who: object) => {
  let session: Promise<Call> | undefined;
  const open = async (): Promise<Call> => {
    const { token } = await begin("POST /v1/chat/sessions", { body: who });
    return serverClient({ url, secretKey: token }).call;
  };
  return async <T>(ask: (call: Call) => Promise<T>): Promise<T> => {
    session ??= open();
    try {
      return await ask(await session);
    } catch (problem) {
      if (!(problem instanceof RapportProblem) || problem.status !== 401) throw problem;
      session = open();
      return ask(await session);
    }
  };
};

/**
 * `rapport chat <customer>`: what is typed is written in the customer's chat, line by line, and what the hub or an agent
 * answers is shown. Ends with the input, once nothing more is answered.
 */
export const chat = async (
  customer: string,
  options: ChatOptions,
  terminal: Terminal,
  given: Partial<Talk> = {},
): Promise<number> => {
  const talk = { ...AT_A_TERMINAL, ...given };
  const who = await whoIs(customer, { options, terminal, talk });
  const inSession = sessionOf(hubClient(options, terminal), hubUrl(options, terminal), who);
  const own = new Set<string>();
  let after: number | undefined;
  let heardAt = Date.now();

  const look = async (): Promise<void> => {
    const query = after === undefined ? {} : { after };
    const { items } = await inSession((call) => call("GET /v1/chat/messages", { query }));
    after ??= 0;
    for (const { seq, direction, text, clientId } of items) {
      after = Math.max(after, seq);
      if (clientId !== undefined && own.has(clientId)) continue;
      heardAt = Date.now();
      terminal.out(`${direction === "in" ? ">" : "<"} ${text}`);
    }
  };
  const writeAll = async (): Promise<void> => {
    for await (const line of talk.lines) {
      if (line.trim() === "") continue;
      const clientId = randomUUID();
      own.add(clientId);
      await inSession((call) => call("POST /v1/chat/messages", { body: { text: line, clientId } }));
      heardAt = Date.now();
    }
  };

  await look();
  terminal.error(`You write as ${customer}. End with Ctrl+D.`);
  let isOver = false;
  const writing = writeAll().finally(() => {
    isOver = true;
    heardAt = Date.now();
  });
  const listening = async (): Promise<void> => {
    while (!isOver || Date.now() - heardAt < talk.lingerMs) {
      await sleep(talk.everyMs);
      await look();
    }
  };
  await Promise.all([writing, listening()]);
  return 0;
};
