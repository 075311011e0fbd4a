import { beforeAll, describe, expect, it, vi } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PutOff } from "#ports/provider.ts";
import { flushMetrics } from "#runtime/metrics.ts";
import { keepLines } from "../../support/handlers/written-lines.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { requestFor, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const MINUTE_MS = 60_000;
const PAUSED: PutOff = {
  result: "later",
  reason: "sending paused",
  retryAfterMs: 15 * MINUTE_MS,
  advice: "It is paused. Switch it on.",
};
const THROTTLED: PutOff = { result: "later", reason: "throttled", retryAfterMs: 1_000 };

const begin = () => {
  const asked = message({ playbook: playbook.version });
  const world = sendingWorld(playbook, asked);
  return { world, asked, waits: () => waitingIn(world, asked.messageId) };
};
const waitingIn = (world: SendingWorld, messageId: string) =>
  (world.messages.get(messageId)?.history ?? []).filter(({ reason }) => reason !== undefined);

/** What was counted, a line for each way it was split. */
const countedWhile = async (work: () => Promise<unknown>): Promise<unknown[]> => {
  flushMetrics();
  const lines = keepLines();
  await work();
  flushMetrics();
  vi.restoreAllMocks();
  return lines
    .map((line): unknown => JSON.parse(line))
    .filter((line) => JSON.stringify(line).includes("_aws"));
};

describe("a message that its provider only puts off", () => {
  it.each([
    ["transactional", 8],
    ["bulk", 12],
  ] as const)("is no concern of ours at first, and after a while it is (%s)", async (lane, first) => {
    const asked = message({
      playbook: playbook.version,
      lane,
      category: lane === "bulk" ? "marketing" : "transactional",
    });
    const world = sendingWorld(playbook, asked);
    world.answers.push(...Array.from({ length: first + 3 }, () => THROTTLED));
    const [counted] = await countedWhile(() => world.settle(requestFor(asked)));
    expect(counted).toMatchObject({ reason: "throttled", MessagesPutOff: first + 3, MessagesStuck: 3 });
  });
});

describe("a message that waits for a person of ours", () => {
  it("says what is wrong and what to do, once while the reason goes on", async () => {
    const { world, asked, waits } = begin();
    world.answers.push(PAUSED, PAUSED, THROTTLED, PAUSED, PAUSED);
    await world.settle(requestFor(asked));
    expect(waits().map(({ reason, advice }) => [reason, advice])).toEqual([
      ["sending paused", PAUSED.advice],
      ["sending paused", undefined],
      ["throttled", undefined],
      ["sending paused", PAUSED.advice],
      ["sending paused", undefined],
    ]);
    expect(world.sent).toHaveLength(1);
  });

  it("leaves with the sender that was published meanwhile", async () => {
    const { world, asked } = begin();
    world.answers.push(PAUSED);
    const { document } = playbook;
    const email = { from: "New Shop <new@shop.example>" };
    world.live = { ...playbook, document: { ...document, brand: { ...document.brand, email } } };
    await world.settle(requestFor(asked));
    expect(world.sent).toMatchObject([{ from: "New Shop <new@shop.example>" }]);
  });

  it("counts by reason and provider each time, and as stuck", async () => {
    const { world, asked } = begin();
    world.answers.push(PAUSED, PAUSED);
    const counted = await countedWhile(() => world.settle(requestFor(asked)));
    expect(counted).toMatchObject([
      { reason: "sending paused", provider: "test", MessagesPutOff: 2, MessagesStuck: 2 },
      { MessagesSent: 1 },
    ]);
  });

  it("never makes its recipient unreachable", async () => {
    const { world, asked } = begin();
    world.answers.push(...Array.from({ length: 200 }, () => PAUSED));
    await world.settle(requestFor(asked));
    expect(world.told).toEqual([]);
    expect(world.sent).toEqual([]);
  });
});
