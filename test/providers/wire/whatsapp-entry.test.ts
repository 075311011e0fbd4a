import { describe, expect, it } from "vitest";
import { Entry, readEntry } from "#providers/wire/whatsapp-entry.ts";

const WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=";
const read = (message: object, contact: object = { profile: { name: "Ada" }, wa_id: "16505551234" }) =>
  readEntry(
    Entry.parse({
      id: "102290129340398",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
            contacts: [contact],
            messages: [{ id: WAMID, timestamp: "1749416383", type: "text", ...message }],
          },
        },
      ],
    }),
  ).messages;

describe("a WhatsApp message", () => {
  it("is of the number that wrote, which is a phone number too", () => {
    expect(read({ from: "16505551234", text: { body: "Does it come in another color?" } })).toEqual([
      {
        channel: "whatsapp",
        providerMessageId: WAMID,
        from: "16505551234",
        identifiers: [{ type: "phone", value: "+16505551234" }],
        to: "15550783881",
        text: "Does it come in another color?",
        at: "2025-06-08T20:59:43.000Z",
      },
    ]);
  });

  it("is of the id that Meta made for us where the number is not shown, and of both where it is", () => {
    const hidden = { from_user_id: "US.13491208655302741918", text: { body: "Hi" } };
    const user = { profile: { name: "Ada" }, user_id: "US.13491208655302741918" };
    expect(read(hidden, user)).toMatchObject([{ from: "US.13491208655302741918" }]);
    expect(read(hidden, user)[0]).not.toHaveProperty("identifiers");
    expect(read({ ...hidden, from: "16505551234" }, { ...user, wa_id: "16505551234" })).toMatchObject([
      {
        from: "US.13491208655302741918",
        identifiers: [
          { type: "whatsapp", value: "16505551234" },
          { type: "phone", value: "+16505551234" },
        ],
      },
    ]);
  });

  it.each([
    [{ type: "button", button: { text: "Yes", payload: "y" } }, { text: "Yes" }],
    [
      { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "1", title: "Monday" } } },
      { text: "Monday" },
    ],
    [
      { type: "image", image: { id: "media-1", mime_type: "image/jpeg", caption: "Look", sha256: "x" } },
      { text: "Look", attachments: [{ id: "media-1", type: "image/jpeg" }] },
    ],
    [
      { type: "reaction", reaction: { message_id: "wamid.2", emoji: "👍" } },
      { text: "👍", kind: "reaction", inReplyTo: "wamid.2" },
    ],
    [
      { type: "text", text: { body: "Yes" }, context: { from: "1", id: "wamid.3" } },
      { text: "Yes", inReplyTo: "wamid.3" },
    ],
    [
      { type: "unsupported", errors: [{ code: 131051 }] },
      { text: "", kind: "unsupported" },
    ],
    [
      { type: "of_next_year", of_next_year: { a: 1 } },
      { text: "", kind: "of_next_year" },
    ],
  ])("of any kind has its words, and what came along: %#", (message, says) => {
    expect(read({ from: "16505551234", ...message })).toMatchObject([says]);
  });

  it("that names nobody is left to people", () => {
    expect(read({ text: { body: "Hi" } }, {})).toEqual([]);
  });

  it("is none in what tells of ours", () => {
    const statuses = [
      { id: WAMID, status: "delivered", timestamp: "1749416383", recipient_id: "16505551234" },
    ];
    const value = { messaging_product: "whatsapp", statuses };
    expect(readEntry(Entry.parse({ id: "1", changes: [{ field: "messages", value }] })).messages).toEqual([]);
  });
});
