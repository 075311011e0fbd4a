import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Lane, Message } from "#domain/records/message.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { customer, requestFor, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const members = (lane: Lane): Partial<Message> =>
  lane === "bulk"
    ? {}
    : {
        lane,
        category: "transactional",
        action: "order-confirmation",
        treatment: "order-confirmation",
        event: { order_id: "A-1", total: 5 },
      };
const begin = (lane: Lane, more: Partial<Message> = {}): { world: SendingWorld; asked: Message } => {
  const asked = message({ playbook: playbook.version, ...members(lane), ...more });
  return { world: sendingWorld(playbook, asked), asked };
};
const statusOf = (world: SendingWorld, asked: Message) => world.messages.get(asked.messageId)?.status;
const lastOf = (world: SendingWorld, asked: Message) => world.messages.get(asked.messageId)?.history.at(-1);

describe("sending a message", () => {
  it("claims, reads at most twice, calls the provider once, records and tells the reports", async () => {
    const { world, asked } = begin("bulk");
    world.record = customer({ traits: { firstName: "Ada" } });
    await world.deliver(requestFor(asked));
    expect(world.steps.toSorted()).toEqual(["bus", "claim", "load", "provider", "record", "suppressions"]);
    expect(world.published).toMatchObject([{ name: "outcome.counted", detail: { outcome: "sent" } }]);
    expect(world.steps.indexOf("provider")).toBe(3);
    expect(world.sent[0]).toMatchObject({ to: "ada@example.com", subject: "Welcome, Ada" });
    expect(world.messages.get(asked.messageId)).toMatchObject({ status: "sent", providerMessageId: "ses-1" });
  });

  it("does nothing for a duplicate of the request", async () => {
    const { world, asked } = begin("bulk");
    await world.deliver(requestFor(asked));
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(1);
  });

  it("does nothing for a message that is gone", async () => {
    const { world, asked } = begin("bulk");
    world.messages.clear();
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(0);
  });

  it("lets one of many that come at once send it", async () => {
    const { world, asked } = begin("transactional");
    await Promise.allSettled(Array.from({ length: 10 }, () => world.deliver(requestFor(asked))));
    expect(world.sent).toHaveLength(1);
  });

  it.each([
    ["consent was withdrawn", { consent: [{ status: "withdrawn" as const }] }, "consent"],
    ["consent never was", { consent: [] }, "consent"],
    ["the address bounced", { addresses: [{ status: "bounced" as const }] }, "suppressed"],
    ["there is no address", { addresses: [] }, "no-address"],
  ])("rejects a marketing message when %s since the decision", async (_why, since, reason) => {
    const { world, asked } = begin("bulk");
    world.record = customer(since);
    await world.deliver(requestFor(asked));
    expect(lastOf(world, asked)).toMatchObject({ status: "rejected", reason });
    expect(world.sent).toHaveLength(0);
  });

  it("rejects what would go to a suppressed address, and uses another one", async () => {
    const { world, asked } = begin("bulk");
    await world.suppress("ada@example.com");
    world.record = customer({
      addresses: [{}, { value: "ada@work.example", at: "2020-01-01T00:00:00.000Z" }],
    });
    await world.deliver(requestFor(asked));
    expect(world.sent[0]?.to).toBe("ada@work.example");
    const alone = begin("bulk");
    await alone.world.suppress("ada@example.com");
    await alone.world.deliver(requestFor(alone.asked));
    expect(lastOf(alone.world, alone.asked)).toMatchObject({ status: "rejected", reason: "suppressed" });
  });

  it("sends a transactional message whatever marketing consent says", async () => {
    const { world, asked } = begin("transactional");
    world.record = customer({ consent: [{ status: "withdrawn" }] });
    await world.deliver(requestFor(asked));
    expect(statusOf(world, asked)).toBe("sent");
  });

  it("puts off what is not due, or falls into quiet hours, by a timer", async () => {
    const due = new Date(NOW + 7_200_000).toISOString();
    const { world, asked } = begin("bulk", { sendAt: due });
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(0);
    expect(world.timers).toMatchObject([
      { due, event: { name: "message.requested", detail: { attempt: 1 } } },
    ]);
    expect(statusOf(world, asked)).toBe("requested");
    await world.settle(requestFor(asked));
    expect(world.sent).toHaveLength(1);
    expect(world.clock).toBe(Date.parse(due));
  });

  it("folds a line break in a subject to a blank: no header can be smuggled in", async () => {
    const { world, asked } = begin("bulk", { content: { subject: "a\r\nBcc: x", text: "y" } });
    await world.deliver(requestFor(asked));
    expect(world.sent).toMatchObject([{ subject: "a Bcc: x" }]);
  });

  it("ends with the reason when the template cannot be rendered", async () => {
    const missing = begin("bulk", { treatment: "nowhere" });
    await missing.world.deliver(requestFor(missing.asked));
    expect(lastOf(missing.world, missing.asked)).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("no template"),
    });
  });

  it("ends with the provider's refusal, and tells an address that never will work", async () => {
    const { world, asked } = begin("bulk");
    world.answers.push({ result: "refused", reason: "address", address: "invalid" });
    await world.deliver(requestFor(asked));
    expect(lastOf(world, asked)).toMatchObject({ status: "failed", reason: "address" });
    expect(world.told).toMatchObject([
      {
        name: "message.bounced",
        properties: { address: "ada@example.com", bounceType: "Permanent" },
        depth: 1,
      },
    ]);
  });

  it.each(["transactional", "bulk"] as const)(
    "tries a throttled %s message again until it goes",
    async (lane) => {
      const { world, asked } = begin(lane);
      for (let times = 0; times < 12; times += 1) {
        world.answers.push({ result: "later", reason: "throttled", retryAfterMs: 1_000 });
      }
      await world.settle(requestFor(asked));
      expect(world.sent).toHaveLength(1);
      expect(statusOf(world, asked)).toBe("sent");
    },
  );

  it.each(["transactional", "bulk"] as const)(
    "gives a %s message up at its deadline, with the last reason",
    async (lane) => {
      const { world, asked } = begin(lane, { deadline: new Date(NOW + 600_000).toISOString() });
      for (let times = 0; times < 100; times += 1) {
        world.answers.push({ result: "later", reason: "throttled", retryAfterMs: 1_000 });
      }
      await world.settle(requestFor(asked));
      expect(lastOf(world, asked)).toMatchObject({ status: "failed" });
      expect(lastOf(world, asked)?.reason).toMatch(/throttled|deadline/);
      expect(world.sent).toHaveLength(0);
    },
  );

  it("does not send what comes after its deadline", async () => {
    const { world, asked } = begin("bulk", { deadline: new Date(NOW - 1).toISOString() });
    await world.deliver(requestFor(asked));
    expect(lastOf(world, asked)).toMatchObject({ status: "failed", reason: "deadline" });
  });

  it("leaves marketing uncertain when the provider's answer is missing, and never sends it again", async () => {
    const { world, asked } = begin("bulk");
    world.answers.push(new Error("socket hang up"));
    await world.settle(requestFor(asked));
    await world.settle(requestFor(asked));
    expect(world.steps.filter((step) => step === "provider")).toHaveLength(1);
    expect(statusOf(world, asked)).toBe("uncertain");
  });

  it("sends a transactional message again when the provider's answer is missing", async () => {
    const { world, asked } = begin("transactional");
    world.answers.push(new Error("socket hang up"));
    await world.settle(requestFor(asked));
    expect(world.sent).toHaveLength(1);
    expect(statusOf(world, asked)).toBe("sent");
  });

  it("asks for a message whose sender died when its claim ends, within 15 seconds", async () => {
    const { world, asked } = begin("transactional");
    world.crashAt(3, "before");
    await expect(world.deliver(requestFor(asked))).rejects.toThrow();
    world.clock += 4_000;
    await expect(world.deliver(requestFor(asked))).rejects.toMatchObject({ retryAfter: 12 });
    world.clock += 12_000;
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(1);
    expect(statusOf(world, asked)).toBe("sent");
  });

  it.each(["transactional", "bulk"] as const)(
    "gives a %s message back untried when its call could outlast the claim, and sends it later",
    async (lane) => {
      const { world, asked } = begin(lane);
      world.beforeCall = () => {
        world.clock += 5_000;
      };
      await expect(world.deliver(requestFor(asked))).rejects.toMatchObject({ code: "unavailable" });
      expect(world.sent).toHaveLength(0);
      expect(lastOf(world, asked)).toMatchObject({
        status: "requested",
        reason: "not tried: its turn came too late",
      });
      world.beforeCall = () => {};
      await world.deliver(requestFor(asked));
      expect(world.sent).toHaveLength(1);
    },
  );

  it("tells message.sent only when the playbook listens to it, once", async () => {
    const quiet = begin("bulk");
    await quiet.world.deliver(requestFor(quiet.asked));
    expect(quiet.world.told).toEqual([]);

    const listening = await testPlaybook({
      "triggers.yaml": "thanks: { on: message.sent }\n",
      "actions/welcome.yaml":
        "category: marketing\nplacements: [trigger.thanks]\ntreatments: [{ channel: email }]\n",
      "actions/cart-reminder.yaml": null,
      "actions/order-confirmation.yaml": null,
      "templates/cart-reminder/email.html": null,
      "templates/cart-reminder/sms.txt": null,
      "templates/order-confirmation/email.html": null,
    });
    const asked = message({ playbook: listening.version, depth: 2 });
    const world = sendingWorld(listening, asked);
    await world.deliver(requestFor(asked));
    await world.deliver(requestFor(asked));
    expect(world.told[0]).toMatchObject({
      type: "outcome",
      name: "message.sent",
      customerId: "cus_test",
      depth: 3,
    });
    expect(new Set(world.told.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    ["bulk", ["message.sent"]],
    ["transactional", []],
  ] as const)("tells the models of a playbook that learns what was sent: %s, %j", async (lane, told) => {
    const learning = await testPlaybook({ "learning.yaml": "outcomes: { clicked: 1 }\n" });
    const asked = message({ playbook: learning.version, lane });
    const world = sendingWorld(learning, asked);
    await world.deliver(requestFor(asked));
    expect(statusOf(world, asked)).toBe("sent");
    expect(world.told.map(({ name }) => name)).toEqual(told);
  });
});

