import { describe, expect, it } from "vitest";
import type { CollectedEvent } from "#domain/records/event.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "contact-policy.yaml": `
categories:
  marketing: { consent: express, confirm: double }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
`,
});

/** The channels for which each of the events asks that its consent be confirmed, one event after the other. */
const askedBy = async (...events: readonly CollectedEvent[]): Promise<readonly (readonly string[])[]> => {
  const { dependencies, published } = memoryProfiles(playbook);
  const asked: string[][] = [];
  for (const event of events) {
    await applyGroup(dependencies, { v: 1, group: "u1", events: [event] });
    asked.push(
      published.splice(0).flatMap(({ detail }) => {
        const { channel, trigger } = TriggerFired.schema.parse(detail);
        return trigger === "consent.confirmation" ? [channel ?? "none"] : [];
      }),
    );
  }
  return asked;
};

const userId = "u1";
const by = { userId, standing: "public" } as const;
const says = (properties: Record<string, string> = {}, members: Partial<CollectedEvent> = {}) =>
  track("Consent Changed", {
    ...by,
    properties: { channel: "email", topic: "marketing", status: "granted", kind: "express", ...properties },
    ...members,
  });
const { standing: _, ...queuedByRelease01 } = says();
const named = (traits: Record<string, string>) => identify(traits, by);
const banner = { consent: { categoryPreferences: { marketing: true } } };

describe("consent that a public key gives to what is confirmed", () => {
  it("asks to be confirmed on its channel, each time that it is given", async () => {
    const again = says({}, { at: minutesAgo(0) });
    expect(await askedBy(named({ email: "ada@example.com" }), says(), again)).toEqual([
      [],
      ["email"],
      ["email"],
    ]);
  });

  it.each([
    ["is given for all topics", says({ topic: "*" }), ["email"]],
    ["is given for all channels", says({ channel: "*" }), ["*"]],
    ["is given by text message", says({ channel: "sms" }), ["sms"]],
    ["is given where no link can be followed", says({ channel: "push" }), []],
    ["is about what nobody confirms", says({ topic: "service" }), []],
    ["is proven", says({}, { standing: "proven" }), []],
    ["is trusted", says({}, { standing: "trusted" }), []],
    ["was queued by release 0.1", queuedByRelease01, []],
    ["is a no", says({ status: "withdrawn" }), []],
    ["came by import", says({}, { imported: true }), []],
    ["is old news", says({}, { at: minutesAgo(61) }), []],
    ["was caused by the hub over and over", says({}, { depth: 6 }), []],
  ])("asks as it should where it %s", async (_, event, channels) => {
    expect(await askedBy(event)).toEqual([channels]);
  });

  it("asks nothing once somebody trusted has said the same, or anybody has said no since", async () => {
    const trusted = says({}, { standing: "trusted", at: minutesAgo(3) });
    expect(await askedBy(trusted, says({}, { at: minutesAgo(2) }))).toEqual([[], []]);
    expect(
      await askedBy(says({ status: "withdrawn" }, { at: minutesAgo(1) }), says({}, { at: minutesAgo(2) })),
    ).toEqual([[], []]);
  });

  it("asks, given in a banner, when it is first said and not with every page", async () => {
    const page = (minutes: number) => track("Viewed", { ...by, at: minutesAgo(minutes), context: banner });
    expect(await askedBy(page(3), page(2), page(1))).toEqual([["*"], [], []]);
  });

  it("asks once more when an address comes to be known, and then no more", async () => {
    const { email, phone } = { email: "ada@example.com", phone: "+12025550123" };
    expect(await askedBy(says(), named({ email }), named({ firstName: "Ada" }), named({ phone }))).toEqual([
      ["email"],
      ["email"],
      [],
      [],
    ]);
  });
});
