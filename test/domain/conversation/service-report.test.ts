import { describe, expect, it } from "vitest";
import { type BusinessHours, workingBetween } from "#domain/calendar/business-hours.ts";
import { serviceReport } from "#domain/conversation/service-report.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { at, CUSTOMER, received, threadAfter, written } from "./people.ts";

const { head: BEGUN } = threadAfter(null, received(written("Hello", 0)), at(0));
const head = (members: Partial<ConversationHead>): ConversationHead => ({
  ...BEGUN,
  customerId: CUSTOMER,
  ...members,
});
const WEEK = { from: "2026-11-30", to: "2026-12-06", zone: "Europe/Berlin" };
/** Monday to Friday, nine to five, with an hour off. */
const HOURS: BusinessHours = {
  timeZone: "Europe/Berlin",
  week: [0, 1, 2, 3, 4, 5, 6].map((day) =>
    day > 4
      ? []
      : [
          { from: "09:00", to: "12:00" },
          { from: "13:00", to: "17:00" },
        ],
  ),
  holidays: [],
};

describe("working time between two moments", () => {
  it.each([
    ["2026-12-04T15:30:00Z", "2026-12-07T08:30:00Z", 60],
    ["2026-12-01T10:30:00Z", "2026-12-01T12:30:00Z", 60],
    ["2026-12-05T08:00:00Z", "2026-12-06T20:00:00Z", 0],
    ["2026-12-02T10:00:00Z", "2026-12-01T10:00:00Z", 0],
  ])("leaves out nights, breaks and days off: %s to %s", (from, to, minutes) => {
    expect(workingBetween(HOURS, Date.parse(from), Date.parse(to)) / 60_000).toBe(minutes);
  });
});

describe("a report on service", () => {
  it("counts what fell within the days, by the brand's calendar, and the backlog of now", () => {
    const heads = [
      head({
        team: "orders",
        openedAt: "2026-11-29T23:30:00Z",
        state: "closed",
        closedAt: "2026-12-01T09:00:00Z",
        rating: 5,
      }),
      head({
        team: "orders",
        openedAt: "2026-11-29T22:30:00Z",
        state: "closed",
        closedAt: "2026-12-01T09:00:00Z",
        rating: 4,
      }),
      head({
        team: "orders",
        openedAt: "2026-12-02T09:00:00Z",
        breached: "2026-12-02T11:00:00Z",
        reopenedAt: "2026-12-03T09:00:00Z",
      }),
      head({ openedAt: "2026-12-07T09:00:00Z" }),
    ];
    expect(serviceReport(heads, { ...WEEK, by: "team" })).toMatchObject([
      { key: "none", opened: 0, backlog: 1 },
      {
        key: "orders",
        opened: 2,
        closed: 2,
        reopened: 1,
        breached: 1,
        backlog: 1,
        rating: { average: 4.5, count: 2 },
        firstAnswer: { p50: null, p90: null },
      },
    ]);
  });

  it("measures first answers to customers in working time; what we began ourselves is no answer", () => {
    const answered = (opened: string, firstReplyAt: string, more: Partial<ConversationHead> = {}) =>
      head({ openedAt: opened, firstReplyAt, heardAt: opened, assignee: "Ana", ...more });
    const { heardAt: _none, ...begun } = answered("2026-12-01T10:00:00Z", "2026-12-01T10:00:01Z");
    const heads = [
      answered("2026-12-01T10:30:00Z", "2026-12-01T12:30:00Z"),
      answered("2026-12-03T20:00:00Z", "2026-12-04T08:10:00Z"),
      begun,
    ];
    const [row] = serviceReport(heads, { ...WEEK, by: "agent", hours: HOURS });
    expect(row).toMatchObject({ key: "Ana", answered: 2, firstAnswer: { p50: 600, p90: 3_600 } });
  });

  it("tells hours of the brand's clock, and nothing of what there was not", () => {
    const heads = [head({ openedAt: "2026-12-01T23:30:00Z" })];
    expect(serviceReport(heads, { ...WEEK, by: "hour" }).map(({ key }) => key)).toEqual(["00"]);
    expect(serviceReport([], { ...WEEK, by: "hour" })).toEqual([]);
  });
});
