import { beforeAll, describe, expect, it } from "vitest";
import { memoryProviderSums } from "#adapters/memory/provider-sums.ts";
import { memorySendingQuotas } from "#adapters/memory/sending-quotas.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { ProviderRate, ProviderSender } from "#ports/provider.ts";
import type { AccountSecrets } from "#ports/provider-accounts.ts";
import { CONTRACT_IDS } from "#ports/provider-contract.ts";
import { system } from "#runtime/system.ts";
import { type Routing, routing } from "#usecases/send/routing.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const firstOf = async <M>(of: Routing<M>) => {
  const [first] = await of.for(message(), undefined);
  if (first === undefined) throw new Error("no route leads anywhere");
  return first;
};

/** A provider that answers with its name and its setting. */
const provider = (name: string, rate?: ProviderRate): ProviderSender<string> => ({
  settings: [`${name}_URL`],
  connect: ({ setting }) => ({
    send: async () => ({ result: "accepted", providerMessageId: `${name} at ${setting(`${name}_URL`)}` }),
    ...(rate === undefined ? {} : { rate }),
  }),
});

/** Most calls that were under way at once, of twenty, each until its record. */
const mostUnrecorded = async (): Promise<number> => {
  const chosen = routing(
    { fast: provider("FAST") },
    {
      channel: "fax",
      bulkConcurrency: 4,
      livePlaybook: async () => playbook.document,
      accounts: { find: async () => null },
      sums: memoryProviderSums(),
      quotas: memorySendingQuotas(),
      setting: (name) => name,
      ...system,
    },
  );
  let underWay = 0;
  let most = 0;
  const sendOne = async (): Promise<void> => {
    const { send } = await firstOf(chosen);
    await chosen.inTurn(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await send("Hello", CONTRACT_IDS);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    });
  };
  await Promise.all(Array.from({ length: 20 }, sendOne));
  return most;
};

it("has at most eight messages of a process between call and record, for they may leave twice when it dies", async () => {
  expect(await mostUnrecorded()).toBe(8);
});

/** Who sends a message, and how often the live playbook was asked for. */
const sentBy = async (senders: Readonly<Record<string, ProviderSender<string>>>, named?: string) => {
  let asked = 0;
  const { document } = playbook;
  const providers = named === undefined ? {} : { fax: named };
  const chosen = routing(senders, {
    channel: "fax",
    bulkConcurrency: 4,
    livePlaybook: async () => {
      asked += 1;
      return { ...document, brand: { ...document.brand, providers } };
    },
    accounts: { find: async () => null },
    sums: memoryProviderSums(),
    quotas: memorySendingQuotas(),
    setting: (name) => `<${name}>`,
    ...system,
  });
  const { send } = await firstOf(chosen);
  return { answer: await send("Hello", CONTRACT_IDS), asked };
};

describe("who sends a channel's messages", () => {
  it("is the only provider there is, whatever the playbook names", async () => {
    expect(await sentBy({ one: provider("one") }, "another")).toEqual({
      answer: { result: "accepted", providerMessageId: "one at <one_URL>" },
      asked: 1,
    });
  });

  it("is the live playbook's choice of several", async () => {
    const senders = { one: provider("one"), two: provider("two") };
    expect(await sentBy(senders, "two")).toMatchObject({
      answer: { providerMessageId: "two at <two_URL>" },
      asked: 1,
    });
  });

  it.each([undefined, "three"])("is the first of several where the playbook names %s", async (chosen) => {
    const senders = { one: provider("one"), two: provider("two") };
    expect(await sentBy(senders, chosen)).toMatchObject({
      answer: { providerMessageId: "one at <one_URL>" },
    });
  });

  it("is nobody where there is no provider: the message ends with the reason", async () => {
    expect((await sentBy({})).answer).toEqual({
      result: "refused",
      reason: "no provider carries this channel",
    });
  });

  it("fails at init where a setting is missing", () => {
    const missing = (name: string): string => {
      throw new Error(`${name} is not set`);
    };
    const around = {
      channel: "fax",
      bulkConcurrency: 4,
      livePlaybook: async () => playbook.document,
      accounts: { find: async () => null },
      sums: memoryProviderSums(),
      quotas: memorySendingQuotas(),
      setting: missing,
      ...system,
    };
    expect(() => routing({ one: provider("one") }, around)).toThrow("one_URL is not set");
  });
});

