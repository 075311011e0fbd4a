import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli } from "#cli/run.ts";
import { type MailServer, startMailServer } from "../support/served/mail-server.ts";
import { type ServedHub, startServed } from "../support/served/served-hub.ts";

vi.setConfig({ hookTimeout: 300_000, testTimeout: 120_000 });

const PUBLIC_URL = "https://go.tamarack-finch.test";
const PEOPLE = 200;
const folder = mkdtempSync(join(tmpdir(), "rapport-restore-"));
const at = (name: string): string => join(folder, name);

let mailServer: MailServer;
let admin = "";
let hub: ServedHub;

const start = (state: string): Promise<ServedHub> =>
  startServed({ state, smtpUrl: mailServer.url, publicUrl: PUBLIC_URL });
const command = async (...args: readonly string[]): Promise<string> => {
  const lines: string[] = [];
  const line = (text: string): void => {
    lines.push(text);
  };
  const code = await runCli(args, { environment: {}, out: line, error: line });
  if (code !== 0) throw new Error(lines.join("\n"));
  return lines.join("\n");
};
const call = (path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(hub.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${admin}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 50));
};

/** One mail a person: every other one orders (a receipt), the rest say yes and register (a welcome, which is marketing). */
const eventsOf = (name: string): readonly object[] => {
  const who = { type: "identify", userId: name, traits: { email: `${name}@customer.test`, firstName: name } };
  const does = (event: string, properties: object = {}) => ({
    type: "track",
    userId: name,
    messageId: `${name}: ${event}`,
    event,
    properties,
  });
  if (/[13579]$/.test(name)) {
    const order = { order_id: `order-${name}`, total: 20, currency: "EUR", products: [] };
    return [who, does("Order Completed", order)];
  }
  const yes = { channel: "email", topic: "marketing", status: "granted", kind: "express", source: "form" };
  return [who, does("Consent Changed", yes), does("Signed Up")];
};
const collect = async (names: readonly string[]): Promise<void> => {
  const answer = await call("/v1/batch", { batch: names.flatMap(eventsOf) });
  if (answer.status !== 200) throw new Error(`collect answered ${answer.status}`);
};
const askedFor = (name: string): Promise<Response> =>
  call(
    "/v1/messages",
    {
      to: `email:${name}@customer.test`,
      category: "transactional",
      channel: "email",
      content: { subject: `asked for by ${name}`, text: "hello" },
    },
    { "idempotency-key": `asked-${name}` },
  );

type Message = { readonly messageId: string; readonly status: string };
/** The messages of a person, as the hub has them; none for whom it does not know. */
const messagesOf = async (name: string): Promise<readonly Message[]> => {
  const answer = await call(`/v1/profiles/userId:${name}/timeline`);
  if (answer.status === 404) return [];
  const { items } = (await answer.json()) as { items: readonly (Message & { readonly kind: string })[] };
  return items.filter(({ kind }) => kind === "message");
};
const isOnItsWay = ({ status }: Message): boolean => status === "requested" || status === "sending";

const isSent = ({ status }: Message): boolean => status === "sent";

const PERSONS = Array.from({ length: PEOPLE }, (_, n) => `person-${n}`);
/** Resolves once nothing is on its way to these people. Who is through is not asked about again. */
const allThrough = async (people: readonly string[]): Promise<void> => {
  let waiting = people;
  await until(async () => {
    const all = await Promise.all(waiting.map(messagesOf));
    waiting = waiting.filter((_, index) => all[index]?.some(isOnItsWay));
    return waiting.length === 0;
  });
};
/** Mails that arrived more than once, each as who got what. */
const doubles = (): readonly string[] => {
  const seen = mailServer.mails.map(({ to, subject }) => `${to}: ${subject}`);
  return seen.filter((mail, index) => seen.indexOf(mail) !== index);
};

