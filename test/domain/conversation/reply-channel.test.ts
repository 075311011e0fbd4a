import { describe, expect, it } from "vitest";
import { answerCategory, answerContent, replyChannel } from "#domain/conversation/reply-channel.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { customer } from "../../support/sending/world.ts";
import { at, received, threadAfter, written } from "./people.ts";

describe("by which channel an answer leaves", () => {
  const phone = { channel: "sms", value: "+15550101" };
  const head = (channel: string) => threadAfter(null, received(written("x", 0, { channel })), at(0)).head;

  it.each<
    readonly [
      what: string,
      heard: string | null,
      addresses: readonly object[],
      wanted: string | undefined,
      by: object,
    ]
  >([
    ["that on which the customer wrote", "sms", [{}, phone], undefined, { channel: "sms" }],
    ["another by which they can be reached", "sms", [{}], undefined, { channel: "email" }],
    ["any, where they never wrote", null, [phone], undefined, { channel: "sms" }],
    ["the wanted one", "email", [{}, phone], "sms", { channel: "sms" }],
    [
      "none, where nothing reaches them",
      "sms",
      [],
      undefined,
      {
        channel: null,
        closed: [
          { channel: "sms", reason: "no-address" },
          { channel: "email", reason: "no-address" },
        ],
      },
    ],
    [
      "no other than the wanted one",
      "email",
      [{}],
      "sms",
      { channel: null, closed: [{ channel: "sms", reason: "no-address" }] },
    ],
    [
      "none that nobody carries",
      "sms",
      [{}, phone],
      "whatsapp",
      { channel: null, closed: [{ channel: "whatsapp", reason: "no-provider" }] },
    ],
  ])("%s", async (_what, heard, addresses, wanted, by) => {
    const playbook = await testPlaybook();
    const record = customer({ addresses });
    expect(replyChannel(heard === null ? null : head(heard), { playbook, record, now: NOW, wanted })).toEqual(
      by,
    );
  });
});

describe("what an answer is", () => {
  it("is of the category that needs no consent", async () => {
    expect(answerCategory(await testPlaybook())).toMatchObject({ name: "transactional", consent: "none" });
  });

  it("says a person's text and nothing else, with a subject where the channel has one", () => {
    expect(answerContent("email", "Use {{ code }} or {% if %}, not { x }", "Re: {{ a }}")).toEqual({
      text: 'Use {{ "{" }}{ code }} or {{ "{" }}% if %}, not { x }',
      subject: 'Re: {{ "{" }}{ a }}',
    });
    expect(answerContent("sms", "Hi", "Re")).toEqual({ text: "Hi" });
  });
});
