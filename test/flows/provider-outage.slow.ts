import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { CHANNELS, FOR_EVER, outageAt } from "../support/hub/outage.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
const { customer, ask, copies, lastOf } = outageAt(() => hub);
beforeEach(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

describe("a provider that fails for ten minutes, with another beside it", () => {
  const LOCAL = testFiles()["playbook.yaml"] ?? "";
  const ROUTES = "routes: [{ provider: ses }, { provider: smtp }]";
  const PEOPLE = 20;

  /** One mail to each of them in a second of the local clock, every second one marketing. */
  const inOneSecond = async (people: readonly string[]): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const [index, userId] of people.entries()) {
      ids.push(await ask(userId, "email", index % 2 === 0 ? "marketing" : "transactional"));
    }
    await hub.advance("PT1S");
    return ids;
  };
  const whoSent = async (ids: readonly string[]) => {
    const messages = await Promise.all(ids.map((id) => hub.message(id)));
    return messages.map(({ history }) => history.at(-1));
  };

  const conditions = async () => {
    const { body } = await hub.call("GET", "/v1/providers");
    const { items }: { items: { channel: string }[] } = JSON.parse(JSON.stringify(body));
    return items.filter(({ channel }) => channel === "email");
  };

  it("is left within ten seconds under twenty messages a second, comes back by itself, and nothing is lost or doubled", async () => {
    await hub.publish(testFiles({ "playbook.yaml": LOCAL.replace("provider: ses", ROUTES) }));
    // A process looks at most every five seconds which playbook is live.
    await hub.advance("PT10S");
    const people: string[] = [];
    for (let made = 0; made < PEOPLE; made += 1) people.push((await customer()).userId);
    const before = await inOneSecond(people);
    expect(new Set((await whoSent(before)).map((last) => last?.provider))).toEqual(new Set(["ses"]));

    cloud.faults.add({ target: "provider:ses", kind: "error", at: "before", times: FOR_EVER, for: "PT10M" });
    const during: string[] = [];
    for (let second = 0; second < 10; second += 1) during.push(...(await inOneSecond(people)));
    const moved = await inOneSecond(people);
    const lasts = await whoSent(moved);
    // One may be the trial that finds out whether it is back.
    expect(lasts.filter((last) => last?.tries === undefined).length).toBeGreaterThanOrEqual(PEOPLE - 2);
    expect(new Set(lasts.map((last) => last?.provider))).toEqual(new Set(["smtp"]));
    const met = (await whoSent(during)).find((last) => last?.tries !== undefined);
    expect(met).toMatchObject({
      status: "sent",
      provider: "smtp",
      account: "default",
      tries: [{ provider: "ses", account: "default", reason: "unavailable" }],
    });

    expect(await conditions()).toMatchObject([
      { provider: "ses", account: "default", channel: "email", health: "open", routed: true },
      { provider: "smtp", health: "ok", share: 0 },
    ]);

    await hub.advance("PT10M");
    const after: string[] = [];
    for (let second = 0; second < 5; second += 1) after.push(...(await inOneSecond(people)));
    const back = await inOneSecond(people);
    expect(new Set((await whoSent(back)).map((last) => last?.provider))).toEqual(new Set(["ses"]));

    // That somebody left it alone is believed for fifteen seconds, at whatever second of the five it was said.
    await hub.advance("PT15S");
    await inOneSecond(people.slice(0, 2));
    expect(await conditions()).toMatchObject([{ provider: "ses", health: "ok" }, { provider: "smtp" }]);

    for (const id of [...before, ...during, ...moved, ...after, ...back]) {
      expect((await hub.message(id)).status, id).toBe("sent");
      expect((await hub.outbox({ messageId: id })).length, id).toBe(1);
    }
  });
});

describe("a provider that throttles", () => {
  it("until the message's deadline makes it fail with the reason", async () => {
    const { userId, reach } = await customer();
    const target = CHANNELS.email.operation;
    cloud.faults.add({ target, kind: "throttle", at: "before", times: FOR_EVER });
    const messageId = await ask(userId, "email", "transactional");
    await hub.advance("PT25H");
    expect(await lastOf(messageId)).toEqual({
      status: "failed",
      reason: expect.stringContaining("throttled"),
    });
    cloud.faults.clear();
    await hub.advance("P1D");
    expect(await copies("email", reach.email)).toBe(0);
  });
});
