import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "#cli/run.ts";
import { proofOf } from "#domain/identity/proof.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { LOCAL_IDENTITY_KEY } from "#infra/local/seed.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud();
  hub = hubAt(cloud.url);
});

const rapport = async (...args: string[]): Promise<string> => {
  const output: string[] = [];
  const terminal = {
    environment: { RAPPORT_STAGE: "local", AWS_ENDPOINT_URL: cloud.awsUrl, RAPPORT_URL: cloud.url },
    out: (line: string) => output.push(line),
    error: () => {},
  };
  expect(await runCli(args, terminal), output.join("\n")).toBe(0);
  return output.join("\n");
};

const PEOPLE = 12;
const idOf = (person: number) => `person-${person}`;
const anonymousIdOf = (person: number) => `browser-${person}`;
const emailOf = (person: number) => `person-${person}@example.com`;

/** What a person does at once by all their names, each in a request of its own. */
const visit = async (person: number, round: number): Promise<void> => {
  const [userId, anonymousId, email] = [idOf(person), anonymousIdOf(person), emailOf(person)];
  const messageId = (part: string) => `${person}-${round}-${part}`;
  const answers = await Promise.all([
    hub.call("POST", "/v1/identify", { userId, traits: { email }, messageId: messageId("a") }),
    hub.call("POST", "/v1/track", { anonymousId, event: "Visited", messageId: messageId("b") }),
    hub.call("POST", "/v1/identify", { userId, anonymousId, messageId: messageId("c") }),
    hub.call("POST", "/v1/track", { userId, event: "Visited", messageId: messageId("d") }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
};

const visitAll = (upTo: number, round: number) =>
  Promise.all(Array.from({ length: upTo }, (_, person) => visit(person, round)));

describe("the identifier key, rotated under load", () => {
  it("loses nothing, and doubles nobody", async () => {
    let round = 0;
    const nextRound = (upTo: number) => {
      round += 1;
      return visitAll(upTo, round);
    };
    await nextRound(4);
    // Some come back, others come for the first time, at every step; the queues are never waited for.
    await Promise.all([nextRound(6), rapport("keys", "rotate", "identifier")]);
    await Promise.all([nextRound(8), hub.advance("PT4M")]);
    await nextRound(9);
    await Promise.all([hub.advance("PT4M"), nextRound(10)]);
    await Promise.all([hub.advance("PT6M59S"), nextRound(11)]);
    await Promise.all([hub.advance("PT2S"), nextRound(PEOPLE)]);
    await nextRound(PEOPLE);
    await hub.settle();

    const arrivals = [4, 6, 8, 9, 10, 11, PEOPLE, PEOPLE];
    for (let person = 0; person < PEOPLE; person += 1) {
      const refs = [
        `userId:${idOf(person)}`,
        `email:${emailOf(person)}`,
        `anonymousId:${anonymousIdOf(person)}`,
      ];
      const profiles = await Promise.all(refs.map((ref) => hub.profile(ref)));
      expect(new Set(profiles.map(({ customerId }) => customerId)).size).toBe(1);
      const visits = arrivals.filter((upTo) => person < upTo).length;
      const timeline = await hub.timeline(refs[0] ?? "");
      expect(timeline.filter(({ kind }) => kind === "event")).toHaveLength(4 * visits);
    }
  });
});

const mailTo = async (person: number): Promise<string> => {
  const content = { subject: "Hello", html: '<p><a href="{{ brand.website }}/tea">Tea</a></p>' };
  const order = { to: `email:${emailOf(person)}`, category: "transactional", channel: "email", content };
  await hub.send(order, `${person}-${Math.random()}`);
  await hub.settle();
  const mails = await hub.outbox({ to: emailOf(person) });
  const link = /https?:[^"]+\/l\/[^"]+/.exec(mails.at(0)?.html ?? "")?.[0];
  if (link === undefined) throw new Error("no link in the mail");
  return new URL(link).pathname;
};
const follow = async (path: string): Promise<number> =>
  (await hub.call("GET", path, undefined, { authorization: "" })).status;

describe("the link key", () => {
  it("is replaced without a dead link, until the old one is retired", async () => {
    const before = await mailTo(100);
    await rapport("keys", "rotate", "link");
    const meanwhile = await mailTo(101);
    await hub.advance("PT15M");
    const after = await mailTo(102);
    expect(await Promise.all([before, meanwhile, after].map(follow))).toEqual([302, 302, 302]);
    await rapport("keys", "retire", "link", "1");
    await hub.advance("PT5M");
    expect(await Promise.all([before, meanwhile, after].map(follow))).toEqual([404, 404, 302]);
  });
});

describe("the identity key", () => {
  const standingBy = async (key: string): Promise<unknown> => {
    const identity = proofOf(key, "proven-kim", new Date(await hub.now()).toISOString());
    await hub.collect("track", {
      userId: "proven-kim",
      event: "Looked In",
      properties: {},
      context: { identity },
    });
    await hub.settle();
    const [last] = await hub.timeline("userId:proven-kim");
    return last?.standing;
  };

  it("is replaced while proofs by the old one still hold, until that is retired", async () => {
    expect(await standingBy(LOCAL_IDENTITY_KEY)).toBe("proven");
    await rapport("keys", "rotate", "identity");
    const key = await rapport("keys", "identity");
    await hub.advance("PT5M");
    expect(await standingBy(key)).toBe("proven");
    expect(await standingBy(LOCAL_IDENTITY_KEY)).toBe("proven");
    await rapport("keys", "retire", "identity", "1");
    await hub.advance("PT5M");
    expect(await standingBy(LOCAL_IDENTITY_KEY)).toBe("public");
    expect(await standingBy(key)).toBe("proven");
  });
});
