import { describe, expect, it } from "vitest";
import { consentKey } from "#domain/contact-policy/consent.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Consent } from "#domain/records/permission.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { DAY_MS } from "#kernel/time.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { customer, iso, NOON } from "../../support/decisions/decision.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "contact-policy.yaml": `
categories:
  marketing: { consent: express, confirm: double, titles: { en: Offers, de: Angebote } }
  partners: { consent: express, confirm: double }
  transactional: { consent: none, transactional: true }
`,
});

type Said = Partial<Consent>;
/** Somebody made up, with an address and a yes by a public key. */
const person = (
  customerId: string,
  {
    consent = [{}],
    addresses = [{ channel: "email", value: "ada@example.com" }],
    traits = {},
  }: {
    consent?: readonly Said[];
    addresses?: readonly { channel: string; value: string }[];
    traits?: Record<string, string>;
  } = {},
): CustomerRecord => {
  const { state, contact } = customer();
  const entries = consent.map(
    (said): Consent => ({
      channel: "email",
      topic: "marketing",
      status: "granted",
      kind: "express",
      source: "form",
      at: iso(NOON - 60_000),
      standing: "public",
      ...said,
    }),
  );
  return {
    contact,
    consent: { entries: Object.fromEntries(entries.map((entry) => [consentKey(entry), entry])) },
    state: {
      ...state,
      customerId,
      identifiers: [],
      traits: Object.fromEntries(
        Object.entries(traits).map(([name, value]) => [name, { value, at: iso(NOON), by: "evt_0" }]),
      ),
      addresses: addresses.map((one) => ({ ...one, status: "active" as const, at: iso(NOON) })),
    },
  };
};
const fired = (customerId: string, eventId: string, channel = "email"): TriggerFired => ({
  ...TriggerFired.example,
  customerId,
  eventId,
  channel,
  trigger: "consent.confirmation",
  placement: "consent.confirmation",
});
const messagesFor = async (record: CustomerRecord, channel?: string) => {
  const world = memoryDeciding(playbook, NOON);
  world.add(record);
  const committed = await decideOnEvent(world.dependencies, fired(record.state.customerId, "evt_1", channel));
  return committed?.messages ?? [];
};

describe("asking to confirm", () => {
  it("makes one transactional message with its decision, to the address and about all that waits there", async () => {
    const world = memoryDeciding(playbook, NOON);
    const record = person("cus_1", { consent: [{}, { topic: "partners" }], traits: { locale: "de-AT" } });
    world.add(record);
    const committed = await decideOnEvent(world.dependencies, fired("cus_1", "evt_1"));
    expect(committed?.decisions).toMatchObject([{ trigger: "consent.confirmation", eventId: "evt_1" }]);
    expect(committed?.messages).toMatchObject([
      {
        lane: "transactional",
        category: "transactional",
        status: "requested",
        to: "ada@example.com",
        confirms: ["marketing", "partners"],
        data: { topics: "Angebote, Partners" },
        content: {
          subject: expect.stringContaining("bestätigen"),
          text: expect.stringContaining("{{ confirm_url }}"),
        },
      },
    ]);
    expect(world.published).toMatchObject([{ name: "message.requested" }]);
    expect(world.logged).toHaveLength(1);
  });

  it("asks an address once a day, however many people are made up for it", async () => {
    const world = memoryDeciding(playbook, NOON);
    const names = Array.from({ length: 50 }, (_, index) => `cus_${index}`);
    for (const name of names) world.add(person(name));
    for (let hour = 0; hour < 72; hour += 1) {
      world.moveTo(NOON + hour * 3_600_000);
      await Promise.all(
        names.map((name) => decideOnEvent(world.dependencies, fired(name, `evt_${name}_${hour}`))),
      );
    }
    expect([...world.messages.values()].map(({ createdAt }) => createdAt)).toEqual([
      iso(NOON),
      iso(NOON + DAY_MS),
      iso(NOON + 2 * DAY_MS),
    ]);
  });

  it("asks a mailbox once a day, however many addresses lead to it", async () => {
    const world = memoryDeciding(playbook, NOON);
    for (const tag of ["", "+1", "+news+more"]) {
      const address = { channel: "email", value: `ada${tag}@example.com` };
      world.add(person(`cus_${tag}`, { addresses: [address] }));
      await decideOnEvent(world.dependencies, fired(`cus_${tag}`, `evt_${tag}`));
    }
    expect(world.messages.size).toBe(1);
  });

  it("goes on after a crash, and makes nothing twice", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(person("cus_1"));
    const broken = {
      ...world.dependencies,
      bus: {
        publish: async () => {
          throw new Error("the bus does not answer");
        },
      },
    };
    await expect(decideOnEvent(broken, fired("cus_1", "evt_1"))).rejects.toThrow();
    world.moveTo(NOON + 60_000);
    await decideOnEvent(world.dependencies, fired("cus_1", "evt_1"));
    expect(world.messages.size).toBe(1);
    expect(world.published).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof person>[1], string | undefined]>([
    ["it was confirmed since", { consent: [{}, { standing: "trusted" }] }, undefined],
    ["it was withdrawn since", { consent: [{}, { status: "withdrawn", at: iso(NOON) }] }, undefined],
    ["there is no address", { addresses: [] }, undefined],
    [
      "the address is on another channel",
      { addresses: [{ channel: "sms", value: "+12025550123" }] },
      undefined,
    ],
    ["nothing waits on the channel", {}, "sms"],
  ])("makes nothing where %s", async (_, options, channel) => {
    expect(await messagesFor(person("cus_1", options), channel)).toEqual([]);
  });

  it("for all channels asks on the first where somebody can be asked", async () => {
    const addresses = [{ channel: "sms", value: "+12025550123" }];
    const anywhere = { consent: [{ channel: "*" }] };
    expect(await messagesFor(person("cus_1", anywhere), "*")).toMatchObject([{ channel: "email" }]);
    expect(await messagesFor(person("cus_1", { ...anywhere, addresses }), "*")).toMatchObject([
      { channel: "sms", content: { text: expect.stringContaining("{{ confirm_url }}") } },
    ]);
  });

  it("says nothing that a public key has said", async () => {
    const [message] = await messagesFor(
      person("cus_1", {
        consent: [{ text: "evil words", source: "evil source" }],
        traits: { firstName: "evil name", locale: "{{ evil }}" },
      }),
    );
    expect(message).toBeDefined();
    expect(JSON.stringify(message)).not.toContain("evil");
  });
});
