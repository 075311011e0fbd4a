import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { readFolder } from "#cli/folder.ts";
import { Models } from "#functions/measure/models-api/operations.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

let hub: Hub;
beforeAll(async () => {
  const retail = readFolder(`${PROJECT_ROOT}playbooks/retail`);
  const learning = `${retail["learning.yaml"]}`.replace("method: inverse-gap", "method: none");
  hub = await testHub({ ...retail, "learning.yaml": learning });
});

const Items = z.object({
  items: z.array(z.object({ decisionId: z.string(), action: z.string(), token: z.string() })),
});

/** As a page does: with the write key, from another site. */
const ask = (body: object, headers: Record<string, string> = {}) =>
  hub.call(
    "POST",
    "/v1/slots",
    { writeKey: "local-write-key", placements: ["web.home.hero"], ...body },
    { authorization: "", "content-type": "text/plain", origin: "https://shop.example", ...headers },
  );
const shown = async (body: object) => {
  const { headers, body: answer } = await ask(body);
  const text = JSON.stringify(answer).replace(/("(decisionId|token)":")[^"]+/g, "$1");
  return `${headers.get("content-length")} ${text}`;
};
const buyMuch = async (userId: string) => {
  for (const order_id of ["1", "2", "3", "4", "5", "6"]) {
    const properties = { order_id, total: 400, products: [] };
    await hub.call("POST", "/v1/track", { userId, event: "Order Completed", properties });
  }
};
const tell = (token: string, outcome: string) =>
  hub.call("POST", `/v1/slots/${token}`, { outcome }, { authorization: "" });

describe("a page that asks for its slots by itself", () => {
  it("gets content across sites with the write key, and tells once each what came of it", async () => {
    await hub.collect("track", { anonymousId: "page-1", event: "Product Viewed", properties: {} });
    await hub.settle();
    const answer = await ask({ anonymousId: "page-1" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [item] = Items.parse(answer.body).items;
    expect(Object.keys(answer.body && typeof answer.body === "object" ? answer.body : {})).toEqual(["items"]);
    for (const outcome of ["seen", "clicked", "clicked", "seen", "dismissed"]) {
      expect((await tell(item?.token ?? "", outcome)).status).toBe(202);
    }
    await hub.settle();
    const told = (await hub.timeline("anonymousId:page-1")).filter(({ kind }) => kind === "outcome");
    expect(told.map(({ outcome }) => outcome).sort()).toEqual(["clicked", "dismissed", "shown"]);
  });

  it("learns nothing of a customer by an id, a stolen browser's id, or a linked one", async () => {
    await hub.collect("identify", {
      userId: "vic",
      anonymousId: "vic-phone",
      traits: { email: "vic@example.com" },
    });
    await buyMuch("vic");
    await hub.settle();
    await hub.collect("identify", { userId: "vic", anonymousId: "thief" });
    await hub.settle();
    const decided = await hub.decide({ customer: "userId:vic", placement: "web.home.hero" });
    const known = await shown({});
    expect(known).not.toContain(decided.actions[0]?.action);
    for (const id of [
      { userId: "vic" },
      { anonymousId: "vic-phone" },
      { anonymousId: "thief" },
      { userId: 7 },
    ]) {
      expect(await shown(id)).toBe(known);
    }
  });

  it("teaches what visitors are shown by its clicks, and nothing about those who are known", async () => {
    await hub.settle();
    const before = Models.parse((await hub.call("GET", "/v1/models")).body);
    const evidence = (arms: Models["items"]) => arms.reduce((sum, arm) => sum + arm.evidence, 0);
    for (const n of [1, 2, 3]) {
      const [item] = Items.parse((await ask({ anonymousId: `forged-${n}` })).body).items;
      for (const outcome of ["seen", "clicked"]) await tell(item?.token ?? "", outcome);
    }
    await hub.settle();

    const { items, visitors } = Models.parse((await hub.call("GET", "/v1/models")).body);
    expect(items.map(({ action }) => action)).toEqual(before.items.map(({ action }) => action));
    expect(evidence(items)).toBeCloseTo(evidence(before.items), 2);
    expect(evidence(visitors.items) - evidence(before.visitors.items)).toBeCloseTo(3, 2);
  });

  it("is refused without a key, for other placements, and with a token of another kind", async () => {
    expect((await ask({ writeKey: "" })).status).toBe(401);
    expect((await ask({ placements: ["call.retention"] })).status).toBe(400);
    expect((await tell("AAAA", "seen")).status).toBe(404);
  });
});
