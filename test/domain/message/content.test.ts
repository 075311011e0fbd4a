import { describe, expect, it } from "vitest";
import { contentOf, findContent, localeOf } from "#domain/message/content.ts";
import { messageLinks } from "#domain/message/links.ts";
import { faster, startPace, take } from "#domain/message/pace.ts";
import { keywordOf, writtenAt } from "#domain/message/received.ts";
import { readToken } from "#domain/message/token.ts";
import { action, customer, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { message } from "../../support/sending/message.ts";

const mail = (content?: object) =>
  [{ name: "hello", channel: "email", weight: 1, ...(content && { content }) }] as never;
const { document } = playbookOf({
  actions: [
    action("one", { treatments: mail({ text: "of one" }) }),
    action("two", { treatments: mail({ text: "of two" }) }),
    action("three", { treatments: [{ name: "hello", channel: "sms", weight: 1, template: "other" }] }),
  ],
  templates: { "other/sms": { en: { text: "of other" } }, "bare/email": { en: { text: "of bare" } } },
});
const found = (wanted: object, locale?: string) =>
  findContent(document, { channel: "email", ...wanted }, locale);

describe("the content of a message", () => {
  it("is the caller's own, that of its action's treatment, or its template's", () => {
    expect(found({ treatment: "hello", content: { text: "own" } }, "de")).toEqual({
      content: { text: "own" },
      locale: "de",
    });
    expect(found({ treatment: "hello", action: "two" })).toEqual({
      content: { text: "of two" },
      locale: "en",
    });
    expect(found({ treatment: "hello" })?.content).toEqual({ text: "of one" });
    expect(found({ treatment: "hello", action: "gone" })?.content).toEqual({ text: "of one" });
    expect(found({ treatment: "hello", channel: "sms" })?.content).toMatchObject({ text: "of other" });
    expect(found({ treatment: "bare" })?.content).toMatchObject({ text: "of bare" });
    expect([found({}), found({ treatment: "bare", channel: "push" })]).toEqual([null, null]);
  });

  it("must be there when it is to be sent", () => {
    expect(contentOf(document, message({ treatment: "bare" }), undefined).content).toMatchObject({
      text: "of bare",
    });
    expect(() => contentOf(document, message({ treatment: "gone" }), undefined)).toThrow("gone");
  });

  it("is in the language that the customer's traits say, the locale's first", () => {
    const of = (traits: object) => localeOf(customer({ traits: traits as never }).state);
    expect([
      of({ locale: "de", language: "fr" }),
      of({ language: "fr" }),
      of({ locale: "", language: "fr" }),
    ]).toEqual([...["de", "fr", "fr"]]);
    expect([of({ locale: 7 }), of({})]).toEqual([undefined, undefined]);
  });
});

describe("the links of a message", () => {
  const KEYS = ["a secret of the shop"];
  const DAY = 86_400_000;
  const links = (more: object, address?: string) =>
    messageLinks({
      publicUrl: "https://x.example",
      keys: KEYS,
      message: { ...message(), ...more },
      sentAtMs: NOON,
      ...(address === undefined ? {} : { address }),
    });
  const read = (url: string, later: number) =>
    readToken(KEYS, url.slice(url.lastIndexOf("/") + 1), NOON + later);

  it("ask to confirm only where there is something to confirm, at an address", () => {
    const asks = (more: object, address?: string) => "confirm" in links(more, address);
    const confirms = ["news"];
    expect([
      asks({ confirms }, "a@x.example"),
      asks({ confirms }),
      asks({}, "a@x.example"),
      asks({}),
    ]).toEqual([...[true, false, false, false]]);
  });

  it("live for two years, those that confirm for a month, and hold at the address where it is known", () => {
    const { open, unsubscribe, confirm = "" } = links({ confirms: ["news"] }, "a@x.example");
    const isRead = (url: string, later: number) => JSON.stringify(read(url, later)).includes("msg_");
    expect([isRead(open, 730 * DAY - 1_000), isRead(open, 730 * DAY + 1_000)]).toEqual([true, false]);
    expect([isRead(confirm, 30 * DAY - 1_000), isRead(confirm, 30 * DAY + 1_000)]).toEqual([true, false]);
    expect(JSON.stringify(read(unsubscribe, 0))).toContain("a@x.example");
    expect(JSON.stringify(read(links({}).unsubscribe, 0))).not.toContain("address");
  });
});

describe("pace, words and clocks", () => {
  it("grows by a hundredth of the limit, and frees units as its rate says", () => {
    const pace = startPace(100, 10);
    expect(faster(pace).rate).toBe(11);
    expect(pace.freeAt).toBe(0);
    const { pace: next, waitMs } = take({ ...pace, freeAt: 5_000 }, 3, 4_000);
    expect([next.freeAt, waitMs]).toEqual([5_300, 1_000]);
  });

  it("knows words of law where such words mean that", () => {
    expect(keywordOf({ channel: "sms", text: "STOP" })).toBe("stop");
    expect(keywordOf({ channel: "nowhere", text: "STOP" })).toBeNull();
    expect([
      writtenAt(iso(NOON - 1), iso(NOON)),
      writtenAt(iso(NOON + 1), iso(NOON)),
      writtenAt("x", iso(NOON)),
    ]).toEqual([...[iso(NOON - 1), iso(NOON), iso(NOON)]]);
  });
});
