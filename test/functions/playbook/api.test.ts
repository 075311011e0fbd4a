import { strToU8, zipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { memoryDraftStore } from "#adapters/memory/draft-store.ts";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { newDraft } from "#domain/draft/draft.ts";
import { operations } from "#functions/playbook/api/operations.ts";
import { playbookCalls } from "#functions/playbook/api/playbooks.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { HttpResponse } from "#runtime/http/http-handler.ts";
import { failedTests } from "#runtime/rehearsal/required.ts";
import { callerOf, requestOf } from "../../support/handlers/requests.ts";
import { nobodyInside } from "../../support/journeys/nobody.ts";
import { testFiles } from "../../support/playbook/files.ts";

let store: PlaybookStore;
let now: number;
beforeEach(() => {
  store = memoryPlaybookStore();
  now = Date.parse("2026-11-21T10:00:00.000Z");
});

const drafts = memoryDraftStore();
const calls = () =>
  playbookCalls({
    store,
    drafts,
    edits: { add: async () => {} },
    confirming: nobodyInside(),
    clock: { now: () => now },
    renderMjml,
    failedTests,
  });
const call: ReturnType<typeof callerOf<typeof operations>> = (route, given) =>
  callerOf(operations, calls())(route, given);
const upload = (files: Record<string, string>) => call("POST /v1/playbooks", { body: { files } });
const versionOf = ({ json }: HttpResponse): string => (json as { version: string }).version;
const zipOf = (files: Record<string, string>) =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
  );

const shop = (name: string) =>
  testFiles({ "playbook.yaml": testFiles()["playbook.yaml"]?.replace("name: test", `name: ${name}`) ?? "" });

describe("uploading a playbook", () => {
  it("keeps valid files and answers 201 with version and warnings", async () => {
    const answer = await upload(testFiles({ "templates/extra/sms.txt": "nobody uses me" }));
    expect(answer).toMatchObject({
      status: 201,
      json: { version: expect.stringMatching(/^pb_[0-9a-f]{26}$/) },
    });
    expect(answer.json).toMatchObject({
      warnings: expect.arrayContaining([
        expect.objectContaining({ code: "unused-template", file: "templates/extra/sms.txt" }),
      ]),
    });
    expect(await store.current()).toBeNull();
  });

  it("gives the same version for the same files, in JSON, zip, and zip of a folder", async () => {
    const json = await upload(testFiles());
    const zip = await call("POST /v1/playbooks", { body: zipOf(testFiles()) });
    const inFolder = Object.fromEntries(
      Object.entries(testFiles()).map(([path, text]) => [`shop/${path}`, text]),
    );
    const folder = await call("POST /v1/playbooks", {
      body: zipOf({ ...inFolder, "__MACOSX/shop/._x": "" }),
    });
    expect(versionOf(zip)).toBe(versionOf(json));
    expect(versionOf(folder)).toBe(versionOf(json));
  });

  it("answers 422 with file, line, column, code, message and what was expected; nothing is kept", async () => {
    const files = testFiles({ "segments.yaml": "vip: customer.ordres >= 3\n" });
    await expect(upload(files)).rejects.toMatchObject({
      code: "playbook_invalid",
      status: 422,
      extra: {
        errors: [
          {
            severity: "error",
            file: "segments.yaml",
            line: 1,
            column: 15,
            code: "feel-unknown-entry",
            message: expect.stringContaining("ordres"),
            expected: expect.stringContaining('did you mean "orders"?'),
          },
        ],
      },
    });
    expect((await store.list({ limit: 10 })).items).toEqual([]);
  });

  it("keeps a playbook out whose own tests do not hold, where it asks for that", async () => {
    const files = (asks: boolean) =>
      testFiles({
        "playbook.yaml": `${testFiles()["playbook.yaml"]}requireTests: ${asks}\n`,
        "tests/shop.yaml": "- it: welcomes\n  when: [{ track: Signed Up }]\n  then: [{ message: welcome }]\n",
      });
    const refused = await upload(files(true)).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "playbook_invalid",
      extra: { errors: [{ code: "test-failed", file: "tests/shop.yaml", line: 3 }] },
    });
    expect((await store.list({ limit: 5 })).items).toEqual([]);
    expect((await upload(files(false))).status).toBe(201);
  });

  it("leaves the live version alone when the next one is invalid", async () => {
    const version = versionOf(await upload(testFiles()));
    await call("POST /v1/playbooks/{version}/publish", { params: { version } });
    await expect(upload(testFiles({ "triggers.yaml": "x: {}\n" }))).rejects.toThrow();
    expect(await store.current()).toBe(version);
  });

  it("renders MJML to HTML", async () => {
    const mjml =
      "---\nsubject: Hi\n---\n<mjml><mj-body><mj-section><mj-column><mj-text>Hi {{ customer.firstName }}</mj-text></mj-column></mj-section></mj-body></mjml>";
    const answer = await upload(
      testFiles({ "templates/welcome/email.html": null, "templates/welcome/email.mjml": mjml }),
    );
    const document = JSON.parse((await store.document(versionOf(answer))) ?? "");
    expect(document.templates["welcome/email"].en.html).toMatch(
      /<table[\s\S]*Hi \{\{ customer\.firstName \}\}/,
    );
  });

  it.each([
    ["no files member", { body: {} }],
    ["a file that is no text", { body: { files: { "playbook.yaml": 1 } } }],
    ["a path that leads outside", { body: { files: { "../playbook.yaml": "" } } }],
    ["an absolute path", { body: { files: { "/etc/passwd": "" } } }],
    ["a broken zip", { body: Buffer.from("PK\u0003\u0004 this is none") }],
    [
      "a zip whose texts are no UTF-8",
      { body: Buffer.from(zipSync({ "playbook.yaml": new Uint8Array([0xff, 0xfe]) })) },
    ],
  ])("refuses %s with 400", async (_what, request) => {
    await expect(call("POST /v1/playbooks", request)).rejects.toMatchObject({ status: 400 });
  });

  it("refuses a zip bomb without unpacking it", async () => {
    const bomb = zipSync({ "playbook.yaml": new Uint8Array(20 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(30_000);
    await expect(call("POST /v1/playbooks", { body: Buffer.from(bomb) })).rejects.toMatchObject({
      status: 400,
    });
  });

  it("refuses a zip with more files than a playbook may have", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`actions/a${index}.yaml`, ""]),
    );
    await expect(call("POST /v1/playbooks", { body: zipOf(many) })).rejects.toMatchObject({ status: 400 });
  });
});

