import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memoryDraftStore } from "#adapters/memory/draft-store.ts";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { runCli } from "#cli/run.ts";
import { operations } from "#functions/playbook/api/operations.ts";
import { playbookCalls } from "#functions/playbook/api/playbooks.ts";
import { grantAccess } from "#infra/local/state/access.ts";
import { openState } from "#infra/local/state/database.ts";
import { createSettings } from "#infra/local/state/settings.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import { asRapportError } from "#runtime/errors.ts";
import { toProblem } from "#runtime/http/http-response.ts";
import { failedTests } from "#runtime/rehearsal/required.ts";
import { callerOf } from "../support/handlers/requests.ts";
import { nobodyInside } from "../support/journeys/nobody.ts";
import { testFiles } from "../support/playbook/files.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

let output: string[];
let errors: string[];
let folder: string;
beforeEach(() => {
  output = [];
  errors = [];
});
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rapport-cli-"));
  cpSync(join(PROJECT_ROOT, "playbooks/retail"), join(folder, "good"), { recursive: true });
  cpSync(join(PROJECT_ROOT, "playbooks/retail"), join(folder, "bad"), { recursive: true });
  writeFileSync(join(folder, "bad/segments.yaml"), "vip: customer.ordres > 3\n");
  cpSync(join(folder, "good"), join(folder, "bytes"), { recursive: true });
  writeFileSync(join(folder, "bytes/triggers.yaml"), new Uint8Array([0xff, 0xfe, 0x00]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], environment: Record<string, string> = {}): Promise<number> =>
  runCli(args, { environment, out: (line) => output.push(line), error: (line) => errors.push(line) });

describe("rapport validate", () => {
  it("says that the retail playbook is valid", async () => {
    expect(await run(["validate", join(folder, "good")])).toBe(0);
    expect(output.join("\n")).toMatch(/^pb_[0-9a-f]{26} is valid: \d+ actions/m);
  });

  it("warns of channels that send and are not deployed, at their place", async () => {
    expect(await run(["validate", join(folder, "good")], { RAPPORT_CHANNELS: "email, push, chat" })).toBe(0);
    const warned = [...output, ...errors].filter((line) => line.includes("is not deployed"));
    expect(warned).toEqual([
      expect.stringMatching(/playbook\.yaml:\d+:\d+.*sms is not deployed/),
      expect.stringMatching(/playbook\.yaml:\d+:\d+.*whatsapp is not deployed/),
    ]);
  });

  it("says in how many parts each text message is sent, and which letters make them more", async () => {
    cpSync(join(folder, "good"), join(folder, "texts"), { recursive: true });
    const template = join(folder, "texts/templates/cart-reminder/sms.txt");
    writeFileSync(template, `Ćwierć {{ event.url }} “x” ${"a".repeat(70)}`);
    expect(await run(["validate", join(folder, "texts")])).toBe(0);
    expect(output).toContain(
      "cart-reminder (sms, en): 2 parts of UCS-2 for Ć ć “ ”, 82 characters without what data brings",
    );
    expect(output.join("\n")).toMatch(/^cart-reminder \(sms, de\): 1 part of GSM-7, \d+ characters/m);
  });

  it("names file, line and column of a mistake, what was expected, and ends with 1", async () => {
    expect(await run(["validate", join(folder, "bad")])).toBe(1);
    expect(errors.join("\n")).toContain(`${folder}/bad/segments.yaml:1:15  error`);
    expect(errors.join("\n")).toContain('expected: did you mean "orders"?');
  });

  it.each([
    [["validate"], 2],
    [["validate", "/nowhere"], 1],
    [["frobnicate"], 2],
    [["constructor"], 2],
    [["keys"], 2],
    [["keys", "frobnicate"], 2],
    [["keys", "retire", "link"], 2],
    [["validate", "a", "b"], 2],
    [["validate", "a", "--colour"], 2],
    [[], 2],
    [["--help"], 0],
  ])("ends %j with %i", async (args, code) => {
    expect(await run(args)).toBe(code);
  });

  it("names the file that is no text", async () => {
    expect(await run(["validate", join(folder, "bytes")])).toBe(1);
    expect(errors.join("\n")).toContain("triggers.yaml is no text in UTF-8");
  });

  it("runs from the command's own file", () => {
    const program = join(PROJECT_ROOT, "cli/rapport.mjs");
    const { status, stdout } = spawnSync(process.execPath, [program, "validate", join(folder, "good")]);
    expect({ status, stdout: stdout.toString() }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("is valid"),
    });
  });
});

