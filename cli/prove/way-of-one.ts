import { answered, Decision, expectStatus, Profile } from "./answers.ts";
import { CATEGORY, ended, onTimeline, readerOf, request } from "./asking.ts";
import { linksOf, TARGET } from "./links.ts";
import { need, type Step } from "./steps.ts";

const TRIGGER = "trigger.welcome";

/** One event on its way: a decision, a mail, what comes of it, and the refusal after that. */
export const WAY_OF_ONE: readonly Step[] = [
  {
    name: "event",
    claim: "An accepted event is applied",
    does: "`identify`, consent, and `Signed Up` by HTTP; the timeline is asked until it shows the last",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const { simulator, run } = proof;
      const userId = readerOf(proof);
      const consent = {
        channel: simulator.channel,
        topic: CATEGORY,
        status: "granted",
        kind: "express",
        source: "proof",
      };
      expectStatus(
        200,
        await hub.collect("identify", { userId, traits: { [simulator.channel]: simulator.takes(run) } }),
      );
      expectStatus(
        200,
        await hub.collect("track", { userId, event: "Consent Changed", properties: consent }),
      );
      expectStatus(200, await hub.collect("track", { userId, event: "Signed Up" }));
      await onTimeline(proof, found, "the event on the timeline", ({ name }) => name === "Signed Up");
      const profile = await hub.call("GET", `/v1/profiles/userId:${userId}`);
      const { customerId } = answered(200, Profile, profile);
      return { seen: "three events answered with 200 and applied", found: { customerId } };
    },
  },
  {
    name: "decision",
    claim: "Every contact is a decision with a record that names its playbook",
    does: "reads the record that the event's trigger led to",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const item = await onTimeline(proof, found, "a decision", ({ kind }) => kind === "decision");
      const decisionId = item.decisionId ?? "";
      const record = answered(200, Decision, await hub.call("GET", `/v1/decisions/${decisionId}`));
      const action = record.actions[0]?.action;
      if (record.playbook !== found.version) throw new Error("the record names another playbook");
      if (action === undefined) throw new Error("it was decided to do nothing");
      return { seen: `${action}, by the published version`, found: { decisionId, action } };
    },
  },
  {
    name: "mail",
    claim: "The message leaves through the provider, whose report settles it",
    does: "waits until the provider's simulator reports the delivery",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const item = await onTimeline(proof, found, "a message", ({ kind }) => kind === "message");
      const messageId = item.messageId ?? "";
      const status = await ended(proof, hub, messageId, "delivered");
      if (status !== "delivered") throw new Error(`the message ended as ${status}`);
      const by =
        proof.account.kind === "aws" ? "by the provider" : "by the local cloud, in the provider's words";
      return { seen: `delivered, reported ${by}`, found: { messageId } };
    },
  },
  {
    name: "click",
    claim: "A link of the mail leads where the template says",
    does: "follows the link as a browser does",
    run: async (proof, found) => {
      const { click, source } = await linksOf(proof, found);
      const reply = await need(found, "hub").open("GET", click);
      expectStatus(302, reply);
      if (reply.location !== TARGET) throw new Error("the link leads elsewhere");
      return { seen: `302 to the template's address; the link was ${source}`, found: { clicked: true } };
    },
  },
  {
    name: "outcome",
    claim: "What comes of a message is counted for its decision",
    does: "looks for the click on the timeline, and reports a conversion",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      need(found, "clicked");
      await onTimeline(proof, found, "the click on the timeline", ({ outcome }) => outcome === "clicked");
      const conversion = {
        decisionId: need(found, "decisionId"),
        action: need(found, "action"),
        outcome: "converted",
      };
      expectStatus(202, await hub.call("POST", "/v1/outcomes", conversion));
      await onTimeline(
        proof,
        found,
        "the conversion on the timeline",
        ({ outcome }) => outcome === "converted",
      );
      return { seen: "clicked and converted stand on the timeline" };
    },
  },
  {
    name: "unsubscribe",
    claim: "One click unsubscribes",
    does: "posts `List-Unsubscribe=One-Click` to the header's address (RFC 8058)",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const { unsubscribe, source } = await linksOf(proof, found);
      expectStatus(200, await hub.open("POST", unsubscribe, "List-Unsubscribe=One-Click"));
      await proof.until("the consent to be withdrawn", async () => {
        const reply = await hub.call("GET", `/v1/profiles/userId:${readerOf(proof)}`);
        const { consent } = answered(200, Profile, reply);
        return consent.find(({ topic, status }) => topic === CATEGORY && status === "withdrawn");
      });
      return { seen: `200, and the consent is withdrawn; the link was ${source}` };
    },
  },
  {
    name: "refusal",
    claim: "Whoever unsubscribed gets no more of it, and the record says why",
    does: "asks for the same decision again, and for a message by name",
    run: async (proof, found) => {
      const hub = need(found, "hub");
      const customer = `userId:${readerOf(proof)}`;
      const question = { customer, placement: TRIGGER, dryRun: true, explain: true };
      const { actions, rejected = [] } = answered(
        200,
        Decision,
        await hub.call("POST", "/v1/decisions", question),
      );
      const { status, reasons } = await request(hub, customer, CATEGORY);
      if (actions.length > 0 || status !== "rejected") throw new Error("it would be sent");
      return {
        seen: `decision: ${rejected.map(({ reason }) => reason).join(", ")}; message: ${reasons.join(", ")}`,
      };
    },
  },
];
