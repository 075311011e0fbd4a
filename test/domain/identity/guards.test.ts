import { describe, expect, it } from "vitest";
import {
  givesFirst,
  guardsOf,
  isHandedOver,
  isOnlyHistory,
  isVouched,
  markOf,
  mayJoin,
  NEVER,
  ownBrowsers,
  partFresh,
  userFirst,
  vouches,
} from "#domain/identity/standing.ts";
import type { LinkedIdentifier } from "#domain/records/identity.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const guard = guardsOf(playbook);
const [EARLY, NOW, LATE] = [
  "2026-01-01T00:00:00.000Z",
  "2026-02-01T00:00:00.000Z",
  "2026-03-01T00:00:00.000Z",
];
const id = (ref: string, more: Partial<LinkedIdentifier> = {}) => {
  const [type = "", value = ""] = ref.split(":");
  return { type, value, ...more } as LinkedIdentifier;
};
/** By `~`: a public key said it; by `~b`: it did in that browser. */
const person = (refs: readonly string[], vouchedAt = NEVER) => ({
  identifiers: refs.map((ref) => {
    const [plain = "", browser] = ref.split("~");
    if (browser === undefined) return id(plain);
    return id(plain, { standing: "public", ...(browser === "" ? {} : { browser }) });
  }),
  vouchedAt,
});
const says = (standing: "public" | "proven" | "trusted", ...refs: string[]) => ({
  standing,
  receivedAt: NOW,
  claims: refs.map((ref) => id(ref)),
});

describe("what identifiers are", () => {
  it("is told by the playbook: logins, devices, and the traits that carry a login", () => {
    expect([...guard.logins].sort()).toEqual(["email", "phone"]);
    expect([...guard.devices]).toEqual(["deviceToken"]);
    expect([...guard.firstOnly].sort()).toEqual(["deviceToken", "email", "phone"]);
    expect([...guard.traits].sort()).toEqual(["email", "phone"]);
    const open = guardsOf({
      ...playbook,
      document: {
        ...playbook.document,
        dataModel: { ...playbook.document.dataModel, publicKeys: { addresses: "any" } },
      },
    } as typeof playbook);
    expect([[...open.logins], [...open.firstOnly], [...open.traits]]).toEqual([[], ["deviceToken"], []]);
  });

  it("counts as the customer's own browser where somebody named it who may", () => {
    expect([...ownBrowsers(person(["anonymousId:a", "anonymousId:b~", "userId:c"]).identifiers)]).toEqual([
      "a",
    ]);
  });
});

