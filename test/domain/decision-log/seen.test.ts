import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASKED } from "#domain/customer/personal-text.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import { action, address, customer, decideFor, playbookOf } from "../../support/decisions/decision.ts";

const AT = "2026-03-11T10:00:00.000Z";
const shop = (eligible: readonly string[], more: Partial<Parameters<typeof playbookOf>[0]> = {}) =>
  playbookOf({
    actions: [action("cart", { eligible, value: "if event.total = null then 1 else event.total" })],
    ...more,
  });
const logged = (playbook: ReturnType<typeof playbookOf>, input: Partial<DecideInput>): LogRecord => {
  const record = customer({ addresses: [address("email", "jane@example.com")] });
  const { decision, basis } = decideFor(playbook, { record, ...input });
  const kept: LogRecord = JSON.parse(JSON.stringify(toLogRecord(decision, basis)));
  return kept;
};
const event = (properties: NonNullable<DecideInput["event"]>["properties"]) => ({
  event: { name: "Cart Updated", at: AT, properties },
});
const exact = (record: LogRecord, playbook: ReturnType<typeof playbookOf>) =>
  expect(JSON.stringify(replay(record, playbook).decision)).toBe(JSON.stringify(record.decision));

describe("what the log keeps of event, data and context", () => {
  it("is what rules can have read: declared properties, and paths that a rule names", () => {
    const playbook = shop([
      "event.coupon != 7",
      "event.properties.gift.card = null",
      "context.device.kind != 7",
      "every item in context.items.price satisfies item > 0",
      "data.open hours != 7",
    ]);
    const record = logged(playbook, {
      context: {
        device: { kind: "phone", name: "the phone of K. Doe" },
        items: [{ price: 3, note: "for my knee" }],
        caller: "K. Doe",
      },
      data: { "open  hours": 8, code: "424242" },
      ...event({ total: 30, coupon: "x", gift: { card: null, to: "K. Doe" }, affiliation: "K. Doe" }),
    });
    expect(record.request.context).toEqual({ device: { kind: "phone" }, items: [{ price: 3 }] });
    expect(record.request.data).toEqual({ "open  hours": 8 });
    expect(record.request.event?.properties).toEqual({ total: 30, coupon: "x", gift: { card: null } });
    expect(record).not.toHaveProperty("masked");
    exact(record, playbook);
  });

  it("is all of what a rule reads whole", () => {
    const playbook = shop(['get value(context, "a") != 7', "event.properties != null"]);
    const record = logged(playbook, { context: { a: 1, b: 2 }, ...event({ total: 1, x: "y" }) });
    expect(record.request.context).toEqual({ a: 1, b: 2 });
    expect(record.request.event?.properties).toEqual({ total: 1, x: "y" });
    exact(record, playbook);
  });

  it("has addresses, numbers and what is known of the person replaced, names of members included, and says where", () => {
    const playbook = shop(["context != null", "event.properties != null", "data != null"]);
    const record = logged(playbook, {
      context: {
        page: "https://x/?email=jane@example.com",
        caller: "Jane, +1 202 555 0187",
        "kim@example.com": 1,
      },
      data: { list: [{ to: "JANE%40EXAMPLE.COM" }], E_Mail: "somewhere" },
      ...event({ total: 30, affiliation: "for kim@example.com" }),
    });
    expect(record.request).toMatchObject({
      context: { page: `https://x/?email=${MASKED}`, caller: `Jane, ${MASKED}`, [MASKED]: 1 },
      data: { list: [{ to: MASKED }], E_Mail: MASKED },
      event: { properties: { total: 30, affiliation: `for ${MASKED}` } },
    });
    expect(record.masked).toEqual([
      `context.${MASKED}`,
      "context.caller",
      "context.page",
      "data.E_Mail",
      "data.list.to",
      "event.affiliation",
    ]);
    exact(record, playbook);
  });

  it("holds nothing of the reference that led to nobody", () => {
    const playbook = shop(["context.login != 7"]);
    const record = logged(playbook, {
      record: null,
      ref: "userId:member-4711",
      context: { login: "is Member-4711" },
    });
    expect(record.request.context).toEqual({ login: `is ${MASKED}` });
    exact(record, playbook);
  });
});

describe("what the log keeps of computed traits", () => {
  const dataModel = {
    ...playbookOf().document.dataModel,
    computed: [
      { name: "lastMail", kind: "last", event: "Asked", property: "email", type: "string" },
      { name: "mails", kind: "distinct", event: "Asked", property: "email", type: "number" },
      { name: "lastPage", kind: "last", event: "Asked", property: "page", type: "string" },
      { name: "asked", kind: "count", event: "Asked", type: "number" },
    ],
  } as const;
  const person = customer({ addresses: [address("email", "jane@example.com")] });
  const counted = (page: string) => ({
    ...person,
    state: {
      ...person.state,
      computed: {
        lastMail: { of: "1", all: { value: "kim@example.com", at: AT, by: "evt_1" } },
        mails: { of: "2", all: { values: ["h1", "h2"] } },
        lastPage: { of: "3", all: { value: page, at: AT, by: "evt_1" } },
        asked: { of: "4", all: { n: 3 } },
      },
    },
  });

  it("is counts, and values without what is personal: whether there is one can still be asked", () => {
    const playbook = shop(["customer.lastMail != null", "customer.asked = 3"], { dataModel });
    const record = logged(playbook, { record: counted("/?m=jane@example.com") });
    expect(record.state?.computed).toMatchObject({
      lastMail: { all: { value: MASKED } },
      lastPage: { all: { value: `/?m=${MASKED}` } },
      asked: { all: { n: 3 } },
    });
    expect(record.state?.computed).not.toHaveProperty("mails");
    expect(record.masked).toEqual(["customer.lastMail", "customer.lastPage", "customer.mails"]);
    exact(record, playbook);
  });
});

describe("a masked record", () => {
  it("gives the same bytes where no rule read what is masked, whatever callers say", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("jane@example.com", "for kim@example.com", "+49 170 1234567", "Jane", "2026-03-11"),
    );
    const said = fc.dictionary(
      fc.oneof(text, fc.constantFrom("page", "email", "kind")),
      fc.oneof(text, fc.integer()),
      {
        maxKeys: 5,
      },
    );
    const playbook = shop([
      "event.total > 10",
      "context.score = null or context.score > 2",
      "event.name != null",
    ]);
    fc.assert(
      fc.property(said, said, said, fc.nat(50), fc.nat(5), (context, data, properties, total, score) => {
        const record = logged(playbook, {
          context: { ...context, score },
          data,
          ...event({ ...properties, total }),
        });
        expect(JSON.stringify(record)).not.toContain("example.com");
        exact(record, playbook);
      }),
    );
  });
});
