import { answered, Message, Requested, type TimelineItem, timelineOf } from "./answers.ts";
import type { Proof, ProofHub } from "./port.ts";
import { type Found, need } from "./steps.ts";

/** What a customer says yes or no to, in the playbook of the proof. */
export const CATEGORY = "marketing";

export const readerOf = ({ run }: Proof): string => `prove-${run}-reader`;
export const bouncerOf = ({ run }: Proof): string => `prove-${run}-bouncer`;

/** Waits until something stands on the timeline of the story's reader. */
export const onTimeline = (
  proof: Proof,
  found: Found,
  what: string,
  is: (item: TimelineItem) => boolean,
): Promise<TimelineItem> =>
  proof.until(what, async () => (await timelineOf(need(found, "hub"), readerOf(proof))).find(is));

const statusOf = async (hub: ProofHub, messageId: string): Promise<string> =>
  answered(200, Message, await hub.call("GET", `/v1/messages/${messageId}`)).status;

/** Asks for a message that no trigger asks for. */
export const request = async (hub: ProofHub, to: string, category: string) =>
  answered(
    202,
    Requested,
    await hub.call("POST", "/v1/messages", {
      to,
      category,
      content: { subject: "Rapport proof", text: "A message of `rapport prove`. Nobody need answer it." },
    }),
  );

/** Waits until a message has been taken, and has the provider report on it. Gives how it ended. */
export const ended = async (
  proof: Proof,
  hub: ProofHub,
  messageId: string,
  type: "delivered" | "bounced",
) => {
  await proof.until("the provider to take the message", async () => {
    const status = await statusOf(hub, messageId);
    if (status === "rejected") throw new Error("the message was rejected");
    return status === "requested" || status === "sending" ? undefined : status;
  });
  await proof.account.report(messageId, type);
  return proof.until("the provider's report", async () => {
    const status = await statusOf(hub, messageId);
    return status === "delivered" || status === "failed" ? status : undefined;
  });
};
