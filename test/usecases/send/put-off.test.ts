import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PutOff } from "#ports/provider.ts";
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

  it("never makes its recipient unreachable", async () => {
    const { world, asked } = begin();
    world.answers.push(...Array.from({ length: 200 }, () => PAUSED));
    await world.settle(requestFor(asked));
    expect(world.told).toEqual([]);
    expect(world.sent).toEqual([]);
  });
});
