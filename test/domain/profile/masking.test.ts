import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASKED } from "#domain/customer/personal-text.ts";
import { maskAddresses } from "#domain/profile/masking.ts";

describe("an answer for somebody who does not see addresses", () => {
  it("has none, wherever it stood: in lists, in names of members, in texts, in links", () => {
    const token = "fcm:APA91bHun4MxP5egoKMwt2KZFBaFUH";
    const answer = {
      identifiers: [{ type: "deviceToken", value: token }],
      traits: { "kim@example.com": true, note: "call +49 170 1234567", city: "Kiel", age: 31 },
      link: "https://x.example/?m=kim%40example.com",
      token: null,
    };
    expect(maskAddresses(answer, [token])).toEqual({
      identifiers: [{ type: "deviceToken", value: MASKED }],
      traits: { [MASKED]: true, note: `call ${MASKED}`, city: "Kiel", age: 31 },
      link: `https://x.example/?m=${MASKED}`,
      token: null,
    });
  });

  it("is otherwise the same: ids, times, figures and the shape of it", () => {
    const value = {
      id: "msg_5f76ca958a41c392ecc39cbc27",
      at: "2026-11-30T09:31:00.000Z",
      list: [1, null, [true]],
    };
    expect(maskAddresses(value)).toEqual(value);
  });

  it("keeps no address of whatever JSON somebody sent", () => {
    const address = fc
      .tuple(fc.stringMatching(/^[a-z][a-z0-9._+-]{0,20}$/), fc.stringMatching(/^[a-z]{2,10}$/))
      .map(([name, host]) => `${name}@${host}.example`);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), address, (around, mail) => {
        const said = JSON.stringify(maskAddresses({ around, deep: [[{ mail: `to ${mail} now` }]] }));
        expect(said.toLowerCase()).not.toContain(mail.toLowerCase());
      }),
      { numRuns: 200 },
    );
  });
});
