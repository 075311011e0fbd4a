import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { memoryChatStore } from "#adapters/memory/chat-store.ts";
import type { ChatStore } from "#ports/chat-store.ts";
import type { ProviderInbound, ProviderReports, ProviderSender } from "#ports/provider.ts";
import { CONTRACT_IDS, type SendingContract } from "#ports/provider-contract.ts";
import { REPORTS } from "#providers/all.reports.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { contractsUnderTest, PROVIDERS_FOLDER } from "../support/sending/contracts.ts";
import { type Behaviour, type Counterpart, httpCounterpart } from "../support/sending/counterpart.ts";
import { mailCounterpart } from "../support/sending/mail-counterpart.ts";

const contracts = await contractsUnderTest();

/** Who answers in the providers' place, by what they speak. */
let counterparts: Readonly<Record<"http" | "mail", Counterpart>>;
beforeAll(async () => {
  counterparts = { http: await httpCounterpart(), mail: await mailCounterpart() };
});
afterEach(() => {
  for (const { forget } of Object.values(counterparts)) forget();
  vi.unstubAllEnvs();
});
afterAll(() => {
  for (const { stop } of Object.values(counterparts)) stop();
});

/** An hour before the deadline of the contract's messages. */
const NOW = Date.parse(CONTRACT_IDS.deadline) - 3_600_000;
const PATIENT = { connectMs: 5_000, answerMs: 30_000 };

const sendTo = (
  at: string,
  sender: ProviderSender<never>,
  { settings, secrets, message }: SendingContract,
  patience = PATIENT,
) => {
  const environment = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  for (const [name, value] of Object.entries({ ...environment, AWS_ENDPOINT_URL: at }))
    vi.stubEnv(name, value);
  const values = settings(at);
  const account = secrets?.(at) ?? {};
  const { send } = sender.connect({
    setting: (name) => values[name] ?? "",
    secret: (name) => account[name] ?? "",
    account: "default",
    patience,
    now: () => NOW,
  });
  // Its own channel rendered it: the contract says so, no type.
  return send(message as never, CONTRACT_IDS);
};

const senders: Readonly<Record<string, Readonly<Record<string, ProviderSender<never>>>>> = SENDERS;
const everyCase = contracts.flatMap(([provider, { sending }]) =>
  Object.entries(sending).map(([channel, contract]) => {
    const sender = senders[channel]?.[provider];
    if (sender === undefined) throw new Error(`${provider} has no sender for ${channel}`);
    return [`${channel} by ${provider}`, { sender, contract }] as const;
  }),
);

const cases = everyCase.filter(([, { contract }]) => contract.speaks !== "nothing");
const own = everyCase.filter(([, { contract }]) => contract.speaks === "nothing");

describe.each(own)("sending %s, which leaves nothing outside,", (_name, { sender, contract }) => {
  const connectTo = (chats: Pick<ChatStore, "add">) => {
    const connected = sender.connect({
      setting: () => "",
      secret: () => "",
      account: "default",
      patience: PATIENT,
      now: () => NOW,
      chats,
    });
    return () => connected.send(contract.message as never, CONTRACT_IDS);
  };

  it("needs no settings and no account, and asks nobody", () => {
    expect([sender.settings, sender.account]).toEqual([[], undefined]);
    const { accepted, refused, senderAtFault, throttled, outage, unknown } = contract;
    expect([accepted, refused, senderAtFault, throttled, outage, unknown].flat()).toEqual([]);
  });

  it("puts the message there once, however often it is sent", async () => {
    const chats = memoryChatStore();
    const send = connectTo(chats);
    const { to, text } = contract.message as { to: string; text: string };
    const accepted = { result: "accepted", providerMessageId: CONTRACT_IDS.messageId };
    expect([await send(), await send()]).toEqual([accepted, accepted]);
    expect(await chats.messages(to, { limit: 10 })).toMatchObject([
      { seq: 1, direction: "out", messageId: CONTRACT_IDS.messageId, text },
    ]);
  });

  it("asks to try again where it is not known whether it lies there", async () => {
    const send = connectTo({
      add: async () => {
        throw new Error("no answer");
      },
    });
    expect(await send()).toMatchObject({ result: "later", reason: "unavailable" });
  });
});

