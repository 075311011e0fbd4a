import { beforeAll, describe, expect, it } from "vitest";
import type { HourLine } from "#domain/report/table.ts";
import { Report } from "#functions/measure/models-api/operations.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newCustomer, newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";
import { recount, reported } from "../support/reports/recount.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "playbook.yaml": (testFiles()["playbook.yaml"] ?? "").replace("timeZone: UTC", "timeZone: Asia/Tokyo"),
      "segments.yaml": `
vip: customer.orders >= 3
buyers: { condition: customer.orders >= 1, report: true }
returning: { condition: customer.orders >= 2, report: true }
`,
      "learning.yaml": "outcomes: { clicked: 0.5 }\nconversions: { Order Completed: 1 }\n",
      "experiments.yaml": `
silence:
  variants: { as ever: {}, quiet: { holdout: true } }
  goals: { Order Completed: 1 }
`,
    }),
  });
  hub = hubAt(cloud.url);
});

const report = async (query = ""): Promise<Report> => {
  const { status, body } = await hub.call("GET", `/v1/reports${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return Report.parse(body);
};
const sumOf = ({ items }: Report, key: string) => items.filter((item) => item.key === key);

/** One of everything that is decided. */
const live = async (name: string): Promise<void> => {
  const [reader, stranger] = [await newReader(hub, name), await newCustomer(hub, name)];
  for (const { userId } of [reader, stranger]) {
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.tell("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: name, total: 5, revenue: 4.5 },
    });
    await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
    await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero", dryRun: true });
    await hub.call("POST", "/v1/messages", {
      to: `userId:${userId}`,
      category: "marketing",
      content: { subject: "Hello", text: "Hello" },
      channel: "email",
    });
  }
  await hub.call("POST", "/v1/slots", { anonymousId: name, placements: ["web.home.hero"] });
};

describe("reports", () => {
  it("say what a recount of all records says, whatever comes twice or dies on its way", async () => {
    for (const fault of [
      { target: "measure/learn", kind: "duplicate", times: 6 },
      { target: "measure/learn", kind: "crash", at: "after", times: 2 },
      { target: "measure/learn", kind: "crash", at: "before", times: 1 },
      { target: "decide/on-event", kind: "crash", at: "after", times: 1 },
      { target: "send/email", kind: "duplicate", times: 2 },
    ])
      await hub.fault(fault);
    for (const name of ["ada", "grace", "edsger"]) await live(name);
    await hub.settle();
    await hub.clearFaults();
    await hub.advance("PT15M");
    const right = await recount(cloud.awsUrl);
    const counted = Object.keys(right).join();
    for (const what of ["decided", "refused consent", "sent"]) expect(counted).toContain(what);
    expect(await reported(hub)).toEqual(right);
    // All of it happened within this hour: what is told of the hour is what is told of the day.
    const { items, refused, lastHour } = await report("?by=placement,action&limit=100");
    const counts = ({ key, decided, sent, delivered, clicked }: HourLine) => ({
      key,
      decided,
      sent,
      delivered,
      clicked,
    });
    expect(lastHour?.items.map(counts)).toEqual(items.map(counts));
    expect(lastHour?.refused).toEqual(refused.map(({ day: _, ...refusal }) => refusal));
    await hub.advance("PT1H20M");
    expect((await report("?by=placement,action")).lastHour).toMatchObject({ items: [], refused: [] });
  });

  it("count what came of a message once, with its value, on the day of the brand's calendar", async () => {
    const { userId, email } = await newReader(hub, "kim");
    await hub.tell("track", { userId, event: "Order Completed", properties: { order_id: "R-1", total: 5 } });
    await hub.settle();
    const before = sumOf(await report("?by=action,channel"), "order-confirmation,email");
    const [mail] = await hub.outbox({ to: email });
    for (const type of ["delivered", "delivered", "opened"]) await hub.feedback(mail?.messageId ?? "", type);
    await hub.settle();
    const after = await report("?by=action,channel");
    const [was] = before;
    const [line] = sumOf(after, "order-confirmation,email");
    const today = new Date((await hub.now()) + 9 * 3_600_000).toISOString().slice(0, 10);
    expect(line).toMatchObject({
      day: today,
      action: "order-confirmation",
      channel: "email",
      sent: was?.sent,
      delivered: (was?.delivered ?? 0) + 1,
      opened: (was?.opened ?? 0) + 1,
    });
    expect(after.timeZone).toBe("Asia/Tokyo");
  });

  it("add up what outcomes were worth, each once", async () => {
    const { userId } = await newReader(hub, "lee");
    const { decisionId, actions } = await hub.decide({
      customer: `userId:${userId}`,
      placement: "web.home.hero",
    });
    const [shown] = actions;
    const convertedAndWorth = async () =>
      sumOf(await report("?by=treatment"), shown?.treatment ?? "").map(({ value, converted }) => ({
        value,
        converted,
      }));
    const before = await convertedAndWorth();
    if (shown === undefined) return expect(before).toEqual([]);
    const said = {
      decisionId,
      action: shown.action,
      outcome: "converted",
      value: 19.99,
      at: new Date().toISOString(),
    };
    await hub.call("POST", "/v1/outcomes", said);
    await hub.call("POST", "/v1/outcomes", said);
    await hub.settle();
    const [was = { value: 0, converted: 0 }] = before;
    const [now] = await convertedAndWorth();
    expect(now?.converted).toBe(was.converted + 1);
    expect(now?.value).toBeCloseTo(was.value + 19.99, 4);
  });

  it("count by segment for those that the playbook reports, as the customer was in them", async () => {
    const { userId } = await newReader(hub, "quinn");
    const confirmed = async (): Promise<Record<string, number>> => {
      await hub.settle();
      const { items } = await report("?by=segment,placement");
      const orders = items.filter(({ placement }) => placement === "trigger.order-confirmed");
      return Object.fromEntries(orders.map(({ segment = "", decided }) => [segment, decided]));
    };
    const order = async (id: string): Promise<void> => {
      await hub.tell("track", { userId, event: "Order Completed", properties: { order_id: id, total: 5 } });
      await hub.settle();
    };
    const { buyers = 0, returning = 0, ...others } = await confirmed();
    expect(others).toEqual({});
    await order("Q-1");
    expect(await confirmed()).toEqual({ buyers: buyers + 1, ...(returning > 0 ? { returning } : {}) });
    await order("Q-2");
    expect(await confirmed()).toEqual({ buyers: buyers + 2, returning: returning + 1 });
  });

  it("tell how those do who are left alone, beside the others", async () => {
    const { uplift } = await report();
    expect(uplift).toMatchObject([
      { experiment: "silence", variants: [{ variant: "as ever" }, { variant: "quiet" }] },
    ]);
  });

  it.each([
    ["from=2026-02-01&to=2026-01-01", "from"],
    ["from=2024-01-01&to=2026-01-01", "from"],
    ["from=yesterday", "from"],
    ["to=2026-13-01", "to"],
    ["by=colour", "by"],
    ["by=action,channel,placement", "by"],
    ["limit=1000", "limit"],
    ["cursor=nonsense", "cursor"],
  ])("refuse ?%s, and name %s", async (query, path) => {
    const { status, body } = await hub.call("GET", `/v1/reports?${query}`);
    expect([status, body]).toMatchObject([400, { code: "invalid_request", errors: [{ path }] }]);
  });

  it("take moments for days, and are for keys of their scope", async () => {
    const { from, to } = await report("?from=2026-11-20T20:00:00Z&to=2026-11-21");
    expect([from, to]).toEqual(["2026-11-21", "2026-11-21"]);
    const { status } = await hub.call("GET", "/v1/reports", undefined, {
      authorization: "Bearer local-write-key",
    });
    expect(status).toBe(403);
  });
});
