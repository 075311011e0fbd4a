import { beforeEach, describe, expect, it } from "vitest";
import { memoryAuditLog } from "#adapters/memory/audit-log.ts";
import { memoryDraftStore } from "#adapters/memory/draft-store.ts";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { draftCalls } from "#functions/playbook/drafts/drafts.ts";
import { operations } from "#functions/playbook/drafts/operations.ts";
import { SCOPES } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import { router } from "#runtime/http/router.ts";
import { failedTests } from "#runtime/rehearsal/required.ts";
import { keepPlaybook } from "#usecases/draft/keep-playbook.ts";
import { type Given, requestOf } from "../../support/handlers/requests.ts";
import { nobodyInside } from "../../support/journeys/nobody.ts";
import { testFiles } from "../../support/playbook/files.ts";

type Shown = {
  draftId: string;
  state: string;
  files: { path: string; change: string; revision: string | null }[];
};

let playbooks: ReturnType<typeof memoryPlaybookStore>;
let call: (route: string, given?: Given) => Promise<{ status: number; json: unknown }>;
let live: string;
/** What those inside of journeys were told of. */
let edits: { readonly from: string; readonly to: string }[];

const NAMES: Readonly<Record<string, string>> = { ann: "Ann", ben: "Ben" };

const publishFiles = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const { version } = await keepPlaybook(
    { playbooks, renderMjml, failedTests, clock: { now: () => 0 } },
    files,
  );
  await playbooks.publish(version, "2026-11-21T10:00:00.000Z");
  return version;
};

beforeEach(async () => {
  playbooks = memoryPlaybookStore();
  edits = [];
  let made = 0;
  const deps = {
    drafts: memoryDraftStore(),
    playbooks,
    edits: { add: async ({ from, to }: { from: string; to: string }) => void edits.push({ from, to }) },
    confirming: nobodyInside(),
    renderMjml,
    failedTests,
    clock: { now: () => Date.parse("2026-11-21T10:00:00.000Z") },
    ids: {
      id: (prefix: string) => {
        made += 1;
        return `${prefix}_${String(made).padStart(4, "0")}`;
      },
    },
  };
  const findKey = async (hash: string) => {
    const [key] = Object.entries(NAMES).find(([text]) => hashKey(text) === hash) ?? ["other"];
    return { hash, kind: "secret", scopes: SCOPES, name: NAMES[key] ?? key } as const;
  };
  const route = router(operations, draftCalls(deps), {
    findKey,
    audit: { log: memoryAuditLog(), clock: deps.clock, ids: deps.ids },
  });
  call = async (called, given) => {
    try {
      const { status, json } = await route(requestOf(called, { key: "ann", ...given }));
      return { status, json };
    } catch (error) {
      const { status, code, message, extra } = Object(error);
      if (status === undefined) throw error;
      return { status, json: { code, message, ...extra } };
    }
  };
  live = await publishFiles(testFiles());
});

const begin = async (): Promise<string> => {
  const { json } = await call("POST /v1/drafts", { body: { name: "Winter" } });
  return (json as Shown).draftId;
};
const show = async (id: string): Promise<Shown> =>
  (await call("GET /v1/drafts/{id}", { params: { id } })).json as Shown;
const revisionOf = async (id: string, path: string): Promise<string | null> =>
  (await show(id)).files.find((file) => file.path === path)?.revision ?? null;
const save = (id: string, path: string, text: string | null, began: string | null, key = "ann") =>
  call("PUT /v1/drafts/{id}", { params: { id }, body: { files: [{ path, text, began }] }, key });
const act = (id: string, what: string, key = "ann", body?: unknown) =>
  call(`POST /v1/drafts/{id}/${what}`, { params: { id }, key, ...(body === undefined ? {} : { body }) });

const SEGMENTS = "segments.yaml";
const vip = (orders: number): string => `vip: customer.orders >= ${orders}\n`;