beforeAll(async () => {
  // It takes its time, so that a backup finds mails before, at and after it.
  mailServer = await startMailServer(40);
  hub = await start(at("first"));
  admin = hub.adminKey ?? "";
  const halves = [PERSONS.slice(0, PEOPLE / 2), PERSONS.slice(PEOPLE / 2)];
  await collect(halves[0] ?? []);
  await askedFor("early");
  // A mail that arrived may be without record yet: the backup has to find some of both.
  const first = PERSONS.slice(0, 10);
  await until(async () => (await Promise.all(first.map(messagesOf))).flat().some(isSent));
  const load = collect(halves[1] ?? []);
  await command("backup", at("early"), "--state", at("first"));
  await load;
  await until(() => mailServer.mails.length >= PEOPLE * 0.7);
  await command("backup", at("late"), "--state", at("first"));
  // The first hub lives on after its backups, and sends all that it owes, before its machine dies.
  await until(() => mailServer.mails.length >= PEOPLE + 1);
  await hub.stop("SIGKILL");
});
afterAll(async () => {
  await hub.stop("SIGKILL");
  await mailServer.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["early", "late"])(
  "a hub restored elsewhere from a backup that was taken %s under load",
  (when) => {
    let before = 0;
    beforeAll(async () => {
      before = mailServer.mails.length;
      await command("restore", at(when), "--state", at(`second-${when}`));
      hub = await start(at(`second-${when}`));
    });

    it("sends nothing that the first one has sent", async () => {
      await allThrough(PERSONS);
      expect([mailServer.mails.length, doubles()]).toEqual([before, []]);
    });

    it("has what was sent by then as sent, and says of the rest that nobody knows, and why", async () => {
      const messages = (await Promise.all(PERSONS.map(messagesOf))).flat();
      const statuses = new Set(messages.map(({ status }) => status));
      expect(statuses).toEqual(new Set(["sent", "uncertain"]));
      const uncertain = messages.find(({ status }) => status === "uncertain");
      const shown = (await (await call(`/v1/messages/${uncertain?.messageId}`)).json()) as {
        history: { reason?: string }[];
      };
      expect(shown.history.at(-1)?.reason).toMatch(
        /^restored from a backup of \S+: may have been sent since$/,
      );
    });

    it("names what it holds back, beside its state", async () => {
      const state = at(`second-${when}`);
      const [list = ""] = readdirSync(state).filter((name) => name.startsWith("held-back-"));
      const ids = readFileSync(join(state, list), "utf8").trim().split("\n");
      const messages = (await Promise.all([...PERSONS, "early"].map(messagesOf))).flat();
      const uncertain = messages
        .filter(({ status }) => status === "uncertain")
        .map(({ messageId }) => messageId);
      expect(uncertain.every((id) => ids.includes(id))).toBe(true);
      expect(hub.said()).toContain(`${ids.length} messages that may have been sent since are uncertain`);
    });

    it("does nothing again that is asked again", async () => {
      await collect(PERSONS.slice(0, 10));
      expect((await askedFor("early")).status).toBe(202);
      await collect([`late-${when}`]);
      await until(() => mailServer.mails.length > before);
      expect(mailServer.mails.slice(before).map(({ to }) => to)).toEqual([`late-${when}@customer.test`]);
      expect(doubles()).toEqual([]);
    });

    it("holds nothing back at its next start", async () => {
      await hub.stop("SIGTERM");
      hub = await start(at(`second-${when}`));
      expect(hub.said()).not.toContain("uncertain");
      await hub.stop("SIGTERM");
    });
  },
);

describe("a hub that was stopped, backed up and moved", () => {
  it("goes on where it was, and sends what it still owes", async () => {
    hub = await start(at("home"));
    admin = hub.adminKey ?? "";
    const owed = mailServer.mails.length;
    await collect(PERSONS.slice(0, 30).map((name) => `moving-${name}`));
    await until(() => mailServer.mails.length >= owed + 5);
    await hub.stop("SIGTERM");
    await command("backup", at("box"), "--state", at("home"));
    await command("restore", at("box"), "--state", at("new-home"), "--moved");
    hub = await start(at("new-home"));
    await until(() => mailServer.mails.length >= owed + 30);
    await allThrough(PERSONS.slice(0, 30).map((name) => `moving-${name}`));
    // Stopped in good order: nothing was between the mail server and its record.
    expect([mailServer.mails.length - owed, doubles()]).toEqual([30, []]);
  });
});
