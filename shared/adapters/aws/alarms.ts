import * as z from "zod/mini";
import type { AlarmBoard } from "#ports/alarm-board.ts";
import type { JsonCall } from "./signed-json.ts";

/** CloudWatch: `DescribeAlarms`. */
export const CLOUDWATCH = {
  name: "monitoring",
  target: "GraniteServiceVersion20100801",
  version: "1.0",
} as const;

const Described = z.object({
  MetricAlarms: z._default(
    z.array(
      z.object({
        AlarmName: z.string(),
        AlarmDescription: z._default(z.string(), ""),
        StateValue: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
        StateReason: z._default(z.string(), ""),
        /** Seconds since the epoch. */
        StateUpdatedTimestamp: z.number(),
      }),
    ),
    [],
  ),
  NextToken: z.optional(z.string()),
});
type Listed = z.output<typeof Described>["MetricAlarms"];

const PAGE = 100;
const MOST_PAGES = 20;

/** @param prefix what the names of the hub's alarms begin with */
export const cloudwatchAlarms = (call: JsonCall, prefix: string): AlarmBoard => ({
  list: async () => {
    const found: Listed[number][] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const input = {
        AlarmNamePrefix: prefix,
        AlarmTypes: ["MetricAlarm"],
        MaxRecords: PAGE,
        NextToken: token,
      };
      const { MetricAlarms, NextToken } = z.parse(Described, await call("DescribeAlarms", input));
      found.push(...MetricAlarms);
      if (NextToken === undefined) break;
      token = NextToken;
    }
    return found.map(({ AlarmName, AlarmDescription, StateValue, StateReason, StateUpdatedTimestamp }) => ({
      name: AlarmName,
      state: StateValue,
      since: new Date(StateUpdatedTimestamp * 1_000).toISOString(),
      reason: StateReason,
      about: AlarmDescription,
    }));
  },
});
