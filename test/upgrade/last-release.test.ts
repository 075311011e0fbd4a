import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { openedLog } from "../support/hub/opened-log.ts";
import { get, getAll, type Models, PEOPLE, pathsOf } from "./answers.ts";
import { lastRelease } from "./last-release.ts";
import { startOverLastRelease } from "./restored-cloud.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startOverLastRelease();
  hub = hubAt(cloud.url);
});

const answeredThen = (paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, lastRelease.answers.get(path)]));

describe("what the last release kept", () => {
  it.each([
    ["profiles", /^\/v1\/profiles\/[^/]+$/, 15],
    ["timelines", /^\/v1\/profiles\/.*\/timeline/, 15],
    ["decisions", /^\/v1\/decisions\//, 30],
    ["messages", /^\/v1\/messages\//, 25],
    ["simulations", /^\/v1\/simulations\//, 3],
    ["playbooks", /^\/v1\/playbooks/, 2],
    ["experiments", /^\/v1\/experiments$/, 1],
  ])("is read as it was: %s", async (_kind, pattern, atLeast) => {
    const paths = pathsOf(pattern);
    expect(paths.length).toBeGreaterThanOrEqual(atLeast);
    expect(await getAll(hub, paths)).toMatchObject(answeredThen(paths));
  });

  it("is read as it was: what was learnt, which fades from second to second", async () => {
    const summary = ({ model, items }: Models) => ({
      model,
      items: items.map(({ action, channel, evidence }) => [action, channel, evidence.toFixed(2)]),
    });
    const then = lastRelease.answers.get("/v1/models") as Models;
    expect(then.items.length).toBeGreaterThan(4);
    expect(summary((await get(hub, "/v1/models")) as Models)).toEqual(summary(then));
  });

  it("is opened: records put into the decision log, with the keys that lie in the tables", async () => {
    const requests = lastRelease.putIntoLog.map((body) => ({
      method: "POST",
      path: "/",
      query: "",
      headers: { "x-amz-target": "Firehose_20150804.PutRecordBatch" },
      body,
      caller: null,
    }));
    const records = await openedLog(cloud, requests);
    expect(records).toHaveLength(lastRelease.putIntoLog.length);
    for (const { decisionId, customerId, decision } of records) {
      expect(lastRelease.answers.get(`/v1/decisions/${decisionId}`)).toMatchObject({
        customerId,
        at: decision.at,
        actions: decision.actions.map(({ action, treatment }) => ({ action, treatment })),
      });
    }
  });

  it("finds people by each identifier they had, and nobody by another", async () => {
    const [kim, sam] = [await hub.profile("userId:kim"), await hub.profile("email:sam@example.com")];
    for (const ref of ["email:kim@example.com", "phone:+12025550143", "anonymousId:visitor-kim"]) {
      expect((await hub.profile(ref)).customerId).toBe(kim.customerId);
    }
    expect(sam.customerId).not.toBe(kim.customerId);
    expect((await hub.call("GET", "/v1/profiles/email:nobody@example.com")).status).toBe(404);
  });

  it("still has a playbook that is valid today", async () => {
    const { status, body } = await hub.call("POST", "/v1/playbooks", { files: lastRelease.uploaded });
    expect({ status, body }).toMatchObject({ status: 201 });
  });
});

describe("links of mails that the last release sent", () => {
  const visit = (path: string) => hub.call("GET", path, undefined, { authorization: "" });
  const pathsTo = (kind: "click" | "open" | "unsubscribe" | "preferences"): readonly string[] =>
    lastRelease.mails.flatMap((mail) => mail[kind] ?? []);

  it("lead where they led", async () => {
    expect(pathsTo("click").length).toBeGreaterThan(5);
    for (const path of pathsTo("click")) {
      const { status, headers } = await visit(path);
      expect(status).toBe(302);
      expect(headers.get("location")).toMatch(/^https:\/\/tamarack-finch\.example/);
    }
  });

  it.each(["open", "unsubscribe", "preferences"] as const)("are answered: %s", async (kind) => {
    expect(pathsTo(kind).length).toBeGreaterThan(5);
    for (const path of pathsTo(kind)) expect((await visit(path)).status).toBe(200);
  });

  it("take somebody off the list who is on it", async () => {
    const path = lastRelease.mails.find(({ to }) => to === "una@example.com")?.unsubscribe ?? "";
    const form = { authorization: "", "content-type": "application/x-www-form-urlencoded" };
    const { status } = await hub.call("POST", path, "List-Unsubscribe=One-Click", form);
    expect(status).toBe(200);
    const { consent } = await hub.profile("userId:una");
    expect(consent).toMatchObject([{ channel: "email", topic: "marketing", status: "withdrawn" }]);
  });
});

describe("whoever the last release knew", () => {
  it("goes on as who they are: a new event counts on top of what there was", async () => {
    const viewsOf = async () =>
      Promise.all(PEOPLE.map(async (ref) => Number((await hub.profile(ref)).computed.views7d)));
    const before = await viewsOf();
    for (const ref of PEOPLE) {
      await hub.collect("track", { userId: ref.replace("userId:", ""), event: "Product Viewed" });
    }
    await hub.settle();
    expect(await viewsOf()).toEqual(before.map((views) => views + 1));
  });

  it("gets what was asked for once, under an idempotency key of then", async () => {
    const content = { subject: "Hello", text: "Hello {{ customer.firstName }}" };
    const body = { to: "userId:rob", category: "transactional", channel: "email", content };
    for (const _again of [1, 2]) {
      const { messageId } = await hub.send(body, "email transactional");
      await hub.settle();
      expect(lastRelease.answers.has(`/v1/messages/${messageId}`)).toBe(true);
      // It was never sent, so the first repetition makes up for it.
      expect(await hub.outbox({ messageId })).toHaveLength(1);
    }
  });
});
