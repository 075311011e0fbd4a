import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const messageId = "msg_4137f768cf6af955769cfd90d6";

export const described: Described<typeof operations> = {
  tag: { name: "Messages", description: "One message to one customer: a receipt, a code, an answer." },
  calls: {
    requestMessage: {
      summary: "Ask for one message to one customer",
      description:
        "Contact policy is checked, and there is always a decision that says why it leaves or not. Give a `treatment` of the playbook or the `content` itself, in which texts are Liquid. Who is not known yet becomes a customer.",
      headers: {
        "idempotency-key": {
          about: "At most 255 characters. The same key and body within 24 hours is the same message",
          example: "order-A-1",
        },
      },
      request: {
        to: "email:kim@example.com",
        category: "transactional",
        content: { subject: "Your order {{ data.order }}", text: "Thank you. It leaves today." },
        data: { order: "A-1" },
      },
      answers: {
        202: {
          messageId,
          decisionId: "dec_f44cd2df2284444a48a2880337",
          conversationId: "cnv_163a6d082c24fae75083482527",
          status: "requested",
          reasons: [],
        },
      },
    },
    showMessage: {
      summary: "What became of a message",
      params: { id: { about: "The messageId that the request was answered with", example: messageId } },
      answers: {
        200: {
          messageId,
          customerId: "cus_01m8n9ts79gbsj9n767vvqrpa4",
          decisionId: "dec_f44cd2df2284444a48a2880337",
          channel: "email",
          category: "transactional",
          status: "sent",
          history: [
            { status: "requested", at: "2026-11-30T09:30:00.000Z" },
            { status: "sending", at: "2026-11-30T09:30:00.100Z" },
            {
              status: "sent",
              at: "2026-11-30T09:30:00.400Z",
              provider: "smtp",
              account: "backup",
              attempt: 1,
              tries: [
                {
                  provider: "ses",
                  account: "default",
                  at: "2026-11-30T09:30:00.200Z",
                  reason: "unavailable",
                },
              ],
            },
          ],
        },
      },
    },
  },
};
