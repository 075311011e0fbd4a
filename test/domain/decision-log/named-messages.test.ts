import { describe, expect, it } from "vitest";
import { decideMessage, type MessageOrder } from "#domain/decision/decide-message.ts";
import { type NamedOrder, orderedIn } from "#domain/decision/input/named-order.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import { newTally } from "#domain/simulation/tally.ts";
import {
  action,
  address,
  contactAt,
  customer,
  HOUR,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const shop = (caps: readonly number[] = []) =>
  playbookOf({
    actions: [
      action("news", {
        treatments: [
          { name: "news", channel: "email", template: "long", weight: 2 },
          { name: "news", channel: "email", template: "short", weight: 1 },
          { name: "news", channel: "sms", template: "text", weight: 1 },
        ],
      }),
    ],
    templates: { "code/email": { en: { text: "{{ data.code }}" } } },
    contactPolicy: {
      quietHours: [{ from: "21:00", to: "08:00", channels: [], categories: [] }],
      caps: caps.map((max) => ({
        name: `${max} a day`,
        max,
        windowMs: 24 * HOUR,
        channels: [],
        categories: [],
        actions: [],
      })),
    },
  });
const live = shop();

const logged = (order: NamedOrder, changes: Partial<MessageOrder> = {}): LogRecord => {
  const ordered = orderedIn(order, changes.channel, live);
  if (ordered === null) throw new Error("the playbook of the test knows what is ordered");
  const { decision, basis } = decideMessage({
    ...ordered,
    ...(order.contentOn === undefined ? {} : { content: { subject: "Hi", text: "Your code is 424242" } }),
    playbook: live,
    record: customer({ traits: { age: 36, tier: "gold", timezone: "Europe/London" } }),
    decisionId: "dec_1",
    now: NOON,
    data: { code: "424242" },
    address: { channel: "email", value: "ada@example.com" },
    ...changes,
  });
  const record: LogRecord = JSON.parse(JSON.stringify(toLogRecord(decision, basis)));
  return record;
};

const news: NamedOrder = { category: "marketing", treatment: "news" };
const orders: readonly (readonly [string, NamedOrder, Partial<MessageOrder>])[] = [
  ["a treatment of an action", news, { decisionId: "dec_7" }],
  ["a template", { category: "transactional", treatment: "code" }, {}],
  ["content of the caller's own", { category: "service", contentOn: "email" }, {}],
  ["a message for later, in quiet hours", news, { notBefore: NOON + 12 * HOUR }],
  ["a channel without an address", news, { channel: "sms" }],
  ["somebody who never agreed", news, { record: customer({ consents: [] }) }],
];

const simulated = (records: readonly LogRecord[], tried: CompiledPlaybook, reward?: number) => {
  const tally = newTally();
  for (const record of records) simulateRecord(tally, record, { playbook: tried }, reward);
  return reportOf(tally);
};

describe("the record of a message that an application named", () => {
  it.each(orders)("gives the same bytes when it is replayed: %s", (_, order, changes) => {
    const record = logged(order, changes);
    expect(record.request.order).toEqual(order);
    expect(JSON.stringify(replay(record, live).decision)).toBe(JSON.stringify(record.decision));
  });

  it("gives the same bytes where the playbook learns: the log keeps what predictors came to, and not of what", () => {
    const learning = buildLearning({ predictors: { age: "customer.age" }, outcomes: { clicked: 1 } });
    const playbook = playbookOf({ actions: live.document.actions, learning });
    const record = logged(news, { playbook });
    expect(record.decision.learning?.values).toEqual([36]);
    expect(record.state?.traits).not.toHaveProperty("age");
    expect(JSON.stringify(replay(record, playbook).decision)).toBe(JSON.stringify(record.decision));
  });

  it("holds what contact policy saw, and neither what is said nor to which address", () => {
    const contacts = [contactAt(NOON - HOUR)];
    const record = logged({ category: "service", contentOn: "email" }, { record: customer({ contacts }) });
    const text = JSON.stringify(record);
    for (const secret of ["424242", "ada@example", "Hi"]) expect(text).not.toContain(secret);
    expect(record.state).toMatchObject({
      traits: {},
      computed: {},
      addresses: [{ channel: "email", status: "active" }],
      contact: { entries: contacts },
      consent: [{ channel: "email", status: "granted" }],
    });
    expect(record.request.data).toBeUndefined();
  });

  it("holds no trait but the customer's zone, channel and language: no rule was asked", () => {
    expect(logged(news).state?.traits).toEqual({ timezone: "Europe/London" });
  });
});

describe("simulating messages that applications named", () => {
  const contacts = [contactAt(NOON - HOUR)];
  const records = [
    logged(news, { record: customer({ contacts }) }),
    logged({ category: "transactional", treatment: "code" }, { record: customer({ contacts }) }),
  ];

  it("changes nothing under their own version, whatever came of them", () => {
    expect(simulated(records, live, 1)).toMatchObject({ decisions: 2, changed: 0, skipped: {} });
  });

  it("shows which of them another contact policy would turn down", () => {
    expect(simulated(records, shop([1]))).toMatchObject({
      changed: 1,
      moves: [{ from: "news", to: "nothing", decisions: 1 }],
      policyRejections: [{ stage: "policy", reason: "cap", before: 0, after: 1 }],
    });
  });

  it("takes none of them as evidence for how well a version chooses", () => {
    expect(simulated(records, live, 1).estimate).toBeNull();
  });

  it("counts those that a version would refuse because it lost the treatment or category", () => {
    const none = playbookOf({ contactPolicy: { categories: [] } });
    expect(simulated(records, none)).toMatchObject({ decisions: 0, skipped: { refused: 2 } });
    expect(() => replay(logged(news), none)).toThrow("does not know");
  });

  it("follows a treatment to the channels that another version gives it", () => {
    const reachable = customer({
      addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
    });
    const bySms = playbookOf({
      actions: [
        action("news", { treatments: [{ name: "news", channel: "sms", template: "text", weight: 1 }] }),
      ],
      contactPolicy: { categories: [{ name: "marketing", consent: "none", transactional: false }] },
    });
    const report = simulated([logged(news, { record: reachable })], bySms);
    expect(report.channels).toEqual([
      { channel: "email", before: 1, after: 0 },
      { channel: "sms", before: 0, after: 1 },
    ]);
  });
});
