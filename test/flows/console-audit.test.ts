import { beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import { MASKED } from "#domain/customer/personal-text.ts";
import type { Role } from "#runtime/http/roles.ts";
import { type ConsolePerson, logInAs } from "../support/console/log-in.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { RETAIL_FOLDER } from "../support/playbook/retail.ts";

const MAIL = "kim.kowalski@example.com";
const PHONE = "+491701234567";

let hub: Hub;
const people = new Map<Role, ConsolePerson>();
const as = (role: Role): ConsolePerson["call"] => {
  const person = people.get(role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  return person.call;
};

beforeAll(async () => {
  const { url } = await startTestCloud();
  hub = hubAt(url);
  await hub.tell("identify", { userId: "kim", traits: { email: MAIL, phone: PHONE, firstName: "Kim" } });
  await hub.tell("track", consentTo("email", "kim"));
  await hub.tell("track", { userId: "kim", event: "Signed Up", properties: { typed: MAIL, at: "the till" } });
  await hub.settle();
  for (const role of ["marketer", "editor", "agent", "privacy", "admin"] as const)
    people.set(role, await logInAs(url, role));
});

const REF = "/v1/profiles/userId%3Akim";
/** A template that writes an address so that nobody knows it again. */
const SPELLED =
  "{% assign parts = customer.email | split: '' %}{{ parts | join: '-' }} {{ customer.firstName }}";
const spelled = [...MAIL].join("-");

describe("addresses of customers", () => {
  it.each(["marketer", "editor", "admin"] as const)(
    "are masked in all that %s reads of somebody, and all else is there",
    async (role) => {
      for (const path of [REF, `/v1/profiles?ref=email:${MAIL}`, `${REF}/timeline`]) {
        const { status, body } = await as(role)("GET", path);
        expect(status, path).toBe(200);
        const text = JSON.stringify(body);
        expect(text).toContain(MASKED);
        expect(text).not.toContain("kowalski");
        expect(text).not.toContain("1234567");
        expect(text).toContain(path.includes("timeline") ? "the till" : '"firstName":"Kim"');
      }
    },
  );

  it.each(["agent", "privacy"] as const)("are shown to %s", async (role) => {
    expect(JSON.stringify((await as(role)("GET", REF)).body)).toContain(MAIL);
  });

  it("are shown to a key, as they ever were", async () => {
    expect(JSON.stringify(await hub.profile("userId:kim"))).toContain(MAIL);
  });

  it("are not had by a template either, however it writes them", async () => {
    const files = readFolder(RETAIL_FOLDER);
    const path = Object.keys(files).find((one) => one.endsWith("/sms.txt")) ?? "";
    const begun = await as("editor")("POST", "/v1/drafts", { name: "looking" });
    const draft = String(Reflect.get(Object(begun.body), "draftId"));
    const [, treatment = ""] = /templates\/([^/]+)\//.exec(path) ?? [];
    const wish = { draft, unsaved: { [path]: SPELLED }, treatment, channel: "sms", customer: "userId:kim" };
    const seen = await as("editor")("POST", "/v1/renders", wish);
    expect(seen.status, JSON.stringify(seen.body)).toBe(200);
    expect(JSON.stringify(seen.body)).not.toContain(spelled);
    expect(JSON.stringify(seen.body)).not.toContain("kowalski");
    expect(JSON.stringify(seen.body)).toContain("Kim");
    const shown = await as("agent")("POST", "/v1/renders", wish);
    expect(JSON.stringify(shown.body)).toContain(spelled);
  });

  it("are revealed to an admin who asks, and the audit log says to whom and whose, and not which", async () => {
    const { customerId } = await hub.profile("userId:kim");
    expect((await as("marketer")("POST", `${REF}/reveal`)).status).toBe(403);
    const revealed = await as("admin")("POST", `/v1/profiles/email%3A${encodeURIComponent(MAIL)}/reveal`);
    expect(JSON.stringify(revealed.body)).toContain(MAIL);
    const { body } = await as("privacy")("GET", "/v1/audit?limit=1");
    const me = await as("admin")("GET", "/console/session");
    expect(body).toMatchObject({
      items: [
        {
          actor: { kind: "person", id: Reflect.get(Object(me.body), "personId") },
          call: "revealProfile",
          target: customerId,
          state: "done",
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain("kowalski");
  });
});

describe("what a customer told somebody", () => {
  const tell = (role: Role, body: object, ref = "userId%3Akim") =>
    as(role)("POST", `/v1/profiles/${ref}/consent`, body);
  const no = { channel: "email", topic: "marketing", status: "withdrawn", reason: "phone" };
  const consentIn = (body: unknown): readonly unknown[] => Reflect.get(Object(body), "consent") ?? [];

  it("holds at once, stands in the timeline, and the audit log says how it was told and no word more", async () => {
    const text = "May we write to Kim Kowalski?";
    const yes = await tell("agent", { ...no, status: "granted", reason: "in-person", text });
    expect(yes.status, JSON.stringify(yes.body)).toBe(200);
    expect(consentIn(yes.body)).toContainEqual(
      expect.objectContaining({
        topic: "marketing",
        status: "granted",
        kind: "express",
        source: "in-person",
        text,
      }),
    );
    const withdrawn = await tell("privacy", { ...no, channel: "Email" });
    const now = { channel: "email", topic: "marketing", status: "withdrawn", source: "phone" };
    expect(consentIn(withdrawn.body)).toContainEqual(expect.objectContaining(now));
    expect((await hub.profile("userId:kim")).consent).toContainEqual(expect.objectContaining(now));
    await hub.settle();
    const told = (await hub.timeline("userId:kim")).filter(({ name }) => name === "Consent Changed");
    expect(told.slice(0, 2).map(({ properties }) => properties)).toMatchObject([
      now,
      { status: "granted", source: "in-person" },
    ]);
    const { customerId } = await hub.profile("userId:kim");
    const { body } = await as("privacy")("GET", "/v1/audit?call=tellConsent&limit=1");
    expect(body).toMatchObject({
      items: [
        {
          target: customerId,
          state: "done",
          after: {
            channel: "email",
            topic: "marketing",
            status: "withdrawn",
            kind: "express",
            reason: "phone",
          },
        },
      ],
    });
    const all = await as("privacy")("GET", "/v1/audit?call=tellConsent");
    expect(JSON.stringify(all.body)).not.toContain("Kowalski");
  });

  it("is answered masked to those who see no addresses", async () => {
    const { status, body } = await tell("admin", { ...no, topic: "*" });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain("1234567");
  });

  it.each([
    [{ ...no, channel: "pigeon" }, "channel"],
    [{ ...no, topic: "nothing-of-ours" }, "topic"],
    [{ ...no, status: "pending" }, "status"],
    [{ ...no, reason: "Kim Kowalski phoned" }, "reason"],
    [{ ...no, text: "x".repeat(3_000) }, "text"],
    [{ ...no, at: "2020-01-01" }, "at"],
  ])("is refused as %j, at %s", async (body, path) => {
    const answer = await tell("agent", body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([
      400,
      expect.stringContaining(`"path":"${path}"`),
    ]);
  });

  it("is recorded by those who speak with customers or answer for their rights, about somebody there is", async () => {
    for (const role of ["marketer", "editor"] as const) expect((await tell(role, no)).status).toBe(403);
    expect((await tell("agent", no, "userId%3Anobody")).status).toBe(404);
  });
});

describe("the audit log", () => {
  it("says who published what, over what, whether a person or a key did", async () => {
    const version = await hub.publish({ ...readFolder(RETAIL_FOLDER), "README.md": "another version" });
    const back = await as("marketer")("GET", "/v1/playbooks?limit=2");
    const before =
      JSON.stringify(back.body)
        .match(/pb_\w+/g)
        ?.find((one) => one !== version) ?? "";
    expect((await as("marketer")("POST", `/v1/playbooks/${before}/publish`)).status).toBe(200);
    expect((await as("marketer")("POST", "/v1/playbooks/pb_none/publish")).status).toBe(404);
    const { body } = await as("admin")("GET", "/v1/audit?limit=4");
    expect(body).toMatchObject({
      items: [
        { call: "publishPlaybook", target: "pb_none", state: "refused", reason: "not_found" },
        {
          call: "publishPlaybook",
          actor: { kind: "person" },
          target: before,
          state: "done",
          before: { live: version },
          after: { live: before },
        },
        { call: "publishPlaybook", actor: { kind: "key", name: "local secret key" }, target: version },
        { call: "uploadPlaybook", actor: { kind: "key" }, target: version, state: "done" },
      ],
    });
  });

  it("is for those who answer for it", async () => {
    for (const role of ["marketer", "editor", "agent"] as const)
      expect((await as(role)("GET", "/v1/audit")).status, role).toBe(403);
  });
});

describe("what people do with conversations and journeys", () => {
  type Entry = {
    readonly call: string;
    readonly target?: string;
    readonly before?: object;
    readonly after?: object;
  };
  const entriesAbout = async (target: string): Promise<readonly Entry[]> => {
    const { body } = await as("privacy")("GET", `/v1/audit?target=${target}&limit=50`);
    return (body as { items: readonly Entry[] }).items.toReversed();
  };

  it("is written down with who, from what to what, and no word of what was written", async () => {
    const agent = as("agent");
    const begun = await agent("POST", "/v1/conversations", { to: "userId:kim", topic: "a lost parcel" });
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    const id = String(Reflect.get(Object(begun.body), "conversationId"));
    const deeds = [
      ["claim", {}],
      ["notes", { text: "Kim Kowalski is angry" }],
      ["assign", { team: "returns" }],
      ["tags", { add: ["kowalski"] }],
      ["close", { rating: 2 }],
      ["close", {}],
    ] as const;
    for (const [deed, body] of deeds) {
      const { status, body: answer } = await agent("POST", `/v1/conversations/${id}/${deed}`, body);
      expect(status, `${deed} ${JSON.stringify(answer)}`).toBe(200);
    }
    const reply = await agent("POST", `/v1/conversations/${id}/replies`, { text: "Dear Kim Kowalski" });
    expect(reply.status, JSON.stringify(reply.body)).toBe(202);
    await hub.call("POST", `/v1/conversations/${id}/claim`, {});
    const entries = await entriesAbout(id);
    expect(entries.map(({ call }) => call)).toEqual([
      "beginConversation",
      "claimConversation",
      "addNote",
      "assignConversation",
      "tagConversation",
      "closeConversation",
      "closeConversation",
      "replyToConversation",
    ]);
    const [, claim, note, given, tagged, closed, again, answer] = entries;
    expect(claim).toMatchObject({ before: { assignee: null }, after: { assignee: expect.any(String) } });
    expect(note).toMatchObject({ before: {}, after: {} });
    expect(given?.after).toMatchObject({ team: "returns" });
    expect(tagged).toMatchObject({ before: { tags: 0 }, after: { tags: 1 } });
    expect(closed?.after).toMatchObject({ state: "closed", rating: 2 });
    expect(again?.after).not.toMatchObject({ state: "closed" });
    expect(answer?.after).toMatchObject({ channel: "email", messageId: expect.stringMatching(/^msg_/) });
    expect(JSON.stringify(entries)).not.toMatch(/kowalski|angry|parcel|Dear/i);
  });

  it("says of a journey that it was kept still, and by whom, and is found by its time", async () => {
    const from = new Date(await hub.now()).toISOString();
    expect((await as("marketer")("POST", "/v1/journeys/first-weeks/pause")).status).toBe(200);
    await hub.advance("PT1M");
    const to = new Date(await hub.now()).toISOString();
    await hub.advance("PT1S");
    expect((await as("marketer")("POST", "/v1/journeys/first-weeks/resume")).status).toBe(200);
    const me = await as("marketer")("GET", "/console/session");
    const { body } = await as("admin")("GET", `/v1/audit?from=${from}&to=${to}&call=pauseJourney`);
    expect(body).toMatchObject({
      items: [
        {
          actor: { kind: "person", id: Reflect.get(Object(me.body), "personId") },
          target: "first-weeks",
          before: { still: false },
          after: { still: true },
        },
      ],
    });
    const later = await as("admin")("GET", `/v1/audit?from=${to}&call=pauseJourney`);
    expect(later.body).toMatchObject({ items: [] });
    expect((await as("admin")("GET", `/v1/audit?from=${to}&to=${from}`)).status).toBe(400);
  });
});
