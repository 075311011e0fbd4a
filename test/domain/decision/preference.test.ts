import { describe, expect, it } from "vitest";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import type { TraitDeclaration } from "#domain/playbook/model/data-model.ts";
import type { PreferredChannel } from "#domain/playbook/model/document.ts";
import type { Json } from "#kernel/json.ts";
import {
  action,
  address,
  consent,
  contactAt,
  customer,
  decideFor,
  HOUR,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const both = [
  { name: "mail", channel: "email", weight: 1 },
  { name: "text", channel: "sms", weight: 1 },
];
const shop = (preferredChannel?: PreferredChannel, trait: Partial<TraitDeclaration> = {}) => {
  const { document } = playbookOf({ actions: [action("cart", { treatments: both })] });
  const likes = { name: "likes", type: "string", ...trait } as const;
  return playbookOf({
    actions: document.actions,
    dataModel: { ...document.dataModel, traits: [...document.dataModel.traits, likes] },
    contactPolicy: {
      caps: [
        { name: "a text a day", max: 1, windowMs: 24 * HOUR, channels: ["sms"], categories: [], actions: [] },
      ],
    },
    ...(preferredChannel === undefined ? {} : { preferredChannel }),
  });
};
const reachable = (traits: Readonly<Record<string, Json>> = {}, contacts = [contactAt(NOON - HOUR)]) =>
  customer({
    traits,
    contacts,
    addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
    consents: [consent("*")],
  });
/** What a message by text is worth beside one by mail, which is worth 4. */
const worthBySms = (share: number): Pick<DecideInput, "propensity"> => ({
  propensity: ({ channels }) => (channels[0]?.name === "sms" ? 0.4 * share : 0.4),
});
const chosen = (playbook = shop(), input: Partial<DecideInput> = {}) =>
  decideFor(playbook, { record: reachable({ likes: "sms" }), ...input }).decision.actions[0];

describe("the channel that a customer prefers", () => {
  it("is named by the trait that the playbook says", () => {
    expect(chosen()?.channel).toBe("email");
    expect(chosen(shop({ trait: "likes", weight: 2 }))?.channel).toBe("sms");
  });

  it("is the trait's default where the customer said nothing", () => {
    const playbook = shop({ trait: "likes", weight: 2 }, { default: "sms" });
    expect(chosen(playbook, { record: reachable() })?.channel).toBe("sms");
    expect(chosen(playbook, { record: reachable({ likes: "email" }) })?.channel).toBe("email");
  });

  it.each([["fax"], [7], [null], [["sms"]]])("is none where the trait says %j", (likes) => {
    const one = chosen(shop({ trait: "likes", weight: 9 }), { record: reachable({ likes }) });
    expect(one?.channel).toBe("email");
    expect(one?.reasons).toContain("email is the best channel allowed");
  });

  it("counts so many times as much as the others when they are compared, and nowhere else", () => {
    const playbook = shop({ trait: "likes", weight: 3 });
    expect(chosen(playbook, worthBySms(0.34))).toMatchObject({ channel: "sms", propensity: 0.4 * 0.34 });
    expect(chosen(playbook, worthBySms(0.33))).toMatchObject({ channel: "email", propensity: 0.4 });
  });

  it("with the weight 1 settles only what is worth the same", () => {
    const playbook = shop({ trait: "likes", weight: 1 });
    expect(chosen(playbook, worthBySms(1))?.channel).toBe("sms");
    expect(chosen(playbook, worthBySms(0.99))?.channel).toBe("email");
  });

  it.each([
    ["no address", { addresses: [address("email", "ada@example.com")] }],
    ["a bounced one", { addresses: [address("email", "a@example.com"), address("sms", "+491", "bounced")] }],
    ["no consent", { consents: [consent("email")] }],
    ["a full cap", { contacts: [contactAt(NOON - HOUR, { channel: "sms" })] }],
  ])("is passed over where there is %s", (_, changes) => {
    const record = customer({
      traits: { likes: "sms" },
      addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
      consents: [consent("*")],
      ...changes,
    });
    expect(chosen(shop({ trait: "likes", weight: 2 }), { record })?.channel).toBe("email");
  });

  it("is told in the reasons, as is why another was taken", () => {
    const playbook = shop({ trait: "likes", weight: 2 });
    expect(chosen(playbook)?.reasons).toContain("sms is the channel that the customer prefers");
    expect(chosen(playbook, worthBySms(0.1))?.reasons).toContain(
      "email is worth too much more than sms, which the customer prefers",
    );
  });

  it("does not hide behind what is owed: a transactional message without any score goes there, too", () => {
    const receipt = action("cart", {
      category: "transactional",
      treatments: both,
      value: 0,
      valueToCustomer: 0,
    });
    const playbook = playbookOf({ actions: [receipt] });
    expect(chosen(playbook, { record: reachable({ preferredChannel: "sms" }) })?.channel).toBe("sms");
  });

  it("is in the decision log, so that a replay goes the same way", () => {
    const playbook = shop({ trait: "likes", weight: 2 });
    const { decision, basis } = decideFor(playbook, { record: reachable({ likes: "sms" }) });
    const record = toLogRecord(decision, basis);
    expect(record.state?.traits.likes).toBe("sms");
    expect(JSON.stringify(replay(record, playbook).decision)).toBe(JSON.stringify(decision));
  });
});
