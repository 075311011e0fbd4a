import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const otpId = "otp_01m8n9ts79gbsj9n767vvqrpa4";
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
    requestOneTimeCode: {
      summary: "Send somebody a one-time code",
      description:
        "It goes to the address that `to` names, or to the customer's on the `channel`. Five tries, and what is right once is used up. Too many codes for an address, or for a country while few of them are typed in, are answered 429.",
      request: { to: "phone:+12025550100", channel: "sms", length: 6, ttl: "PT10M" },
      answers: {
        202: {
          otpId,
          messageId,
          decisionId: "dec_f44cd2df2284444a48a2880337",
          channel: "sms",
          status: "requested",
          reasons: [],
        },
      },
    },
    checkOneTimeCode: {
      summary: "Ask whether a one-time code is right",
      description:
        "`valid` once for the right code. A code that was used, or whose time is over, is not valid. Past five tries: 429, whatever is said.",
      request: { otpId, code: "492039" },
      answers: { 200: { valid: true } },
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
