import { describe, expect, it } from "vitest";
import { EVENT_TYPES, SegmentEvent } from "#functions/collect/http/operations.ts";
import { readOne } from "#functions/collect/http/read-events.ts";
import { busEvents } from "#scripts/catalogue/bus-events.ts";
import { CALLS } from "#scripts/catalogue/meanings.ts";
import { cataloguePage } from "#scripts/catalogue/page.ts";

const arrival = {
  keyHash: "k",
  source: "test",
  receivedAt: 0,
  sourceIp: "",
  imported: false,
  standing: "trusted",
  newId: () => "1",
} as const;
const types = [...EVENT_TYPES];
const members = Object.keys(SegmentEvent.shape);

describe("what the catalogue says that an event must have", () => {
  it.each(types)("is enough for the door, and no less is: %s", (type) => {
    const required = CALLS[type]?.required ?? [];
    const whole = { anonymousId: "a-visitor", ...Object.fromEntries(required.map((name) => [name, "kim"])) };
    expect(readOne(type, whole, 100, arrival).events).toHaveLength(1);
    for (const name of required) {
      const less = { ...whole, [name]: undefined };
      expect(() => readOne(type, less, 100, arrival)).toThrow();
    }
    expect(() =>
      readOne(type, { ...whole, anonymousId: undefined, userId: undefined }, 100, arrival),
    ).toThrow();
  });
});

describe("the catalogue", () => {
  it("is not written while an event or a member of the API has no words", () => {
    expect(() => cataloguePage({ types: [...types, "wave"], members }, [])).toThrow("types: wave");
    expect(() => cataloguePage({ types, members: [...members, "mood"] }, [])).toThrow("members: mood");
  });

  it("shows of each event on the bus its version, what it says, and an example that its own schema takes", async () => {
    const bus = await busEvents();
    expect(bus.map(({ name }) => name)).toContain("message.requested");
    const page = cataloguePage({ types, members }, bus);
    for (const { name, version, about, example } of bus) {
      expect(about).not.toBe("");
      expect(page).toContain(`### ${name}\nVersion ${version}. ${about}`);
      expect(page).toContain(JSON.stringify(example, null, 2));
    }
  });

  it("tells of a member what its file says of it", async () => {
    const requested = (await busEvents()).find(({ name }) => name === "trigger.fired");
    expect(requested?.members).toContainEqual({
      name: "eventAt",
      required: true,
      about: "Time of the triggering event.",
    });
    expect(requested?.members.find(({ name }) => name === "customerId")?.about).toBe("");
    expect(requested?.members.find(({ name }) => name === "timerId")?.required).toBe(false);
  });
});