describe("a draft", () => {
  it("begins as the live version and holds what was changed, and nothing else", async () => {
    const id = await begin();
    expect(await show(id)).toMatchObject({ state: "open", base: live, changed: 0, live, people: 1 });
    const began = await revisionOf(id, SEGMENTS);
    expect(await save(id, SEGMENTS, vip(5), began)).toMatchObject({ status: 200, json: { changed: 1 } });
    const files = await call("GET /v1/drafts/{id}/files", { params: { id }, query: { path: SEGMENTS } });
    expect(files.json).toMatchObject({ files: { [SEGMENTS]: { text: vip(5), base: vip(3) } } });
    // Written back as it was, it is no change any more.
    const now = await revisionOf(id, SEGMENTS);
    expect(await save(id, SEGMENTS, vip(3), now)).toMatchObject({ json: { changed: 0 } });
    expect(await playbooks.current()).toBe(live);
  });

  it("takes files in and away", async () => {
    const id = await begin();
    await save(id, "notes.md", "Hello\n", null);
    await save(id, SEGMENTS, null, await revisionOf(id, SEGMENTS));
    const changes = (await show(id)).files.filter(({ change }) => change !== "none");
    expect(changes).toMatchObject([
      { path: "notes.md", change: "added" },
      { path: SEGMENTS, change: "removed", revision: null },
    ]);
  });

  it("tells the second of two editors who was first, and shows both changes put together", async () => {
    const id = await begin();
    const text = "vip: customer.orders >= 3\nold: customer.age > 60\n";
    await save(id, SEGMENTS, text, await revisionOf(id, SEGMENTS));
    const began = await revisionOf(id, SEGMENTS);
    await save(id, SEGMENTS, text.replace("60", "65"), began, "ben");
    const answer = await save(id, SEGMENTS, text.replace("3", "4"), began);
    const merged = "vip: customer.orders >= 4\nold: customer.age > 65\n";
    expect(answer).toMatchObject({
      status: 409,
      json: {
        code: "draft_moved",
        merges: [{ path: SEGMENTS, before: text, text: merged, conflicts: [], by: "keys", changedBy: "Ben" }],
      },
    });
    const over = (answer.json as { merges: { revision: string }[] }).merges[0]?.revision ?? null;
    expect((await save(id, SEGMENTS, merged, over)).status).toBe(200);
    // An answer that got lost: the same once more is no conflict.
    expect((await save(id, SEGMENTS, merged, over)).status).toBe(200);
  });

  it.each(["../x.yaml", "/etc/passwd", ".git/config", "a\u0000b", "a//b"])(
    "refuses the path %j",
    async (path) => {
      expect(await save(await begin(), path, "x", null)).toMatchObject({ status: 400 });
    },
  );

  it("is checked with what is not saved yet, by file, line and column", async () => {
    const id = await begin();
    const files = [{ path: SEGMENTS, text: "vip: customer.ordres >= 5\n" }];
    expect((await act(id, "check", "ann", { files })).json).toMatchObject({
      valid: false,
      errors: [{ file: SEGMENTS, line: 1, expected: expect.stringContaining("orders") }],
    });
    expect((await act(id, "check")).json).toMatchObject({ valid: true, errors: [] });
  });

  it("is not proposed while it is wrong", async () => {
    const id = await begin();
    await save(id, SEGMENTS, "vip: customer.ordres >= 5\n", await revisionOf(id, SEGMENTS));
    expect(await act(id, "propose")).toMatchObject({ status: 422, json: { code: "playbook_invalid" } });
    expect((await show(id)).state).toBe("open");
  });

  it("goes live as the very version that an upload of its files makes, and once", async () => {
    const id = await begin();
    await save(id, SEGMENTS, vip(5), await revisionOf(id, SEGMENTS));
    const version = playbookVersion(testFiles({ [SEGMENTS]: vip(5) }));
    expect((await act(id, "publish")).json).toEqual({ version, previous: live });
    expect(await playbooks.current()).toBe(version);
    expect(edits).toEqual([{ from: live, to: version }]);
    expect((await act(id, "publish")).json).toEqual({ version, previous: live });
    expect(await save(id, SEGMENTS, vip(6), null)).toMatchObject({ json: { code: "draft_published" } });
    const { json } = await call("GET /v1/drafts/{id}/files", { params: { id }, query: { path: SEGMENTS } });
    expect(json).toMatchObject({ files: { [SEGMENTS]: { text: vip(5) } } });
  });

  it("is put upon what went live since, and asks about what both changed", async () => {
    const [one, other] = [await begin(), await begin()];
    await save(one, SEGMENTS, vip(5), await revisionOf(one, SEGMENTS));
    await save(other, SEGMENTS, vip(7), await revisionOf(other, SEGMENTS));
    await save(other, "notes.md", "Mine\n", null);
    await act(one, "publish");
    const refused = await act(other, "publish");
    expect(refused).toMatchObject({
      status: 409,
      json: { code: "live_moved", merges: [{ path: SEGMENTS, yours: vip(7), theirs: vip(5) }] },
    });
    expect(await act(other, "take-live")).toMatchObject({ status: 409 });
    const resolved = { [SEGMENTS]: vip(7) };
    expect((await act(other, "take-live", "ann", { resolved })).json).toMatchObject({
      changed: 2,
      state: "open",
    });
    await act(other, "publish");
    const { files = {} } = (await playbooks.get((await playbooks.current()) ?? "")) ?? {};
    expect([files[SEGMENTS], files["notes.md"]]).toEqual([vip(7), "Mine\n"]);
  });
});

describe("a playbook that asks for two people", () => {
  const TWO = `${testFiles()["playbook.yaml"]}publishing: { people: 2 }\n`;

  it("goes live when another than the proposer has approved exactly what it says", async () => {
    await publishFiles(testFiles({ "playbook.yaml": TWO }));
    const id = await begin();
    await save(id, SEGMENTS, vip(5), await revisionOf(id, SEGMENTS));
    expect((await act(id, "publish")).json).toMatchObject({ code: "approval_needed" });
    expect((await act(id, "approve", "ben")).json).toMatchObject({ code: "approval_needed" });
    await act(id, "propose", "ann", { note: "Five orders" });
    expect((await act(id, "approve", "ann")).json).toMatchObject({ code: "approval_needed" });
    expect((await act(id, "approve", "ben")).json).toMatchObject({
      state: "approved",
      approval: { by: "Ben" },
    });
    // Whatever is changed afterwards is another proposal.
    await save(id, SEGMENTS, vip(6), await revisionOf(id, SEGMENTS));
    expect((await act(id, "publish")).json).toMatchObject({ code: "approval_needed" });
    await act(id, "propose");
    await act(id, "approve", "ben");
    expect((await act(id, "publish")).status).toBe(200);
  });

  it("cannot be rid of the rule by a draft that drops it", async () => {
    await publishFiles(testFiles({ "playbook.yaml": TWO }));
    const id = await begin();
    await save(
      id,
      "playbook.yaml",
      testFiles()["playbook.yaml"] ?? "",
      await revisionOf(id, "playbook.yaml"),
    );
    expect((await act(id, "publish")).json).toMatchObject({ code: "approval_needed" });
  });
});
