import { beforeAll, describe, expect, it } from "vitest";
import { memoryProviderSums } from "#adapters/memory/provider-sums.ts";
import { memorySendingQuotas } from "#adapters/memory/sending-quotas.ts";
import type { EmailMessage } from "#channels/email/message.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Brand } from "#domain/playbook/model/document.ts";
import type { Route } from "#domain/playbook/model/routes.ts";
import type { Lane, Message } from "#domain/records/message.ts";
import type { ProviderSender, SendResult } from "#ports/provider.ts";
import { system } from "#runtime/system.ts";
import { routing } from "#usecases/send/routing.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { requestFor, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

type Answer = SendResult | "silent";
const accepted: Answer = { result: "accepted", providerMessageId: "p-1" };
const down: Answer = { result: "later", reason: "unavailable", retryAfterMs: 1_000 };
const throttled: Answer = { result: "later", reason: "throttled", retryAfterMs: 1_000 };
const badAddress: Answer = { result: "refused", reason: "address", address: "invalid" };

const TRANSACTIONAL: Partial<Message> = {
  lane: "transactional",
  category: "transactional",
  action: "order-confirmation",
  treatment: "order-confirmation",
  event: { order_id: "A-1", total: 5 },
};

/** Two providers, the first before the second, which answer as they are told, the last answer for ever. */
const begin = (
  lane: Lane,
  answers: { readonly one: readonly Answer[]; readonly two: readonly Answer[] },
  brand: Partial<Brand> = {},
) => {
  const calls: string[] = [];
  const senders: string[] = [];
  const provider = (name: "one" | "two"): ProviderSender<EmailMessage> => {
    const left = [...answers[name]];
    return {
      settings: [],
      connect: () => ({
        send: async ({ from }) => {
          calls.push(name);
          senders.push(from);
          const answer = left.length > 1 ? left.shift() : left[0];
          if (answer === undefined || answer === "silent") throw new Error("no answer");
          return answer;
        },
      }),
    };
  };
  const asked = message({ playbook: playbook.version, ...(lane === "bulk" ? {} : TRANSACTIONAL) });
  const routes = { email: ["one", "two"].map((name) => [{ provider: name, account: "default" }]) };
  const live = { ...playbook.document, brand: { ...playbook.document.brand, routes, ...brand } };
  const world: SendingWorld = sendingWorld(playbook, asked, (around) =>
    routing(
      { one: provider("one"), two: provider("two") },
      {
        ...system,
        channel: "email",
        bulkConcurrency: 1,
        livePlaybook: async () => live,
        accounts: { find: async () => null },
        sums: memoryProviderSums(),
        quotas: memorySendingQuotas(),
        setting: (name) => name,
        clock: { now: () => around.clock },
      },
    ),
  );
  const recorded = () => world.messages.get(asked.messageId);
  return { world, asked, calls, senders, recorded };
};

describe.each<Lane>(["transactional", "bulk"])("a message (%s)", (lane) => {
  it("goes to the first route while that takes it", async () => {
    const { world, asked, calls, recorded } = begin(lane, { one: [accepted], two: [accepted] });
    await world.settle(requestFor(asked));
    expect(calls).toEqual(["one"]);
    expect(recorded()?.history.at(-1)).toMatchObject({
      status: "sent",
      provider: "one",
      account: "default",
      attempt: 1,
    });
  });

  it("goes on at once to the next where the first surely has it not, and its record names both", async () => {
    const { world, asked, calls, recorded } = begin(lane, { one: [down], two: [accepted] });
    await world.deliver(requestFor(asked));
    expect(calls).toEqual(["one", "two"]);
    expect(recorded()?.history.at(-1)).toMatchObject({
      status: "sent",
      provider: "two",
      attempt: 1,
      tries: [{ provider: "one", account: "default", reason: "unavailable" }],
    });
  });

  it("is asked for again where nobody takes it, and leaves once", async () => {
    const { world, asked, calls, recorded } = begin(lane, { one: [down], two: [down, accepted] });
    await world.settle(requestFor(asked));
    expect(calls.filter((name) => name === "two")).toHaveLength(2);
    expect(recorded()).toMatchObject({ status: "sent", attempts: 2 });
  });

  it("ends where one refuses whom it goes to: nobody else is asked", async () => {
    const { world, asked, calls, recorded } = begin(lane, { one: [badAddress], two: [accepted] });
    await world.settle(requestFor(asked));
    expect(calls).toEqual(["one"]);
    expect(recorded()?.status).toBe("failed");
  });

  it("waits for who is throttled", async () => {
    const { world, asked, calls } = begin(lane, { one: [throttled, accepted], two: [accepted] });
    await world.settle(requestFor(asked));
    expect(calls.slice(0, 1)).toEqual(["one"]);
    expect(calls).toHaveLength(2);
  });

  it("goes to the second once the first has failed five times, whoever's message that was", async () => {
    const { world, asked, calls } = begin(lane, {
      one: [down],
      two: [down, down, down, down, down, accepted],
    });
    await world.settle(requestFor(asked));
    expect(calls.at(-1)).toBe("two");
  });
});

