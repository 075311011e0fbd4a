import type { Message } from "#domain/records/message.ts";
import { NOW } from "../customers/events.ts";

/** A marketing mail as a decision asks for it, ten minutes ago. */
export const message = (members: Partial<Message> = {}): Message => {
  const createdAt = new Date(NOW - 600_000).toISOString();
  return {
    messageId: "msg_0123456789abcdef0123456789",
    customerId: "cus_test",
    conversationId: "cnv_test",
    decisionId: "dec_test",
    channel: "email",
    category: "marketing",
    lane: "bulk",
    action: "welcome",
    treatment: "welcome",
    data: {},
    playbook: "v1",
    depth: 0,
    createdAt,
    deadline: new Date(NOW + 24 * 3_600_000).toISOString(),
    status: "requested",
    history: [{ status: "requested", at: createdAt }],
    attempts: 0,
    sweepAt: new Date(NOW + 3_000_000).toISOString(),
    ...members,
  };
};
