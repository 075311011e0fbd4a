import { hashId } from "#kernel/hash.ts";
import { expectStatus, timelineOf } from "./answers.ts";
import { bouncerOf, ended, onTimeline, readerOf, request } from "./asking.ts";
import { need, type Step } from "./steps.ts";

/** What goes wrong and is mended: bounces, dead letters, a version that is taken back. */
export const TROUBLES: readonly Step[] = [
  {
    name: "bounce",
    claim: "An address that bounced is written to no more",
    does: "writes to the simulator's address that bounces, waits for the report, and asks to write again",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const { simulator, run } = proof;
      const userId = bouncerOf(proof);
      expectStatus(
        200,
        await hub.collect("identify", { userId, traits: { [simulator.channel]: simulator.bounces(run) } }),
      );
      await proof.until("the customer", async () => {
        const { status } = await hub.call("GET", `/v1/profiles/userId:${userId}`);
        return status === 200 ? status : undefined;
      });
      const { messageId } = await request(hub, `userId:${userId}`, "transactional");
      const status = await ended(proof, hub, messageId, "bounced");
      if (status !== "failed") throw new Error(`the message ended as ${status}`);
      const again = await proof.until("the address to be suppressed", async () => {
        const asked = await request(hub, `userId:${userId}`, "transactional");
        return asked.status === "rejected" ? asked : undefined;
      });
      return { seen: `bounced; then refused: ${again.reasons.join(", ")}` };
    },
  },
  {
    name: "mailbox",
    claim: "A real mailbox takes the mail",
    does: "writes to the mailbox of the caller",
    leftOut: ({ account, mailbox }) =>
      account.kind === "local"
        ? "no mail leaves a local cloud"
        : mailbox === undefined
          ? "no mailbox was named with --to"
          : undefined,
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const { messageId } = await request(
        hub,
        `${proof.simulator.channel}:${proof.mailbox}`,
        "transactional",
      );
      const status = await ended(proof, hub, messageId, "delivered");
      if (status !== "delivered") throw new Error(`the message ended as ${status}`);
      return { seen: "delivered, as the provider reports; whether anybody read it was not asked" };
    },
  },
  {
    name: "redrive",
    claim: "What lies among the dead letters is moved back and applied, once",
    does: "puts an event among the dead letters of the inbox and moves it back, twice",
    run: async (proof, found) => {
      const userId = readerOf(proof);
      const { customerId } = found;
      const at = new Date().toISOString();
      const id = hashId("evt", "prove", proof.run);
      const event = { id, type: "track", name: "Redriven", userId, customerId, at, receivedAt: at };
      const body = { v: 1, group: userId, events: [{ ...event, source: "prove", imported: true, depth: 0 }] };
      const letter = { body: JSON.stringify(body), group: userId };
      const tasks = [await proof.account.redrive(letter), await proof.account.redrive(letter)];
      await onTimeline(proof, found, "the event on the timeline", ({ name }) => name === "Redriven");
      const items = await timelineOf(need(found, "hub"), userId);
      const times = items.filter(({ name }) => name === "Redriven").length;
      if (times !== 1) throw new Error(`it was applied ${times} times`);
      return { seen: `moved twice (${tasks.join(", ")}), applied once` };
    },
  },
  {
    name: "rollback",
    claim: "A function goes back to the version before by one call",
    does: "publishes a second version of a function, points the alias at it, and back; asks the hub each time",
    leftOut: ({ account }) => (account.rollBack === undefined ? "one machine keeps no versions" : undefined),
    run: async ({ account }, found) => {
      const versions = await account.rollBack?.();
      expectStatus(200, await need(found, "hub").open("GET", "/openapi.json"));
      return { seen: `version ${versions?.join(" -> ")} -> ${versions?.[0]}, and the hub answers` };
    },
  },
];
