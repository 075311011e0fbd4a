import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readGrids, writeGrid } from "#dmn/index.ts";
import { DecisionAnswer } from "#functions/decide/api/operations.ts";
import { operations } from "#functions/playbook/drafts/operations.ts";
import { putKeys } from "#infra/local/seed.ts";
import { SCOPES } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const PATH = "decisions/discount.dmn";
const BEN = { authorization: "Bearer ben" };
/** Published within 5 seconds. */
const SOON = "PT6S";

const userId = `regular-${randomUUID()}`;
let hub: Hub;
let draft: string;

beforeAll(async () => {
  const cloud = await startTestCloud();
  hub = hubAt(cloud.url);
  await putKeys(cloud, [{ hash: hashKey("ben"), kind: "secret", scopes: SCOPES, name: "Ben" }]);
  // Three orders worth 250 euro together: a small discount, as the table stands.
  for (const [order, total] of Object.entries({ A: 100, B: 100, C: 50 })) {
    const properties = { order_id: `${userId}-${order}`, total, currency: "EUR", products: [] };
    await hub.tell("track", { userId, event: "Order Completed", properties });
  }
  await hub.settle();
});

const post = async (
  path: string,
  body: object = {},
  headers: Record<string, string> = {},
): Promise<unknown> => {
  const answer = await hub.call("POST", path, body, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
/** What the discount is worth, ours and the customer's weighed three to two: a small one is 10 to us and 5 to them, a large one 20. */
const [SMALL, LARGE] = [0.6 * 10 + 0.4 * 5, 0.6 * 20 + 0.4 * 5];
const discount = async (more: object = {}): Promise<number | undefined> => {
  const asked = { customer: `userId:${userId}`, placement: "call.retention", explain: true, ...more };
  const { actions, rejected = [] } = DecisionAnswer.parse(await post("/v1/decisions", asked));
  const chosen = actions.find(({ action }) => action === "retention-discount")?.value;
  return chosen ?? rejected.find(({ action }) => action === "retention-discount")?.factors?.value;
};
const textNow = async () => {
  const { body } = await hub.call("GET", `${draft}/files?path=${encodeURIComponent(PATH)}`);
  const file = operations.readDraftFiles.answers[200].parse(body).files[PATH];
  return { text: file?.text ?? "", revision: file?.revision ?? null };
};
const withCell = (text: string, id: string, column: number, cell: string): string =>
  writeGrid(
    text,
    0,
    (readGrids(text)[0]?.rows ?? []).map((row) =>
      row.id === id ? { ...row, cells: row.cells.map((was, at) => (at === column ? cell : was)) } : row,
    ),
  );
const check = async (text: string) =>
  operations.checkDraft.answers[200].parse(await post(`${draft}/check`, { files: [{ path: PATH, text }] }));

describe("a row of the retailer's discount table", () => {
  it("is changed, tried, proposed, approved by somebody else, published and rolled back", async () => {
    expect(await discount()).toBeCloseTo(SMALL);
    const begun = operations.beginDraft.answers[201].parse(
      await post("/v1/drafts", { name: "Large from 200" }),
    );
    draft = `/v1/drafts/${begun.draftId}`;
    const { text, revision } = await textNow();

    const gaping = withCell(text, "r3", 1, "< 200");
    const { valid, warnings } = await check(gaping);
    expect(valid).toBe(true);
    const gap = warnings.find(({ code }) => code === "dmn-gap");
    expect(gap).toMatchObject({ file: PATH, beside: readGrids(gaping)[0]?.lines[2] });
    expect(gap?.message).toContain("no row covers orders");

    const closed = withCell(gaping, "r4", 1, ">= 200");
    expect((await check(closed)).warnings.filter(({ file }) => file === PATH)).toEqual([]);
    const saved = await hub.call("PUT", draft, { files: [{ path: PATH, text: closed, began: revision }] });
    expect(saved.status).toBe(200);

    const { version } = operations.keepDraft.answers[200].parse(await post(`${draft}/keep`));
    expect(await discount({ dryRun: true, playbook: version })).toBeCloseTo(LARGE);
    expect(await discount()).toBeCloseTo(SMALL);
    const started = await post(`/v1/playbooks/${version}/simulate`);
    await hub.settle();
    const simulation = await hub.call(
      "GET",
      `/v1/simulations/${Reflect.get(Object(started), "simulationId")}`,
    );
    expect(simulation.body).toMatchObject({ status: "done", version, report: { skipped: {} } });

    await post(`${draft}/propose`, { note: "Who spends 200 deserves it" });
    expect((await hub.call("POST", `${draft}/approve`, {})).body).toMatchObject({ code: "approval_needed" });
    await post(`${draft}/approve`, {}, BEN);
    const { previous } = operations.publishDraft.answers[200].parse(await post(`${draft}/publish`, {}, BEN));
    expect(previous).toBe(begun.base);
    await hub.advance(SOON);
    expect(await discount()).toBeCloseTo(LARGE);

    await post(`/v1/playbooks/${previous}/publish`);
    await hub.advance(SOON);
    expect(await discount()).toBeCloseTo(SMALL);
  });
});
