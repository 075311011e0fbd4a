import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeWrote, noteWrote } from "#domain/profile/wrote.ts";
import { track } from "../../support/customers/events.ts";

const wrote = (channel: string, at: string) => ({
  ...track("message.received", { properties: { channel, text: "Hi" } }),
  at,
});
const [EARLY, LATE] = ["2027-01-01T10:00:00.000Z", "2027-01-01T11:00:00.000Z"];

describe("when a customer wrote last", () => {
  it("is kept on channels that take free words for a while only", () => {
    expect(noteWrote({}, wrote("whatsapp", LATE))).toEqual({ wroteAt: { whatsapp: LATE } });
    expect(noteWrote({}, wrote("sms", LATE))).toEqual({});
    expect(noteWrote({}, { ...wrote("whatsapp", LATE), name: "Order Completed" })).toEqual({});
  });

  it("is never put back by what comes late", () => {
    expect(noteWrote({ wroteAt: { whatsapp: LATE } }, wrote("whatsapp", EARLY))).toEqual({
      wroteAt: { whatsapp: LATE },
    });
  });

  it("is the same of two who are one, whichever comes first", () => {
    const when = fc.constantFrom(EARLY, LATE);
    const state = fc.oneof(
      fc.constant({}),
      fc.dictionary(fc.constantFrom("whatsapp", "other"), when).map((wroteAt) => ({ wroteAt })),
    );
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(mergeWrote(a, b)).toEqual(mergeWrote(b, a));
        expect(mergeWrote(mergeWrote(a, b), c)).toEqual(mergeWrote(a, mergeWrote(b, c)));
      }),
    );
  });
});
