import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { METRICS, metricNamespace } from "#ports/metric-names.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newCustomer } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});

/** So many mails, sent: their ids. */
const mails = async (count: number): Promise<readonly string[]> => {
  const { userId } = await newCustomer(hub, "reputation");
  const order = { to: `userId:${userId}`, category: "transactional", channel: "email" };
  const content = { subject: "Hello", text: "Hello" };
  const sent: string[] = [];
  for (let mail = 0; mail < count; mail += 1) {
    sent.push((await hub.send({ ...order, content }, randomUUID())).messageId);
  }
  await hub.advance("PT1M");
  return sent;
};
/** A share of a thousand needs thousands of mails: these are counted as if they had left, which takes no time. */
const countAsSent = (count: number): void => {
  const namespace = metricNamespace("local");
  cloud.alarms.record(
    { namespace, name: METRICS.messagesSent, dimensions: { service: "send/email" } },
    count,
  );
};
/** The provider says so of these, and five minutes pass on the hub's clock. */
const reported = async (messageIds: readonly string[], type: string): Promise<void> => {
  for (const messageId of messageIds) await hub.feedback(messageId, type);
  await hub.advance("PT5M");
};
/** Alarms that are on, by what follows the stage in their names, with their reasons. */
const alarmsOn = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await hub.alarms())
      .filter(({ state }) => state === "ALARM")
      .map(({ name, reason }) => [name.replace("rapport-local-", ""), reason]),
  );

const CASES = [
  {
    what: "a twentieth of a day's mails bounce",
    counted: 0,
    report: "bounced",
    tooFew: 4,
    enough: 12,
    alarm: "send-email-bounces",
    reason:
      /at least 0\.05 \(the newest: 0\.12\)\. Too much of what was sent in a day bounced.*stops sending; then: E-mails do not leave/,
  },
  {
    what: "readers complain of a thousandth of a day's mails",
    counted: 1_900,
    report: "complained",
    tooFew: 1,
    enough: 4,
    alarm: "send-email-complaints",
    reason:
      /at least 0\.001 \(the newest: 0\.002\)\. Too many readers complained.*stops sending; then: E-mails do not leave/,
  },
];

describe.each(CASES)("where $what", ({ counted, report, tooFew, enough, alarm, reason }) => {
  it("one alarm says so in words within five minutes, none while it is less, and it is over a day later", async () => {
    const messageIds = await mails(100);
    countAsSent(counted);

    await reported(messageIds.slice(0, tooFew), report);
    expect(await alarmsOn()).toEqual({});

    await reported(messageIds.slice(tooFew, enough), report);
    expect(await alarmsOn()).toEqual({ [alarm]: expect.stringMatching(reason) });

    await hub.advance("P1D");
    expect(await alarmsOn()).toEqual({});
  });
});
