import { describe, expect, it } from "vitest";
import { answerCategory, answerContent, replyChannel } from "#domain/conversation/reply-channel.ts";
import { NOW } from "../../support/customers/events.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";
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

describe("an answer on a channel that takes free words for a day after the customer wrote", () => {
  const FILES = {
    "playbook.yaml": (TEST_FILES["playbook.yaml"] ?? "").replace(
      "  web: {}\n",
      "  web: {}\n  whatsapp: { provider: whatsapp-cloud-api }\n",
    ),
    "actions/late.yaml": `
category: transactional
placements: [trigger.welcome]
treatments:
  - { channel: whatsapp, name: sorry }
  - { channel: whatsapp, name: freely, content: { text: Sorry } }
`,
    "templates/sorry/whatsapp.yaml": "template: { name: sorry }\n",
    "actions/offer.yaml":
      "category: marketing\nplacements: [trigger.welcome]\ntreatments: [{ channel: whatsapp }]\n",
    "templates/offer/whatsapp.yaml": "template: { name: offer }\n",
  };
  const wroteAgo = async (hours: number, treatment?: string) => {
    const bare = customer({ addresses: [{ channel: "whatsapp", value: "12025550100" }] });
    const wroteAt = { whatsapp: new Date(NOW - hours * 3_600_000).toISOString() };
    const record = { ...bare, state: { ...bare.state, wroteAt } };
    const asked = { playbook: await testPlaybook(FILES), record, now: NOW, wanted: "whatsapp", treatment };
    return replyChannel(null, asked);
  };

  it("leaves there in that time", async () => {
    expect(await wroteAgo(23.9)).toEqual({ channel: "whatsapp" });
  });

  it("is refused afterwards, with what was approved and may be sent in its place", async () => {
    const refused = { channel: "whatsapp", reason: "window", treatments: ["sorry"] };
    expect(await wroteAgo(24)).toEqual({
      channel: null,
      closed: [refused, expect.anything(), expect.anything()],
    });
    expect(await wroteAgo(24, "sorry")).toEqual({ channel: "whatsapp" });
    expect(await wroteAgo(24, "freely")).toMatchObject({ channel: null });
  });
});

describe("what an answer is", () => {
  it("is of the category that needs no consent", async () => {
    expect(answerCategory(await testPlaybook())).toMatchObject({ name: "transactional", consent: "none" });
  });

  it("says a person's text and nothing else, with a subject where the channel has one", () => {
    const written = "Use {{ code }} or {% if %}, not { x }";
    expect(answerContent("email", written, { subject: "{{ a }}", mailId: "<1@mua>" }, "Shop")).toEqual({
      text: 'Use {{ "{" }}{ code }} or {{ "{" }}% if %}, not { x }',
      subject: 'Re: {{ "{" }}{ a }}',
      inReplyTo: "<1@mua>",
    });
    expect(answerContent("email", "Hi", { subject: "AW: Cart" }, "Shop").subject).toBe("AW: Cart");
    expect(answerContent("email", "Hi", {}, "Shop").subject).toBe("Shop");
    expect(answerContent("sms", "Hi", {}, "Shop")).toEqual({ text: "Hi" });
  });
});