describe("whose word an event is", () => {
  it("is somebody's unless a public key or the hub itself tells it", () => {
    const of = (more: object) => vouches({ type: "track", standing: "trusted", ...more } as never);
    expect([of({}), of({ standing: "proven" }), of({ standing: "public" })]).toEqual([true, true, false]);
    expect([of({ customerId: "cus_1" }), of({ type: "outcome" })]).toEqual([false, false]);
  });

  it("was somebody's only if it came before, by our clock", () => {
    expect([EARLY, NOW, LATE].map((at) => isVouched({ vouchedAt: at }, { receivedAt: NOW }))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("makes what only the hub can know mere history", () => {
    const of = (name: string, standing: "public" | "proven" | "trusted") =>
      isOnlyHistory({ name, standing, receivedAt: NOW }, { trustedEvents: new Set(["Refunded"]) } as never);
    for (const name of ["Refunded", "message.sent", "outcome.accepted"]) {
      expect([of(name, "public"), of(name, "proven"), of(name, "trusted")]).toEqual([true, true, false]);
    }
    expect(of("Seen", "public")).toBe(false);
  });

  it("names the account first, unless the company says it", () => {
    const claims = [id("email:a"), id("userId:u"), id("anonymousId:b")];
    expect(userFirst(says("public"), claims).map(({ type }) => type)).toEqual([
      "userId",
      "email",
      "anonymousId",
    ]);
    expect(userFirst(says("trusted"), claims)).toBe(claims);
  });

  it.each([
    [
      "public",
      ["anonymousId:b", "userId:u"],
      [{}, { standing: "public", browser: "b" }, { standing: "public" }],
    ],
    ["public", ["userId:u"], [{}, { standing: "public" }, { standing: "public" }]],
    ["proven", ["anonymousId:b", "userId:u"], [{}, {}, {}]],
    ["trusted", ["anonymousId:b", "email:e"], [{}, {}, {}]],
    ["trusted", ["anonymousId:b"], [{}, {}, { standing: "public" }]],
  ] as const)("marks what a %s key says with %j: account, login, browser", (standing, refs, marks) => {
    expect(["userId", "email", "anonymousId"].map(markOf(guard, says(standing, ...refs)))).toEqual(marks);
  });
});

describe("a first login by a public key", () => {
  it.each([
    ["an account of whom nobody spoke", ["userId:u"], NEVER, ["email:e"], true],
    ["an account that was spoken of", ["userId:u"], EARLY, ["email:e"], false],
    ["whoever the event calls by an account", ["email:x"], NEVER, ["userId:u"], true],
    ["a browser", ["anonymousId:b"], NEVER, ["anonymousId:b"], true],
    ["somebody known by another's address", ["email:x"], NEVER, ["anonymousId:b"], false],
    ["somebody known by the address that this browser gave", ["email:x~b"], NEVER, ["anonymousId:b"], true],
    [
      "somebody known by the address that another browser gave",
      ["email:x~c"],
      NEVER,
      ["anonymousId:b"],
      false,
    ],
    ["somebody known by an address that no browser gave", ["email:x~"], NEVER, [], false],
  ] as const)("may be given to %s: %j, %s, %j", (_who, known, vouchedAt, claims, may) => {
    expect(givesFirst(guard, says("public", ...claims), person(known, vouchedAt))).toBe(may);
  });

  it("is one of each type; what else is said is unproven, and a device or browser is always taken", () => {
    const parted = (
      standing: "public" | "trusted",
      known: readonly string[],
      vouchedAt: string,
      fresh: readonly string[],
    ) => {
      const { taken, unproven } = partFresh(
        guard,
        says(standing, "userId:u"),
        person(known, vouchedAt),
        fresh.map((ref) => id(ref)),
      );
      return [taken.map(({ value }) => value), unproven.map(({ value }) => value)];
    };
    expect(parted("public", ["userId:u"], NEVER, ["email:a", "email:b", "phone:p", "anonymousId:x"])).toEqual(
      [["a", "p", "x"], ["b"]],
    );
    expect(parted("public", ["userId:u", "email:z"], NEVER, ["email:a"])).toEqual([[], ["a"]]);
    expect(parted("public", ["userId:u"], EARLY, ["email:a", "deviceToken:d"])).toEqual([["d"], ["a"]]);
    expect(parted("trusted", ["userId:u", "email:z"], EARLY, ["email:a"])).toEqual([["a"], []]);
  });
});

describe("what leads to somebody else", () => {
  it("is handed over: a device to who uses it later, a login that only a public key gave to whom the company names", () => {
    const goes = (standing: "public" | "trusted", ref: string, owned: LinkedIdentifier, at = NOW) =>
      isHandedOver(guard, { ...says(standing), at }, id(ref), {
        identifiers: [id("userId:u"), owned],
        vouchedAt: NEVER,
      });
    const device = id("deviceToken:d", { at: NOW });
    expect([EARLY, NOW, LATE].map((at) => goes("public", "deviceToken:d", device, at))).toEqual([
      false,
      true,
      true,
    ]);
    expect(goes("trusted", "email:e", id("email:e", { standing: "public" }))).toBe(true);
    expect(goes("trusted", "email:e", id("email:e"))).toBe(false);
    expect(goes("public", "email:e", id("email:e", { standing: "public" }))).toBe(false);
    expect(goes("trusted", "anonymousId:b", id("anonymousId:b", { standing: "public" }))).toBe(false);
  });

  it.each([
    [
      "the company, of an account and the address that it has",
      "trusted",
      ["userId:u"],
      "email:e",
      ["email:e~"],
      true,
    ],
    [
      "the company, of an account and a browser that anybody named",
      "trusted",
      ["userId:u"],
      "anonymousId:b",
      ["anonymousId:b~", "userId:w"],
      false,
    ],
    [
      "the company, of an account and a mere browser",
      "trusted",
      ["userId:u"],
      "anonymousId:b",
      ["anonymousId:b~"],
      true,
    ],
    [
      "the company, of an account and a browser that it named before",
      "trusted",
      ["userId:u"],
      "anonymousId:b",
      ["anonymousId:b", "userId:w"],
      true,
    ],
    [
      "the company, of nobody in particular",
      "trusted",
      ["anonymousId:a"],
      "anonymousId:b",
      ["anonymousId:b~", "userId:w"],
      true,
    ],
    ["a page, of a mere browser", "public", ["userId:u"], "anonymousId:b", ["anonymousId:b"], true],
    ["a page, of two accounts", "public", ["userId:u"], "anonymousId:b", ["anonymousId:b", "userId:w"], true],
    [
      "a page, of an account and a guest with an address",
      "public",
      ["userId:u"],
      "anonymousId:b",
      ["anonymousId:b", "email:e"],
      false,
    ],
    [
      "a page, of an account and a guest whose address its browser gave",
      "public",
      ["userId:u"],
      "anonymousId:b",
      ["anonymousId:b", "email:e~b"],
      true,
    ],
    [
      "a page, of two with different addresses",
      "public",
      ["userId:u", "email:x"],
      "anonymousId:b",
      ["anonymousId:b", "userId:w", "email:e"],
      false,
    ],
    [
      "a page, of two with the same address",
      "public",
      ["userId:u", "email:e"],
      "anonymousId:b",
      ["anonymousId:b", "userId:w", "email:e"],
      true,
    ],
    [
      "a page, of two with a phone and an address",
      "public",
      ["userId:u", "phone:e"],
      "anonymousId:b",
      ["anonymousId:b", "userId:w", "email:x"],
      true,
    ],
  ] as const)("may be theirs as well by the word of %s", (_who, standing, known, ref, owner, may) => {
    const event = says(standing, "anonymousId:b");
    const found = { person: person(known), fresh: [] };
    expect(mayJoin(guard, event, found, { identifier: id(ref), owner: person(owner) })).toBe(may);
  });

  it("stays apart where it was vouched for, and by a login alone", () => {
    const join = (known: ReturnType<typeof person>, ref: string, owner: ReturnType<typeof person>) =>
      mayJoin(
        guard,
        says("public", "anonymousId:b"),
        { person: known, fresh: [] },
        { identifier: id(ref), owner },
      );
    const account = person(["userId:u"]);
    expect(join(account, "phone:p", person(["userId:w", "phone:p"], EARLY))).toBe(false);
    expect(join(account, "phone:p", person(["userId:w", "phone:p"], LATE))).toBe(true);
    expect(join(account, "anonymousId:b", person(["anonymousId:b", "userId:w"], EARLY))).toBe(true);
    expect(join(person(["userId:u"], EARLY), "anonymousId:b", person(["anonymousId:b", "email:e~b"]))).toBe(
      false,
    );
    expect(join(person(["userId:u"], EARLY), "anonymousId:b", person(["anonymousId:b"]))).toBe(true);
  });

  it("leads to its owner where the event names nobody else", () => {
    const owner = person(["email:e"], EARLY);
    const by = (fresh: readonly string[]) =>
      mayJoin(
        guard,
        says("public"),
        { person: undefined, fresh: fresh.map((ref) => id(ref)) },
        { identifier: id("email:e"), owner },
      );
    expect([by([]), by(["anonymousId:x"]), by(["userId:x"])]).toEqual([true, true, false]);
  });
});
