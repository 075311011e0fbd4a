import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { RESTORED, restoreBackup, takeBackup } from "#infra/local/state/backup.ts";
import { openState } from "#infra/local/state/database.ts";
import { createSettings } from "#infra/local/state/settings.ts";
import { hubAt } from "../../support/hub/client.ts";
import { startTestCloud } from "../../support/hub/local-cloud.ts";

const folder = mkdtempSync(join(tmpdir(), "rapport-restored-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const HOUR_MS = 3_600_000;
const subjectsIn = (cloud: LocalCloud, name: string): readonly (string | undefined)[] =>
  cloud.outbox.list({ to: `${name}@example.com` }).map(({ subject }) => subject);

/** Somebody who left a cart, which is reminded of after an hour. */
const leaveCart = async (cloud: LocalCloud, name: string): Promise<void> => {
  const does = (event: string, properties: object) => ({ type: "track", userId: name, event, properties });
  const yes = { channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" };
  await hubAt(cloud.url).tell("batch", {
    batch: [
      { type: "identify", userId: name, traits: { email: `${name}@example.com`, firstName: name } },
      does("Consent Changed", yes),
      does("Product Added", { name: "Grinder", price: 89 }),
    ],
  });
};

/** The hub of a backup, started so many hours after it was taken. */
const startLater = async (backup: string, name: string, hours: number): Promise<LocalCloud> => {
  restoreBackup(at(backup), at(name), { moved: false });
  const state = openState(at(name));
  const settings = createSettings(state);
  const offset = Date.parse(settings.get(RESTORED) ?? "") + hours * HOUR_MS - Date.now();
  settings.set("clock-offset", String(offset));
  state.close();
  return startTestCloud({ stateDirectory: at(name) });
};

describe("a hub that is restored", () => {
  it("holds back what fell due since the backup, and sends once what falls due later", async () => {
    const first = await startTestCloud({ stateDirectory: at("first") });
    await leaveCart(first, "kim");
    await first.time.idle();
    takeBackup(at("first"), at("backup"));
    await hubAt(first.url).advance("PT3H");
    expect(subjectsIn(first, "kim").length).toBe(1);
    await first.stop();

    const late = await startLater("backup", "late", 1.5);
    expect(late.restored?.heldBack.length).toBe(1);
    await hubAt(late.url).advance("PT3H");
    expect(subjectsIn(late, "kim")).toEqual([]);
    const message = await hubAt(late.url).message(late.restored?.heldBack[0] ?? "");
    expect(message.status).toBe("uncertain");
    await late.stop();

    const soon = await startLater("backup", "soon", 0.5);
    expect(soon.restored?.heldBack).toEqual([]);
    expect(subjectsIn(soon, "kim")).toEqual([]);
    await hubAt(soon.url).advance("PT3H");
    expect(subjectsIn(soon, "kim").length).toBe(1);
    await soon.stop();
  });

  it("applies what was accepted and not applied yet, before it holds back what follows from it", async () => {
    const first = await startTestCloud({ stateDirectory: at("busy") });
    // Nothing is applied while the backup is taken: each try is put off.
    first.faults.add({ target: "dynamodb:TransactWriteItems", kind: "throttle", at: "before", times: 50 });
    first.faults.add({ target: "dynamodb:PutItem", kind: "throttle", at: "before", times: 50 });
    first.faults.add({ target: "dynamodb:UpdateItem", kind: "throttle", at: "before", times: 50 });
    const order = { order_id: "A-1", total: 20, currency: "EUR", products: [] };
    await hubAt(first.url).tell("batch", {
      batch: [
        { type: "identify", userId: "sam", traits: { email: "sam@example.com" } },
        { type: "track", userId: "sam", event: "Order Completed", properties: order },
      ],
    });
    takeBackup(at("busy"), at("busy-backup"));
    await first.stop();
    const second = await startLater("busy-backup", "busy-second", 0);
    const { url, restored } = second;
    expect(restored?.heldBack.length).toBe(1);
    const timeline = await hubAt(url).timeline("userId:sam");
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["event", "decision", "message"]),
    );
    await hubAt(url).advance("PT1H");
    expect(subjectsIn(second, "sam")).toEqual([]);
    await second.stop();
  });

  it("holds back a message that was made, and not queued yet, when the backup was taken", async () => {
    const first = await startTestCloud({ stateDirectory: at("between") });
    first.faults.add({ target: "events:PutEvents", kind: "throttle", at: "before", times: 50 });
    const body = {
      to: "email:lee@example.com",
      category: "transactional",
      channel: "email",
      content: { subject: "hello", text: "hello" },
    };
    await hubAt(first.url)
      .send(body, "between")
      .catch(() => {});
    takeBackup(at("between"), at("between-backup"));
    await first.stop();
    const second = await startLater("between-backup", "between-second", 0);
    expect(second.restored?.heldBack.length).toBe(1);
    await hubAt(second.url).advance("PT1H");
    expect(subjectsIn(second, "lee")).toEqual([]);
    await second.stop();
  });
});
