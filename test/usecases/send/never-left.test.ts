import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Message } from "#domain/records/message.ts";
import type { SendResult } from "#ports/provider.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { AT, customer, requestFor, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const contactOf = ({ messageId, channel, category }: Message, id = messageId) =>
  ({ id, at: AT, channel, category, action: "welcome", treatment: "welcome", kind: "message" }) as const;

/** A customer whose contact history has the message's place, and another's. */
const begin = (
  changes: Partial<Message> = {},
  since: Parameters<typeof customer>[0] = {},
): { readonly world: SendingWorld; readonly asked: Message } => {
  const asked = message({ playbook: playbook.version, ...changes });
  const world = sendingWorld(playbook, asked);
  world.record = customer({ ...since, contacts: [contactOf(asked, "msg_other"), contactOf(asked)] });
  return { world, asked };
};
const places = ({ record }: SendingWorld) => record?.contact.entries.map(({ id }) => id);
const withdrawn = { consent: [{ status: "withdrawn" as const }] };

describe("a message that never left", () => {
  it.each([
    ["its consent was withdrawn", {}, withdrawn],
    ["its template is wrong", { treatment: "nowhere" }, {}],
    ["its deadline is past", { deadline: new Date(NOW - 1).toISOString() }, {}],
  ])("since %s gives back its place in contact history, and no other's", async (_why, changes, since) => {
    const { world, asked } = begin(changes, since);
    await world.settle(requestFor(asked));
    expect(["rejected", "failed"]).toContain(world.messages.get(asked.messageId)?.status);
    expect(places(world)).toEqual(["msg_other"]);
  });

  it.each<readonly [string, SendResult]>([
    ["refused it", { result: "refused", reason: "content" }],
    ["never had time for it", { result: "later", reason: "throttled", retryAfterMs: 200_000_000 }],
  ])("since the provider %s gives back its place", async (_why, answer) => {
    const { world, asked } = begin();
    world.answers.push(answer);
    await world.settle(requestFor(asked));
    expect(world.messages.get(asked.messageId)?.status).toBe("failed");
    expect(places(world)).toEqual(["msg_other"]);
  });

  it("gives back its place whenever its sender dies, and whoever writes beside it", async () => {
    const { world: undisturbed, asked: same } = begin({}, withdrawn);
    await undisturbed.settle(requestFor(same));
    expect(undisturbed.steps).toContain("release");
    for (let step = undisturbed.steps.indexOf("record"); step < undisturbed.steps.length; step += 1) {
      for (const side of ["before", "after"] as const) {
        const { world, asked } = begin({}, withdrawn);
        world.crashAt(step, side);
        await world.settle(requestFor(asked));
        // Whoever dies before the record leaves marketing uncertain: it may have left, so it counts.
        const isOpen = world.messages.get(asked.messageId)?.status === "uncertain";
        expect(places(world), `step ${step}, ${side}`).toEqual(
          isOpen ? ["msg_other", asked.messageId] : ["msg_other"],
        );
      }
    }
  });

  it("tells of an address that the provider refused, even if its sender dies while it gives back the place", async () => {
    const refused: SendResult = { result: "refused", reason: "no such address", address: "invalid" };
    const { world: undisturbed, asked: same } = begin();
    undisturbed.answers.push(refused);
    await undisturbed.settle(requestFor(same));
    for (const side of ["before", "after"] as const) {
      const { world, asked } = begin();
      world.answers.push(refused);
      world.crashAt(undisturbed.steps.indexOf("release"), side);
      await world.settle(requestFor(asked));
      expect(world.told.map(({ name }) => name)).toEqual(["message.bounced"]);
      expect(places(world)).toEqual(["msg_other"]);
    }
  });

  it("gives back its place over what was decided meanwhile", async () => {
    const { world, asked } = begin({}, withdrawn);
    const store = world.contacts;
    const save: typeof store.save = async (customerId, history) => {
      world.contacts = store;
      const { record } = world;
      if (record === null) throw new Error("the customer is there");
      const { contact } = record;
      const entries = [...contact.entries, contactOf(asked, "msg_new")];
      world.record = { ...record, contact: { ...contact, version: contact.version + 1, entries } };
      return store.save(customerId, history);
    };
    world.contacts = { save };
    await world.deliver(requestFor(asked));
    expect(places(world)).toEqual(["msg_other", "msg_new"]);
  });
});

describe("a message to a mailbox that said no", () => {
  const NO = { topic: "marketing", status: "withdrawn", at: AT } as const;
  const refusal = { channel: "email", topic: "marketing", at: AT, address: "ada@example.com" };

  it("tells the next decision so, with the write that gives back its place", async () => {
    const { world, asked } = begin();
    await world.say("ada@example.com", NO);
    await world.settle(requestFor(asked));
    expect(world.messages.get(asked.messageId)?.status).toBe("rejected");
    expect(places(world)).toEqual(["msg_other"]);
    const until = new Date(NOW + 7 * 86_400_000).toISOString();
    expect(world.record?.contact).toMatchObject({ version: 5, refusals: [{ ...refusal, until }] });
    expect(world.steps.filter((step) => step === "release")).toHaveLength(1);
  });

  it("tells it of an urgent one too, and of no address that is not the customer's", async () => {
    const { world, asked } = begin({ lane: "transactional" });
    await world.say("ada@example.com", NO);
    await world.settle(requestFor(asked));
    expect(world.record?.contact.refusals).toMatchObject([refusal]);
    const other = begin({ to: "friend@example.com" });
    await other.world.say("friend@example.com", NO);
    await other.world.settle(requestFor(other.asked));
    expect(other.world.messages.get(other.asked.messageId)?.status).toBe("rejected");
    expect(other.world.record?.contact.refusals).toBeUndefined();
  });
});

describe("a message that left, or may have", () => {
  it("keeps its place, whether asked for again or bounced later", async () => {
    const { world, asked } = begin();
    await world.deliver(requestFor(asked));
    const sent = world.messages.get(asked.messageId);
    if (sent === undefined) throw new Error("the message is there");
    world.messages.set(asked.messageId, { ...sent, status: "failed" });
    await world.deliver(requestFor(asked));
    expect(places(world)).toEqual(["msg_other", asked.messageId]);
  });

  it("keeps its place while nobody knows", async () => {
    const { world, asked } = begin();
    world.answers.push(new Error("socket hang up"));
    await world.settle(requestFor(asked));
    expect(world.messages.get(asked.messageId)?.status).toBe("uncertain");
    expect(places(world)).toEqual(["msg_other", asked.messageId]);
  });

  it("asks nothing of contact history on its way", async () => {
    const { world, asked } = begin();
    await world.deliver(requestFor(asked));
    expect(world.steps).not.toContain("release");
    expect(world.steps.filter((step) => step === "load")).toHaveLength(1);
  });
});
