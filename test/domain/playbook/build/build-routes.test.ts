import { describe, expect, it } from "vitest";
import { buildRoutes } from "#domain/playbook/build/build-routes.ts";

type Channels = Parameters<typeof buildRoutes>[0];
const by = (provider: string, more: object = {}) => ({ provider, ...more });
const built = (channels: Readonly<Record<string, object>>) => buildRoutes(channels as Channels);

describe("who carries a channel", () => {
  it("is its provider, and nothing more is said where the file says nothing more", () => {
    expect(built({ email: by("ses"), sms: by("twilio"), web: {} })).toEqual({
      channelPreference: ["email", "sms"],
      providers: { email: "ses", sms: "twilio" },
    });
  });

  it.each([
    ["routes without weights, one after the other", [by("a"), by("b")], [["a"], ["b"]]],
    [
      "neighbours with weights, beside one another",
      [by("a", { weight: 3 }), by("b", { weight: 1 })],
      [["a", "b"]],
    ],
    ["one without a weight after one with", [by("a", { weight: 3 }), by("b")], [["a"], ["b"]]],
    ["one with a weight after one without", [by("a"), by("b", { weight: 1 })], [["a"], ["b"]]],
    [
      "weights on both sides of one without",
      [by("a", { weight: 1 }), by("b"), by("c", { weight: 1 }), by("d", { weight: 2 })],
      [["a"], ["b"], ["c", "d"]],
    ],
  ])("is in ranks: %s", (_what, routes, ranks) => {
    const brand = built({ sms: { routes } });
    expect(brand.routes?.sms?.map((rank) => rank.map(({ provider }) => provider))).toEqual(ranks);
    expect(brand).toMatchObject({ channelPreference: ["sms"], providers: { sms: "a" } });
  });

  it("is an account of its name, or the only one", () => {
    const routes = [
      by("a", { account: "second", weight: 2, countries: ["DE"], from: "+49", perSecond: 3, perDay: 9 }),
      by("b"),
    ];
    expect(built({ sms: { routes } }).routes).toEqual({
      sms: [
        [
          {
            provider: "a",
            account: "second",
            weight: 2,
            countries: ["DE"],
            from: "+49",
            perSecond: 3,
            perDay: 9,
          },
        ],
        [{ provider: "b", account: "default" }],
      ],
    });
  });

  it("is nobody where there are no routes", () => {
    expect(built({ sms: { routes: [] } })).toEqual({ channelPreference: [], providers: {} });
  });

  it("says where messages are sent again, and where they fall back to", () => {
    const brand = built({
      email: by("ses", { resend: "uncertain" }),
      sms: by("twilio", { resend: "never", fallBack: { to: "email", after: "PT2H" } }),
    });
    expect(brand.resendUncertain).toEqual(["email"]);
    expect(brand.fallBacks).toEqual({ sms: { to: "email", afterMs: 7_200_000 } });
  });
});
