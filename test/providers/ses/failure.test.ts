import { describe, expect, it } from "vitest";
import { EXAMPLE } from "#channels/email/message.ts";
import { failureOf } from "#providers/ses/failure.ts";

const refusal = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe("an address that SES does not take", () => {
  it("is the recipient's where ours can be none of it", () => {
    const error = refusal("BadRequestException", "Missing final '@domain'");
    for (const from of [EXAMPLE.from, "Fern, Ltd. <hello@fern.example>"]) {
      const result = failureOf(error, { ...EXAMPLE, from });
      expect(result).toMatchObject({ result: "refused", address: "invalid" });
    }
  });

  it.each([
    ["a sender that is no address", { from: "Fern, Ltd. <hello at fern>" }],
    ["two senders", { from: "Fern <hello@fern.example>, Oak <hello@oak.example>" }],
    ["an address to reply to that is none", { replyTo: "help at fern" }],
  ])("is not the recipient's with %s: the message waits for us", (_what, broken) => {
    const error = refusal("BadRequestException", "Missing final '@domain'");
    const result = failureOf(error, { ...EXAMPLE, ...broken });
    expect(result).toMatchObject({ result: "later", reason: "sender address" });
    expect(result).not.toHaveProperty("address");
  });

  it("is not the recipient's where SES names the sender", () => {
    const error = refusal("BadRequestException", "Illegal address in the Source: hello@");
    expect(failureOf(error, EXAMPLE)).toMatchObject({ result: "later", reason: "sender address" });
  });
});