describe("an account that a provider sends by", () => {
  /** What comes of messages, one after the other, each while the account's secret is as given. */
  const sentWith = async (secrets: readonly (AccountSecrets | null)[]) => {
    let connected = 0;
    const asked: string[] = [];
    const sender: ProviderSender<string> = {
      settings: [],
      account: { secrets: ["key"] },
      connect: ({ secret }) => {
        connected += 1;
        return { send: async () => ({ result: "accepted", providerMessageId: secret("key") }) };
      },
    };
    let at = 0;
    const chosen = routing(
      { one: sender },
      {
        channel: "fax",
        bulkConcurrency: 4,
        livePlaybook: async () => playbook.document,
        sums: memoryProviderSums(),
        quotas: memorySendingQuotas(),
        accounts: {
          find: async (provider, account) => {
            asked.push(`${provider}/${account}`);
            return secrets[at] ?? null;
          },
        },
        setting: (name) => name,
        ...system,
      },
    );
    const results: unknown[] = [];
    for (at = 0; at < secrets.length; at += 1) {
      results.push(await (await firstOf(chosen)).send("Hello", CONTRACT_IDS));
    }
    return { results, connected, asked: new Set(asked) };
  };
  const accepted = (key: string) => ({ result: "accepted", providerMessageId: key });

  it("is connected once, and anew when its secret has changed", async () => {
    const first = { key: "k1" };
    const { results, connected, asked } = await sentWith([first, first, { key: "k2" }]);
    expect(results).toEqual([accepted("k1"), accepted("k1"), accepted("k2")]);
    expect(connected).toBe(2);
    expect([...asked]).toEqual(["one/default"]);
  });

  it.each([[null], [{ other: "x" }], [{ key: "" }]])(
    "lets messages wait, with what to do, while it is %j",
    async (secret) => {
      const { results } = await sentWith([secret, { key: "k1" }]);
      expect(results).toMatchObject([
        { result: "later", reason: "account", advice: expect.stringContaining("connect one default") },
        accepted("k1"),
      ]);
    },
  );
});

describe("the pace of a sender's bulk lane", () => {
  /** How long the second message of a process waits behind the first, a second's burst being used up. */
  const waitOf = async (rate: ProviderRate): Promise<number> => {
    const waits: number[] = [];
    const chosen = routing(
      { one: provider("one", rate) },
      {
        channel: "fax",
        bulkConcurrency: 4,
        livePlaybook: async () => playbook.document,
        accounts: { find: async () => null },
        sums: memoryProviderSums(),
        quotas: memorySendingQuotas(),
        setting: (name) => name,
        ...system,
        clock: { now: () => NOW },
        sleep: async (ms) => {
          waits.push(ms);
        },
      },
    );
    const { take } = (await firstOf(chosen)).rate;
    for (let taken = 0; waits.length === 0 && taken < 1_000; taken += 1) await take();
    return Math.round(waits[0] ?? 0);
  };

  it("is each process's share of the provider's limit", async () => {
    // 8 a second over 4 processes are 2 a second each.
    expect(await waitOf({ limit: async () => ({ perSecond: 8 }), assumed: 1 })).toBe(500);
  });

  it("begins slowly where no call tells the limit", async () => {
    // 1 a second over 4 processes is one message in 4 s.
    const wait = await waitOf({ limit: async () => ({ perSecond: 100 }), assumed: 100, atFirst: 1 });
    expect(wait).toBe(3_000);
  });

  it("is each sender's own where routes name several, and the message finds its route by where it will go", async () => {
    const named = {
      channel: "sms",
      bulkConcurrency: 1,
      livePlaybook: async () => ({
        ...playbook.document,
        brand: {
          ...playbook.document.brand,
          routes: {
            sms: [
              [{ provider: "one", account: "a", countries: ["US"], from: "+15550100", perSecond: 1 }],
              [{ provider: "one", account: "a", from: "+4930555", perSecond: 10 }],
            ],
          },
        },
      }),
      accounts: { find: async () => null },
      sums: memoryProviderSums(),
      quotas: memorySendingQuotas(),
      setting: (name: string) => name,
      ...system,
    };
    const chosen = routing({ one: provider("ONE") }, named);
    const likely = (address: string) => chosen.likely(message(), async () => address);
    const [german, american] = await Promise.all([likely("+4915112345678"), likely("+12125550123")]);
    expect([german.from, american.from]).toEqual(["+4930555", "+15550100"]);
    expect(german.rate).not.toBe(american.rate);
    expect((await likely("+491701234567")).rate).toBe(german.rate);
  });
});
