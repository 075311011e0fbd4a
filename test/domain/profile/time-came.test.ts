import { describe, expect, it } from "vitest";
import type { JsonObject } from "#kernel/json.ts";
import { virtualHub } from "../../support/journeys/virtual.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const TRAITS =
  "traits: { email: string, phone: string, firstName: string, locale: string, timeZone: string, age: number";
const files = (only: readonly string[], segments = "") => ({
  "data-model.yaml": (TEST_FILES["data-model.yaml"] ?? "").replace(
    /traits:[\s\S]*?(?=computed:)/,
    `${TRAITS}, birthday: date, contractEnd: date, callAt: date and time, seenAt: date and time }\n`,
  ),
  "contact-policy.yaml": `holidays: { bank: ["12-25", "12-26", "2026-12-27"] }\n${TEST_FILES["contact-policy.yaml"]}`,
  "segments.yaml": `vip: customer.orders >= 3\n${segments}`,
  "triggers.yaml": `${TEST_FILES["triggers.yaml"]}${only.map((name) => `${name}: ${TRIGGERS[name]}\n`).join("")}`,
  "actions/welcome.yaml": (TEST_FILES["actions/welcome.yaml"] ?? "").replace(
    "trigger.welcome",
    ["welcome", ...only].map((name) => `trigger.${name}`).join(", "),
  ),
});

const TRIGGERS: Readonly<Record<string, string>> = {
  renewal: `{ at: 'customer.contractEnd - duration("P30D")', if: customer.orders = 0 }`,
  birthday: '{ at: customer.birthday, every: year, hour: "09:00" }',
  call: "{ at: customer.callAt }",
  gift: '{ at: customer.contractEnd, holidays: [bank], hour: "08:00" }',
  left: `{ on: segment.entered, if: event.segment = "silent" }`,
  rent: '{ at: customer.birthday, every: month, hour: "02:30" }',
};
const SILENT = 'silent: now - customer.seenAt > duration("P30D")\n';

const hub = async (only: readonly string[], start?: string) =>
  virtualHub(await testPlaybook(files(only, only.includes("left") ? SILENT : "")), start);

/** When each trigger fired. */
const fired = ({ published }: ReturnType<typeof virtualHub>): readonly string[] =>
  published.flatMap(({ name, detail }) =>
    name === "trigger.fired" && detail.trigger !== "welcome" && detail.trigger !== "order-confirmed"
      ? [`${String(detail.trigger)} ${String(detail.eventAt)}`]
      : [],
  );