describe("rapport push, publish and list", () => {
  let server: Server;
  let store: PlaybookStore;
  let url: string;
  const seenKeys: (string | undefined)[] = [];
  beforeEach(async () => {
    store = memoryPlaybookStore();
    const calls = playbookCalls({
      store,
      drafts: memoryDraftStore(),
      edits: { add: async () => {} },
      confirming: nobodyInside(),
      clock: { now: () => 1_795_000_000_000 },
      renderMjml,
      failedTests,
    });
    const call = callerOf(operations, calls);
    server = createServer(async (request, response) => {
      seenKeys.push(request.headers.authorization);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://hub");
      const [, , , version, verb] = pathname.split("/");
      const path = ["/v1/playbooks", version && "/{version}", verb && `/${verb}`].filter(Boolean).join("");
      const route = Object.values(operations).find((one) => one.route === `${request.method} ${path}`)?.route;
      if (route === undefined) throw new Error(`the hub has no ${request.method} ${path}`);
      const result = await call(route, {
        params: version ? { version } : {},
        query: Object.fromEntries(searchParams),
        body: Buffer.concat(chunks),
      }).then(
        ({ status, json }) => ({ statusCode: status, body: JSON.stringify(json) }),
        (error: unknown) => toProblem(asRapportError(error)),
      );
      response.writeHead(result.statusCode).end(result.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return () => new Promise((resolve) => server.close(resolve));
  });

  it("uploads a folder and makes it live", async () => {
    expect(await run(["push", join(folder, "good"), "--publish", "--url", url, "--key", "sk_1"])).toBe(0);
    expect(await store.current()).toMatch(/^pb_/);
    expect(output.join("\n")).toContain("is live within 5 seconds");
    expect(seenKeys.at(-1)).toBe("Bearer sk_1");
  });

  it("only keeps it without --publish, and says how to go on", async () => {
    expect(await run(["push", join(folder, "good")], { RAPPORT_URL: url })).toBe(0);
    expect(await store.current()).toBeNull();
    expect(output.join("\n")).toMatch(/make it live with: rapport publish pb_/);
  });

  it("shows what the hub refuses, with 1, and nothing changes", async () => {
    expect(await run(["push", join(folder, "bad"), "--publish", "--url", url])).toBe(1);
    expect(errors.join("\n")).toContain("segments.yaml:1:15");
    expect(await store.current()).toBeNull();
  });

  it("lists every version over all pages and marks the live one", async () => {
    for (let index = 0; index < 101; index += 1) {
      const version = `pb_${String(index).padStart(26, "0")}`;
      const createdAt = new Date(1_795_000_000_000 + index).toISOString();
      await store.put({ version, name: "shop", createdAt, files: testFiles(), document: "{}" });
    }
    await store.publish(`pb_${"0".repeat(26)}`, "2026-11-21T10:00:00.000Z");
    expect(await run(["list", "--url", url])).toBe(0);
    expect(output).toHaveLength(101);
    expect(output.at(-1)).toMatch(/^pb_0{26} .* live$/);
  });

  it("tells the hub's own words for an unknown version", async () => {
    expect(await run(["publish", "pb_none", "--url", url])).toBe(1);
    expect(errors.join("\n")).toContain("there is no such playbook version (not_found)");
  });

  it("says where nothing answers", async () => {
    expect(await run(["list", "--url", "http://127.0.0.1:1"])).toBe(1);
    expect(errors.join("\n")).toContain("nothing answers at http://127.0.0.1:1");
  });

  it("asks for a key when the hub is not on this machine", async () => {
    expect(await run(["list", "--url", "https://hub.example"])).toBe(1);
    expect(errors.join("\n")).toContain("a key is needed");
  });
});

describe("rapport backup and restore", () => {
  it("copy the state of a hub into a file, and the file into an empty folder", async () => {
    const state = openState(join(folder, "hub"));
    createSettings(state).set("value", "kept");
    await state.committed();
    const file = join(folder, "hub.backup");
    expect(await run(["backup", file, "--state", join(folder, "hub")])).toBe(0);
    state.close();
    expect(output.join("\n")).toMatch(
      /hub.backup holds .*hub as it was at .*Z, at work\nkeep it as you keep your customers' data/,
    );
    expect(await run(["restore", file], { RAPPORT_STATE_DIR: join(folder, "copy") })).toBe(0);
    expect(output.join("\n")).toMatch(
      /start it with: npm run serve -- --state .*copy\n.*held back as uncertain/,
    );
    expect(await run(["restore", file, "--state", join(folder, "copy")])).toBe(1);
    expect(errors.join("\n")).toContain("holds a hub's state already");
  });

  it.each([
    [["backup"], 2, "Say a file too"],
    [["restore"], 2, "Say a file too"],
    [["backup", "/nowhere/file", "--state", "/nowhere"], 1, "there is no hub's state in /nowhere"],
    [["restore", "/nowhere/file", "--state", "/nowhere"], 1, "there is no file /nowhere/file"],
  ])("%j says what is wrong", async (args, code, words) => {
    expect([await run(args), errors.join("\n")]).toEqual([code, expect.stringContaining(words)]);
  });
});

describe("rapport keys create", () => {
  it("says when no hub is there to keep it", async () => {
    const asked = ["keys", "create", "--name", "x", "--kind", "write", "--state"];
    expect(await run([...asked, join(folder, "nowhere")])).toBe(1);
    const state = openState(join(folder, "stopped"));
    grantAccess(createSettings(state), "http://127.0.0.1:1", "us-east-1");
    state.close();
    expect(await run([...asked, join(folder, "stopped")])).toBe(1);
    expect(errors.join("\n")).toMatch(/there is no hub's state in .*nowhere.*\n.*does the hub run/);
  });
});
