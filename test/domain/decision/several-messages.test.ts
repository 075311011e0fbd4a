import { describe, expect, it } from "vitest";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { Action, PlaybookDocument } from "#domain/playbook/model/document.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  HOUR,
  playbookOf,
} from "../../support/decisions/decision.ts";

const by = (name: string, value: number, ...channels: readonly string[]): Action =>
  action(name, {
    value,
    valueToCustomer: value,
    treatments: channels.map((channel) => ({ name, channel, template: name, weight: 1 })),
  });
const oneText = {
  name: "one text",
  max: 1,
  windowMs: 24 * HOUR,
  channels: ["sms"],
  categories: [],
  actions: [],
};
const record = customer({
  addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
  consents: [consent("email"), consent("sms")],
});
/** A text is answered far more often than a mail. */
const propensity: DecideInput["propensity"] = ({ channels }) => (channels[0]?.name === "sms" ? 0.4 : 0.05);

const chosen = (actions: readonly Action[], policy: Partial<PlaybookDocument["contactPolicy"]> = {}) =>
  decideFor(
    playbookOf({
      actions,
      placements: [{ name: "trigger.cart", limit: 2, channels: [] }],
      contactPolicy: { caps: [oneText], ...policy },
    }),
    { record, propensity },
  ).decision;

describe("a second message of one decision", () => {
  const first = by("first", 20, "sms", "email");
  const second = by("second", 19, "sms", "email");

  it("that the first leaves no room on its best channel is weighed by the channel it takes", () => {
    const { actions } = chosen([first, second]);
    expect(actions).toMatchObject([
      { action: "first", channel: "sms", propensity: 0.4, score: 8 },
      { action: "second", channel: "email", propensity: 0.05, score: 0.05 * 19 },
    ]);
  });

  it("gives way to what is worth more than it is by that channel", () => {
    const { actions, rejected } = chosen([first, second, by("third", 30, "email")]);
    expect(actions.map((one) => one.action)).toEqual(["first", "third"]);
    expect(rejected).toMatchObject([
      {
        action: "second",
        reason: "outranked",
        cause: { kind: "action", name: "third" },
        factors: { propensity: 0.05 },
      },
    ]);
  });

  it("stays where it was when its own channel has room", () => {
    const { actions } = chosen([first, second], { caps: [] });
    expect(actions).toMatchObject([{ channel: "sms" }, { channel: "sms", propensity: 0.4 }]);
  });

  it("is refused by the cap where the channel that is left is not worth a message", () => {
    const { actions, rejected } = chosen([first, second], {
      interruptions: [{ minimum: 3, channels: ["email"], categories: [] }],
    });
    expect(actions.map((one) => one.action)).toEqual(["first"]);
    expect(rejected).toMatchObject([
      { action: "second", stage: "policy", reason: "cap", cause: { kind: "cap", name: "one text" } },
    ]);
  });
});