describe("a trigger that waits for a day", () => {
  it("fires on that day at nine where the customer is, once", async () => {
    const shop = await hub(["renewal"]);
    shop.identify({ contractEnd: "2026-05-01", timeZone: "America/New_York" });
    shop.advance("P90D");
    expect(fired(shop)).toEqual(["renewal 2026-04-01T13:00:00.000Z"]);
    expect(shop.history.find(({ body }) => body.name === "time.came")?.body.properties).toEqual({
      trigger: "renewal",
    });
  });

  it("has one timer a customer, which goes along with the day and is not added to", async () => {
    const shop = await hub(["renewal"]);
    for (const contractEnd of ["2026-08-01", "2026-09-01", "2026-07-01", "2026-07-02"]) {
      shop.advance("PT1M");
      shop.identify({ contractEnd });
      expect(shop.timers()).toHaveLength(1);
    }
    shop.advance("PT1M");
    shop.identify({ contractEnd: null });
    expect(shop.timers()).toHaveLength(0);
    shop.advance("PT1M");
    shop.identify({ contractEnd: "2026-07-05" });
    shop.advance("P200D");
    expect(fired(shop)).toEqual(["renewal 2026-06-05T09:00:00.000Z"]);
    expect(shop.timers()).toHaveLength(0);
  });

  it("asks its condition on the day, and fires for no day that is over", async () => {
    const shop = await hub(["renewal"]);
    shop.identify({ contractEnd: "2026-03-10" });
    shop.advance("P30D");
    shop.identify({ contractEnd: "2026-07-01" });
    shop.tell("Order Completed");
    shop.advance("P90D");
    expect(fired(shop)).toEqual([]);
  });

  it("keeps a birthday every year: on 28 February where there is no 29th, by the clock of summer and winter", async () => {
    const shop = await hub(["birthday"], "2027-01-01T00:00:00.000Z");
    shop.identify({ birthday: "1992-02-29", timeZone: "Australia/Sydney" });
    shop.advance("P500D");
    shop.identify({ birthday: "1992-07-04" });
    shop.advance("P60D");
    expect(fired(shop)).toEqual([
      "birthday 2027-02-27T22:00:00.000Z",
      "birthday 2028-02-28T22:00:00.000Z",
      "birthday 2028-07-03T23:00:00.000Z",
    ]);
  });

  it("comes once on a night whose clocks skip its hour, and once on one that has it twice", async () => {
    const shop = await hub(["rent"], "2026-03-01T00:00:00.000Z");
    shop.identify({ birthday: "2026-01-29", timeZone: "Europe/Berlin" });
    shop.advance("P60D");
    shop.identify({ birthday: "2026-01-25" });
    shop.advance("P182D");
    const times = fired(shop).map((one) => one.slice("rent ".length));
    expect(times[0]).toBe("2026-03-29T01:30:00.000Z");
    expect(times.at(-1)).toBe("2026-10-25T00:30:00.000Z");
    expect(new Set(times.map((time) => time.slice(0, 7))).size).toBe(times.length);
  });

  it("takes a moment as it is, and moves a day off public holidays", async () => {
    const shop = await hub(["call", "gift"]);
    shop.identify({ callAt: "2026-04-01T17:45:30+02:00", contractEnd: "2026-12-25" });
    shop.advance("P330D");
    expect(fired(shop)).toEqual(["call 2026-04-01T15:45:30.000Z", "gift 2026-12-28T08:00:00.000Z"]);
  });

  it("never fires for what is no date", async () => {
    const shop = await hub(["renewal", "birthday", "call"]);
    const wrong: readonly JsonObject[] = [
      { contractEnd: "soon", birthday: "29 February", callAt: "noon" },
      { contractEnd: 20260501, birthday: "", callAt: ["2026-05-01"] },
      { contractEnd: "2026-02-30", birthday: "1992-13-01", callAt: null },
    ];
    for (const traits of wrong) {
      shop.identify(traits);
      expect(shop.timers()).toHaveLength(0);
    }
    shop.advance("P400D");
    expect(fired(shop)).toEqual([]);
  });

  it("fires once however often its timer does, and after an event that came just before it", async () => {
    const shop = await hub(["renewal"]);
    shop.identify({ contractEnd: "2026-05-01" });
    const [timer] = shop.timers();
    shop.advance("P29DT22H58M");
    shop.command("time.due", { due: timer?.due ?? null });
    expect(fired(shop)).toEqual([]);
    shop.advance("PT3M");
    shop.command("time.due", { due: timer?.due ?? null });
    shop.command("time.due", { due: timer?.due ?? null });
    shop.tell("Signed Up");
    expect(fired(shop)).toEqual(["renewal 2026-04-01T09:00:00.000Z"]);
  });

  it("waits on where clocks were set back after its timer fired", async () => {
    const shop = await hub(["renewal"]);
    shop.identify({ contractEnd: "2026-05-01" });
    const [timer] = shop.timers();
    shop.command("time.due", { due: timer?.due ?? null });
    const again = shop.timers().filter(({ id }) => id !== timer?.id);
    expect(again.map(({ due }) => due)).toEqual(["2026-04-01T09:00:00.000Z"]);
    shop.advance("P60D");
    expect(fired(shop)).toEqual(["renewal 2026-04-01T09:00:00.000Z"]);
  });

  it("goes on with who a visitor turns out to be", async () => {
    const shop = await hub(["renewal"]);
    shop.apply([
      (({ userId: _, ...visitor }) => visitor)(
        shop.track(
          "identify",
          {},
          { type: "identify", traits: { contractEnd: "2026-05-01" }, anonymousId: "x" },
        ),
      ),
    ]);
    shop.identify({ firstName: "Kim" });
    shop.identify({}, { anonymousId: "x" });
    expect(shop.timers()).toHaveLength(1);
    shop.advance("P60D");
    expect(fired(shop)).toEqual(["renewal 2026-04-01T09:00:00.000Z"]);
  });
});

describe("a segment that time alone changes", () => {
  it("is entered thirty days after the customer was last seen, to the minute, and every sign of life moves it", async () => {
    const shop = await hub(["left"]);
    shop.identify({ seenAt: "2026-03-02T10:00:00Z" });
    shop.advance("P20D");
    shop.identify({ seenAt: shop.now() });
    expect(shop.timers()).toHaveLength(1);
    shop.advance("P29D");
    expect(fired(shop)).toEqual([]);
    shop.advance("P2D");
    expect(fired(shop)).toEqual(["left 2026-04-21T10:00:00.001Z"]);
    expect(Object.keys(shop.state()?.segments ?? {})).toEqual(["silent"]);
    expect(shop.timers()).toHaveLength(0);
  });

  it("is told with the moment it was entered at by an event that comes before the timer does", async () => {
    const shop = await hub(["left"]);
    shop.identify({ seenAt: "2026-01-31T10:20:00Z" });
    const timers = shop.timers();
    expect(timers.map(({ due }) => due)).toEqual(["2026-03-02T10:20:00.001Z"]);
    shop.advance("PT10M");
    shop.apply([shop.track("Signed Up", {}, { at: "2026-03-02T10:10:00.000Z" })]);
    shop.advance("PT20M");
    expect(fired(shop)).toEqual(["left 2026-03-02T10:20:00.001Z"]);
  });

  it("stands by the playbook that is live: what is added is seen with the next event, what is gone leaves no timer", async () => {
    const shop = virtualHub(await testPlaybook(files([])));
    shop.identify({ seenAt: "2026-03-02T09:00:00Z", contractEnd: "2026-08-01" });
    expect(shop.timers()).toHaveLength(0);
    shop.publish(await testPlaybook(files(["renewal", "gift", "left"], SILENT)));
    shop.tell("Signed Up");
    expect(
      shop
        .timers()
        .map(({ due }) => due)
        .toSorted(),
    ).toEqual(["2026-04-01T09:00:00.001Z", "2026-07-02T09:00:00.000Z", "2026-08-01T08:00:00.000Z"]);
    shop.publish(await testPlaybook(files([])));
    shop.tell("Signed Up");
    expect(shop.timers()).toHaveLength(0);
  });
});
