import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "#cli/run.ts";
import { startLocalCloud } from "#infra/local/cloud.ts";
import { readAccess } from "#infra/local/state/access.ts";
import { type MailServer, startMailServer } from "../support/served/mail-server.ts";
import { type ServedHub, startServed } from "../support/served/served-hub.ts";

const PUBLIC_URL = "https://go.tamarack-finch.test";
const folder = mkdtempSync(join(tmpdir(), "rapport-serve-"));
const state = join(folder, "state");

let mailServer: MailServer;
let hub: ServedHub;
let admin = "";
beforeAll(async () => {
  mailServer = await startMailServer();
  hub = await startServed({ state, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
  admin = hub.adminKey ?? "";
});
afterAll(async () => {
  await hub.stop("SIGTERM");
  await mailServer.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: object, authorization: string): Promise<Response> =>
  fetch(hub.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify(body),
  });
const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
const collect = (batch: readonly object[], key = hub.writeKey): Promise<Response> =>
  post("/v1/batch", { batch }, basic(key));
const get = (path: string, key = admin): Promise<Response> =>
  fetch(hub.url + path, { redirect: "manual", headers: { authorization: `Bearer ${key}` } });

/** Asks until the answer is as it should be; vitest's own time ends it. */
const until = async <T>(read: () => Promise<T> | T, done: (value: T) => boolean): Promise<T> => {
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url = ""]) => url.replaceAll("&amp;", "&"));

const KIM = [
  { type: "identify", userId: "kim", traits: { email: "kim@customer.test", firstName: "Kim" } },
  {
    type: "track",
    userId: "kim",
    event: "Consent Changed",
    properties: { channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" },
  },
  { type: "track", userId: "kim", event: "Signed Up" },
];

describe("npm run serve", () => {
  it("sends a mail whose links lead to its public address, where they work", async () => {
    expect((await collect(KIM)).status).toBe(200);
    await until(
      () => mailServer.mails.length,
      (count) => count > 0,
    );
    const [mail] = mailServer.mails;
    expect(mail).toMatchObject({ to: "kim@customer.test", subject: expect.stringContaining("Kim") });
    const own = linksIn(mail?.html ?? "").filter((url) => /\/[luop]\/[\w-]{20,}/.test(url));
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((url) => !url.startsWith(`${PUBLIC_URL}/`))).toEqual([]);
    const statuses = await Promise.all(
      own.map(async (url) => (await get(url.slice(PUBLIC_URL.length), "none")).status),
    );
    expect(statuses.every((status) => status === 200 || status === 302)).toBe(true);
  });

  it("has no /_local, and no key that everybody knows", async () => {
    for (const path of ["/_local", "/_local/", "/_local/outbox", "/_local/clock", "/_local/faults"]) {
      const answer = await get(path);
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        404,
        "application/problem+json",
      ]);
    }
    expect((await post("/_local/clock", { advance: "P3D" }, `Bearer ${admin}`)).status).toBe(404);
    expect((await get("/v1/profiles/userId:kim", "local-secret-key")).status).toBe(401);
    expect((await collect(KIM, "local-write-key")).status).toBe(401);
    expect((await get("/v1/profiles/userId:kim")).status).toBe(200);
  });

  it("lets nobody at its tables who has not its own credentials", async () => {
    const settings = { endpoint: hub.awsUrl, region: "us-east-1", maxAttempts: 1 };
    const anybody = { accessKeyId: "local", secretAccessKey: "local" };
    const asking = new DynamoDBClient({ ...settings, credentials: anybody }).send(new ListTablesCommand({}));
    await expect(asking).rejects.toMatchObject({ name: "InvalidSignatureException" });
    const { TableNames } = await new DynamoDBClient(readAccess(state)).send(new ListTablesCommand({}));
    expect(TableNames?.length).toBeGreaterThan(3);
    expect((statSync(join(state, "cloud.sqlite")).mode & 0o777).toString(8)).toBe("600");
  });

  it("says of a message that it cannot carry that it failed, and why", async () => {
    const answer = await post(
      "/v1/messages",
      { to: "phone:+4915112345678", category: "transactional", channel: "sms", content: { text: "hello" } },
      `Bearer ${admin}`,
    );
    const { messageId } = (await answer.json()) as { messageId: string };
    type Shown = { status: string; history: { reason?: string }[] };
    const shown = await until(
      async () => (await (await get(`/v1/messages/${messageId}`)).json()) as Shown,
      ({ status }) => status === "failed",
    );
    expect(shown.history.at(-1)?.reason).toBe("NotCarriedHere");
  });

  it("gets further keys from whoever may read its state", async () => {
    const lines: string[] = [];
    const terminal = { environment: {}, out: (line: string) => lines.push(line), error: () => {} };
    const asked = ["keys", "create", "--name", "app", "--kind", "write", "--state", state];
    expect(await runCli(asked, terminal)).toBe(0);
    expect((await collect([{ type: "track", userId: "kim", event: "Looked" }], lines[0])).status).toBe(200);
  });

  it("has its secrets rotated by whoever may read its state, and remembers it at its next start", async () => {
    const rotate = async (): Promise<readonly unknown[]> => {
      const lines: string[] = [];
      const say = (line: string) => lines.push(line);
      const code = await runCli(["keys", "rotate", "identifier", "--state", state], {
        environment: {},
        out: say,
        error: say,
      });
      return [code, lines[0]];
    };
    expect(await rotate()).toEqual([0, expect.stringContaining("identifier key: version 2, used from")]);
    await hub.stop("SIGTERM");
    hub = await startServed({ state, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
    expect(await rotate()).toEqual([1, expect.stringContaining("version 2 counts from")]);
    expect((await get("/v1/profiles/userId:kim")).status).toBe(200);
  });

  it("says what it has not, and shows the administrator's key once", async () => {
    const lacks = hub.said().slice(hub.said().indexOf("What it has not, against AWS"));
    for (const what of ["a second machine", "backups", "text messages and push", "bounces and complaints"]) {
      expect(lacks).toContain(what);
    }
    expect(admin).toMatch(/^sk_[\w-]{43}$/);
    const before = hub.writeKey;
    await hub.stop("SIGTERM");
    hub = await startServed({ state, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
    expect([hub.writeKey, hub.adminKey]).toEqual([before, null]);
    expect((await get("/v1/profiles/userId:kim")).status).toBe(200);
    expect(hub.said()).not.toContain(admin);
  });

  it("keeps its state to itself while it runs, and from npm start for ever", async () => {
    const again = startServed({ state, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
    await expect(again).rejects.toThrow(`another hub runs on ${state}`);
    await hub.stop("SIGTERM");
    const trial = startLocalCloud({ assembly: "none", port: 0, stateDirectory: state });
    await expect(trial).rejects.toThrow("this state was made by npm run serve");
  });

  it("does not serve from a state whose keys everybody knows", async () => {
    const tried = join(folder, "tried");
    // The assembly is read after the state was taken: this start leaves nothing but its mark.
    await expect(startLocalCloud({ assembly: "none", port: 0, stateDirectory: tried })).rejects.toThrow();
    const serving = startServed({ state: tried, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
    await expect(serving).rejects.toThrow("this state was made by npm start, and everybody knows its keys");
  });
});