describe("a message that somebody may have", () => {
  it("is uncertain if it is marketing, and goes nowhere else, whatever the playbook says", async () => {
    const brand = { resendUncertain: ["email"] };
    const { world, asked, calls, recorded } = begin("bulk", { one: ["silent"], two: [accepted] }, brand);
    await world.settle(requestFor(asked));
    expect(calls).toEqual(["one"]);
    expect(recorded()?.status).toBe("uncertain");
  });

  it("is asked for again there alone if it is transactional, also while that is left alone", async () => {
    const silent = Array.from({ length: 9 }, (): Answer => "silent");
    const { world, asked, calls, recorded } = begin("transactional", {
      one: [...silent, accepted],
      two: [accepted],
    });
    await world.settle(requestFor(asked));
    expect(new Set(calls)).toEqual(new Set(["one"]));
    expect(recorded()?.status).toBe("sent");
  });

  it("goes on at once where the playbook says so", async () => {
    const brand = { resendUncertain: ["email"] };
    const { world, asked, calls, recorded } = begin(
      "transactional",
      { one: ["silent"], two: [accepted] },
      brand,
    );
    await world.deliver(requestFor(asked));
    expect(calls).toEqual(["one", "two"]);
    expect(recorded()?.history.at(-1)).toMatchObject({
      status: "sent",
      tries: [{ provider: "one", reason: "unknown whether sent: Error" }],
    });
  });
});

it("fails with the reason where no route leads to the address", async () => {
  const routes = { email: [[{ provider: "one", account: "default", countries: ["US"] }]] };
  const { world, asked, calls, recorded } = begin("bulk", { one: [accepted], two: [accepted] }, { routes });
  await world.settle(requestFor(asked));
  expect(calls).toEqual([]);
  expect(recorded()).toMatchObject({ status: "failed" });
  expect(recorded()?.history.at(-1)?.reason).toMatch(/^no-route/);
});

describe("a sender whose day is used up", () => {
  const route = (provider: string, more: Partial<Route> = {}): Route => ({
    provider,
    account: "default",
    ...more,
  });
  const used = (...others: readonly Route[]) => ({
    routes: { email: [[route("one", { perDay: 1 })], ...others.map((other) => [other])] },
  });

  it("leaves marketing to the next route at once", async () => {
    const { world, asked, calls, recorded } = begin(
      "bulk",
      { one: [accepted], two: [accepted] },
      used(route("two")),
    );
    await world.deliver(requestFor(asked));
    expect(calls).toEqual(["two"]);
    expect(recorded()?.history.at(-1)).toMatchObject({
      status: "sent",
      tries: [{ provider: "one", reason: "daily quota" }],
    });
  });

  it("holds marketing until the day ends where there is no other route, and calls nobody", async () => {
    const { world, asked, calls, recorded } = begin("bulk", { one: [accepted], two: [accepted] }, used());
    await world.deliver(requestFor(asked));
    expect(calls).toEqual([]);
    expect(recorded()?.history.at(-1)).toMatchObject({ reason: "daily quota" });
    expect(recorded()?.status).not.toBe("sent");
  });

  it("never holds what is transactional", async () => {
    const { world, asked, calls } = begin("transactional", { one: [accepted], two: [accepted] }, used());
    await world.deliver(requestFor(asked));
    expect(calls).toEqual(["one"]);
  });
});

it("leaves in the name that its route says, in place of the channel's", async () => {
  const routes = {
    email: [
      [{ provider: "one", account: "default", from: "Us <us@shop.example>" }],
      [{ provider: "two", account: "default" }],
    ],
  };
  const { world, asked, senders } = begin("bulk", { one: [down], two: [accepted] }, { routes });
  await world.deliver(requestFor(asked));
  expect(senders[0]).toBe("Us <us@shop.example>");
  expect(senders[1]).not.toBe(senders[0]);
});