describe.each(cases)("sending %s", (_name, { sender, contract }) => {
  const counterpart = (): Counterpart => counterparts[contract.speaks === "mail" ? "mail" : "http"];
  const send = (given: Behaviour, patience = PATIENT) => {
    counterpart().behave(given);
    return sendTo(counterpart().url, sender, contract, patience);
  };

  it("needs the settings and secrets that its contract gives, and no others", () => {
    expect(Object.keys(contract.settings("http://x")).sort()).toEqual([...sender.settings].sort());
    const { secrets = [], optional = [] } = sender.account ?? {};
    const held = Object.keys(contract.secrets?.("http://x") ?? {}).sort();
    expect(held).toEqual([...secrets, ...optional].sort());
    expect(sender.account?.examine?.(contract.secrets?.("http://x") ?? {}) ?? null).toBeNull();
  });

  it("asks once for what its contract says, and is told that it was accepted", async () => {
    for (const { answer: given, result } of contract.accepted) {
      counterpart().forget();
      expect(await send(given)).toEqual(result);
      expect(counterpart().calls(contract.readBody)).toEqual([contract.request]);
    }
    expect(contract.accepted.length).toBeGreaterThan(0);
  });

  it.each(contract.refused.map((one) => [one.result.result, one] as const))(
    "says of a recipient's or a message's fault that it is no use trying again (%s, %#)",
    async (_kind, { answer: given, result }) => {
      expect(result.result).toBe("refused");
      expect(await send(given)).toEqual(result);
    },
  );

  it.each(contract.senderAtFault)(
    "waits at least a minute for us to mend our own fault, and says what it is and what to do (%#)",
    async (one) => {
      expect(one.result).toMatchObject({ result: "later" });
      expect(one.result.result === "later" && one.result.retryAfterMs).toBeGreaterThanOrEqual(60_000);
      const { advice = "", ...result } = { advice: undefined, ...(await send(one.answer)) };
      expect(result).toEqual(one.result);
      // What is wrong, and what to do: two sentences of plain words.
      expect(advice).toMatch(/^[A-Z][^{}]{30,}\. [A-Z][^{}]{20,}\.$/);
    },
  );

  it.each([...contract.throttled, ...contract.outage])(
    "asks to try again when it was surely not sent (%#)",
    async ({ answer: given, result }) => {
      expect(result.result).toBe("later");
      expect(await send(given)).toEqual(result);
    },
  );

  it("has seen each kind of refusal that a provider can give", () => {
    const { refused, senderAtFault, throttled, unknown } = contract;
    for (const kind of [refused, senderAtFault, throttled, unknown]) expect(kind.length).toBeGreaterThan(0);
  });

  it("asks to try again where nobody listens or the service is down", async () => {
    const closed = createServer();
    closed.listen(0, "127.0.0.1");
    await once(closed, "listening");
    const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    closed.close();
    await once(closed, "close");
    expect(await sendTo(nobody, sender, contract)).toMatchObject({ result: "later", reason: "unreachable" });
    expect(await send({ status: 503, body: {} })).toMatchObject({ result: "later", reason: "unavailable" });
    expect(counterpart().calls(contract.readBody)).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ["breaks off", "breaks off"],
    ["fails", { status: 500, body: {} }],
    ["is behind a gateway that fails", { status: 502, body: {} }],
    ...contract.unknown.map((one, index): [string, Behaviour] => [`answers unclearly (${index})`, one]),
  ])("throws after one call when nobody knows whether it was sent: it %s", async (_what, given) => {
    await expect(send(given)).rejects.toThrow();
    expect(counterpart().calls(contract.readBody)).toHaveLength(1);
  });

  it("throws after one call when no answer comes in time", async () => {
    await expect(send("silent", { ...PATIENT, answerMs: 300 })).rejects.toThrow();
    expect(counterpart().calls(contract.readBody)).toHaveLength(1);
  });

  it("gives a reason that quotes nothing of what it was told", async () => {
    const secret = "for ada@example.com +4915112345678";
    const body = { message: secret, Message: secret, error: secret, detail: secret };
    const result = await send({ status: 400, body });
    expect(result.result).toBe("refused");
    expect(JSON.stringify(result)).not.toMatch(/ada@|49151/);
  });
});

describe.each(contracts)("%s", (provider, contract) => {
  const reports: ProviderReports | undefined = REPORTS.get(provider);

  it("has a page about its set-up, limits and prices", () => {
    expect(existsSync(join(PROVIDERS_FOLDER, provider, "README.md"))).toBe(true);
  });

  it("reads of its own events what its contract says", () => {
    expect(contract.reports.map(({ event }) => reports?.read(event))).toEqual(
      contract.reports.map(({ says }) => says),
    );
    expect(contract.reports.length > 0).toBe(reports !== undefined);
  });

  it("knows no event of another provider for its own", () => {
    const foreign = contracts.filter(([other]) => other !== provider);
    for (const { event } of foreign.flatMap(([, other]) => other.reports)) {
      expect(reports?.read(event)).toBeUndefined();
    }
  });

  it("reads of what customers write what its contract says", async () => {
    const path = join(PROVIDERS_FOLDER, provider, "inbound.ts");
    expect(existsSync(path)).toBe(contract.inbound !== undefined);
    if (contract.inbound === undefined) return;
    const { inbound }: { inbound: ProviderInbound } = await import(path);
    for (const { payload, says, reports: told = [], unread = 0 } of contract.inbound) {
      const { messages, ...more } = inbound.read(payload, "default", NOW) ?? {};
      expect(messages).toEqual(says);
      expect({ reports: [], unread: 0, ...more }).toEqual({ reports: told, unread });
    }
  });
});