const SIDES = ["before", "after"] as const;

/** The steps of an undisturbed run: claim, load, suppressions, provider, record, bus (load runs beside the claim). */
const STEPS = [0, 1, 2, 3, 4, 5];

describe("a sender that dies", () => {
  it.each(STEPS.flatMap((step) => SIDES.map((side) => [step, side] as const)))(
    "at step %i (%s) sends marketing at most once and leaves no message open",
    async (step, side) => {
      const { world, asked } = begin("bulk");
      world.crashAt(step, side);
      await world.settle(requestFor(asked));
      expect(world.sent.length).toBeLessThanOrEqual(1);
      expect(["sent", "uncertain"]).toContain(statusOf(world, asked));
      if (statusOf(world, asked) === "sent") expect(world.sent).toHaveLength(1);
    },
  );

  it.each(STEPS.flatMap((step) => SIDES.map((side) => [step, side] as const)))(
    "at step %i (%s) sends a transactional message, twice only between answer and record",
    async (step, side) => {
      const { world, asked } = begin("transactional");
      world.crashAt(step, side);
      await world.settle(requestFor(asked));
      const name = world.steps[step];
      const isBetween = (name === "provider" && side === "after") || (name === "record" && side === "before");
      expect(world.sent).toHaveLength(isBetween ? 2 : 1);
      expect(statusOf(world, asked)).toBe("sent");
      expect(new Set(world.published.map(({ id }) => id)).size).toBe(1);
    },
  );

  it.each(SIDES)(
    "%s giving a throttled message back leaves it for another try or uncertain",
    async (side) => {
      for (const lane of ["transactional", "bulk"] as const) {
        const { world, asked } = begin(lane);
        world.answers.push({ result: "later", reason: "throttled", retryAfterMs: 1_000 });
        world.crashAt(4, side);
        await world.settle(requestFor(asked));
        expect(world.sent.length).toBeLessThanOrEqual(1);
        if (lane === "transactional") expect(world.sent).toHaveLength(1);
        expect(["sent", "uncertain"]).toContain(statusOf(world, asked));
      }
    },
  );
});