describe("publishing", () => {
  it("makes a version live and tells which was before; publishing the older one rolls back", async () => {
    const first = versionOf(await upload(shop("first")));
    const second = versionOf(await upload(shop("second")));
    const publish = async (version: string) =>
      (await call("POST /v1/playbooks/{version}/publish", { params: { version } })).json;
    expect(await publish(first)).toEqual({ version: first, previous: null });
    expect(await publish(second)).toEqual({ version: second, previous: first });
    expect(await publish(first)).toEqual({ version: first, previous: second });
    expect(await store.current()).toBe(first);
  });

  it("answers 404 for a version that was never uploaded", async () => {
    const request = call("POST /v1/playbooks/{version}/publish", { params: { version: "pb_none" } });
    await expect(request).rejects.toMatchObject({ status: 404 });
  });

  it("refuses a stored version that this release cannot run", async () => {
    const createdAt = new Date(now).toISOString();
    await store.put({ version: "pb_old", name: "old", createdAt, files: {}, document: '{"name":"old"}' });
    const request = call("POST /v1/playbooks/{version}/publish", { params: { version: "pb_old" } });
    await expect(request).rejects.toMatchObject({ status: 422 });
    expect(await store.current()).toBeNull();
  });
});

describe("reading", () => {
  it("lists versions, newest first, and marks the published one", async () => {
    const first = versionOf(await upload(shop("first")));
    now += 60_000;
    const second = versionOf(await upload(shop("second")));
    await call("POST /v1/playbooks/{version}/publish", { params: { version: first } });
    expect((await call("GET /v1/playbooks")).json).toEqual({
      items: [
        { version: second, name: "second", createdAt: "2026-11-21T10:01:00.000Z", published: false },
        { version: first, name: "first", createdAt: "2026-11-21T10:00:00.000Z", published: true },
      ],
      cursor: null,
    });
  });

  it("gives the files exactly as uploaded, by version and as current", async () => {
    const version = versionOf(await upload(testFiles()));
    const byVersion = await call("GET /v1/playbooks/{version}", { params: { version } });
    expect(byVersion.json).toMatchObject({ version, name: "test", published: false, files: testFiles() });
    await expect(
      call("GET /v1/playbooks/{version}", { params: { version: "current" } }),
    ).rejects.toMatchObject({
      status: 404,
    });
    await call("POST /v1/playbooks/{version}/publish", { params: { version } });
    const current = await call("GET /v1/playbooks/{version}", { params: { version: "current" } });
    expect(current.json).toMatchObject({ version, published: true });
  });

  it.each([{ limit: "0" }, { limit: "101" }, { limit: "x" }, { cursor: "nonsense" }])(
    "refuses %j with 400",
    async (query) => {
      await expect(call("GET /v1/playbooks", { query })).rejects.toMatchObject({ status: 400 });
    },
  );
});

describe("a playbook that asks for two people", () => {
  const person: Caller = { kind: "person", id: "p", roles: ["admin"], hash: "h", name: "person:p", until: 0 };
  const publishAs = (caller: Caller, version: string) => {
    const request = { ...requestOf("POST /v1/playbooks/{version}/publish", { params: { version } }), caller };
    return calls().publishPlaybook({ ...request, params: { version }, body: {} });
  };

  it("lets nobody in the console publish what no other has approved, and a key what was reviewed elsewhere", async () => {
    const asking = `${testFiles()["playbook.yaml"]}publishing: { people: 2 }\n`;
    const first = versionOf(await upload(testFiles({ "playbook.yaml": asking })));
    const second = versionOf(await upload(testFiles()));
    await store.publish(first, "2026-11-21T10:00:00.000Z");
    await expect(publishAs(person, second)).rejects.toMatchObject({ code: "approval_needed" });
    expect(await store.current()).toBe(first);

    const act = { by: { id: "a", name: "ann" }, at: "2026-11-21T10:00:00.000Z" };
    const draft = newDraft({ draftId: "dft_1", name: "Words", base: first }, act);
    const approved = {
      ...draft,
      state: "approved" as const,
      proposal: { ...act, version: second },
      approval: act,
    };
    await drafts.save(approved, { added: {}, dropped: [] });
    expect((await publishAs(person, second)).status).toBe(200);
    const key: Caller = { kind: "secret", hash: "k", scopes: ["playbooks:write"], name: "pipeline" };
    expect((await publishAs(key, first)).status).toBe(200);
  });
});
