import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "#infra/local/cognito/people.ts";
import { SCOPES } from "#ports/key-store.ts";
import {
  browserAt,
  type ConsolePerson,
  consoleHeaders,
  locationOf,
  logInAs,
} from "../support/console/log-in.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let hub: Hub;
let admin: ConsolePerson["call"];
let marketer: ConsolePerson["call"];
beforeAll(async () => {
  const { url } = await startTestCloud();
  hub = hubAt(url);
  admin = (await logInAs(url, "admin")).call;
  marketer = (await logInAs(url, "marketer")).call;
});

const at = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
const itemsOf = (body: unknown): readonly unknown[] => at(body, "items") as readonly unknown[];
const bearer = (key: unknown) => ({ authorization: `Bearer ${key}` });
const statusWith = async (key: unknown): Promise<number> =>
  (await hub.call("GET", "/v1/profiles/userId:nobody", undefined, bearer(key))).status;

describe("a key made in the console", () => {
  it("works at once, is shown once, is listed without itself, and is dead a minute after it is revoked", async () => {
    const made = await admin("POST", "/v1/keys", { name: "crm", scopes: ["profiles:read"] });
    expect(made.status).toBe(201);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const [key, id] = [at(made.body, "key"), at(made.body, "id")];
    expect(await statusWith(key)).toBe(404);

    const listed = await admin("GET", "/v1/keys");
    expect(JSON.stringify(listed.body)).not.toContain(String(key));
    expect(itemsOf(listed.body)).toContainEqual(
      expect.objectContaining({ id, kind: "secret", name: "crm", scopes: ["profiles:read"] }),
    );
    expect(itemsOf(listed.body)).toContainEqual(expect.objectContaining({ name: "local write key" }));

    const revoked = await admin("DELETE", `/v1/keys/${id}`);
    expect(revoked.body).toMatchObject({ id, revokedAt: expect.any(String) });
    await hub.advance("PT1M");
    expect(await statusWith(key)).toBe(401);
    expect((await admin("DELETE", `/v1/keys/${id}`)).body).toEqual(revoked.body);
    const { body } = await admin("GET", "/v1/audit?limit=3");
    expect(
      itemsOf(body).map((entry) => [at(entry, "call"), at(entry, "target"), at(entry, "state")]),
    ).toEqual([
      ["revokeKey", id, "done"],
      ["revokeKey", id, "done"],
      ["createKey", id, "done"],
    ]);
    expect(JSON.stringify(body)).not.toContain(String(key));
  });

  it("is an admin's to make, and no key makes one that may more than itself", async () => {
    expect((await marketer("POST", "/v1/keys", { name: "x", scopes: ["send"] })).status).toBe(403);
    expect((await marketer("GET", "/v1/keys")).status).toBe(403);
    const made = await admin("POST", "/v1/keys", { name: "provisioner", scopes: ["keys", "decide"] });
    const by = bearer(at(made.body, "key"));
    const wide = await hub.call("POST", "/v1/keys", { name: "wide", scopes: ["decide", "people"] }, by);
    expect([wide.status, at(wide.body, "code")]).toEqual([403, "scope_missing"]);
    expect((await hub.call("POST", "/v1/keys", { name: "page", kind: "write" }, by)).status).toBe(403);
    expect((await hub.call("POST", "/v1/keys", { name: "same", scopes: ["decide"] }, by)).status).toBe(201);
  });

  it.each([
    [{ name: "crm" }, "scopes"],
    [{ name: "crm", scopes: ["everything"] }, "scopes.0"],
    [{ name: "", scopes: ["send"] }, "name"],
    [{ name: "a\nb", scopes: ["send"] }, "name"],
    [{ name: "site", kind: "write", scopes: ["send"] }, "scopes"],
    [{ name: "x", scopes: ["send"], hash: "0" }, "hash"],
  ])("is refused as %j, at %s", async (body, path) => {
    const answer = await admin("POST", "/v1/keys", body);
    expect([answer.status, at(at(at(answer.body, "errors"), "0"), "path")]).toEqual([400, path]);
  });
});

describe("who works with the hub", () => {
  it("is told to colleagues by name and role, and to an admin by what they log in with", async () => {
    const told = await marketer("GET", "/v1/people");
    expect(itemsOf(told.body)).toHaveLength(SAMPLE_PEOPLE.length);
    expect(itemsOf(told.body)).toContainEqual({
      personId: expect.stringMatching(/^[\da-f-]{36}$/),
      name: "Ada Okafor",
      roles: ["admin"],
      enabled: true,
    });
    expect(JSON.stringify((await admin("GET", "/v1/people")).body)).toContain("ada@tamarack.example");
  });

  it("comes page by page", async () => {
    const names: unknown[] = [];
    let cursor: unknown = null;
    do {
      const query: string = cursor === null ? "" : `&cursor=${cursor}`;
      const { body } = await marketer("GET", `/v1/people?limit=3${query}`);
      names.push(...itemsOf(body).map((one) => at(one, "name")));
      cursor = at(body, "cursor");
    } while (cursor !== null);
    expect(names.toSorted()).toEqual(SAMPLE_PEOPLE.map(({ name }) => name).toSorted());
  });
});

describe("a colleague", () => {
  const invitation = { email: "noa@tamarack.example", name: "Noa Levi", roles: ["editor"] };
  const sessionOf = async (id: string) => {
    const browser = browserAt(hub.url);
    const page = locationOf(await browser.visit("/console/login"));
    const chosen = await browser.visit(page, { method: "POST", body: new URLSearchParams({ person: id }) });
    if (chosen.status >= 400) return { status: chosen.status, body: null };
    await browser.visit(locationOf(chosen));
    const answer = await browser.visit("/console/session", { headers: consoleHeaders(hub.url) });
    return { status: answer.status, body: answer.status === 200 ? await answer.json() : null };
  };

  it("is invited, logs in with the roles that were given, gets others, and is shut out", async () => {
    const invited = await admin("POST", "/v1/people", invitation);
    expect([invited.status, invited.body]).toEqual([
      201,
      { ...invitation, personId: expect.any(String), enabled: true, invited: true },
    ]);
    const id = String(at(invited.body, "personId"));
    expect((await admin("POST", `/v1/people/${id}/invite`)).status).toBe(200);
    expect(at((await sessionOf(id)).body, "roles")).toEqual(["editor"]);
    expect(itemsOf((await admin("GET", "/v1/people")).body)).toContainEqual({
      ...invitation,
      personId: id,
      enabled: true,
    });
    expect((await admin("POST", `/v1/people/${id}/invite`)).status).toBe(409);

    const changed = await admin("PUT", `/v1/people/${id}`, { roles: ["marketer", "viewer"] });
    expect(at(changed.body, "roles")).toEqual(["viewer", "marketer"]);
    expect(at((await sessionOf(id)).body, "roles")).toEqual(["viewer", "marketer"]);
    await admin("PUT", `/v1/people/${id}`, { enabled: false });
    expect((await sessionOf(id)).status).toBe(400);
    await admin("PUT", `/v1/people/${id}`, { enabled: true, roles: [] });
    expect(itemsOf((await admin("GET", "/v1/people")).body)).toContainEqual(
      expect.objectContaining({ personId: id, roles: [], enabled: true }),
    );
    const { body } = await admin("GET", `/v1/audit?target=${id}`);
    expect(itemsOf(body).map((one) => [at(one, "call"), at(one, "state"), at(one, "after")])).toEqual([
      ["changePerson", "done", { roles: [], enabled: true }],
      ["changePerson", "done", { roles: ["viewer", "marketer"], enabled: false }],
      ["changePerson", "done", { roles: ["viewer", "marketer"], enabled: true }],
      ["invitePersonAgain", "refused", undefined],
      ["invitePersonAgain", "done", undefined],
      ["invitePerson", "done", { roles: ["editor"] }],
    ]);
  });

  it("is invited once, by a whole address, and by an admin or a key with every scope", async () => {
    const again = { ...invitation, email: "NOA@tamarack.example" };
    const twice = await admin("POST", "/v1/people", again);
    expect([twice.status, at(twice.body, "code")]).toEqual([409, "person_known"]);
    for (const wrong of [
      { ...again, email: "noa" },
      { ...again, name: " " },
      { ...again, roles: ["owner"] },
      { ...again, sub: "x" },
    ])
      expect((await admin("POST", "/v1/people", wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await marketer("POST", "/v1/people", again)).status).toBe(403);
    const made = await admin("POST", "/v1/keys", { name: "keeper", scopes: ["keys", "audit"] });
    const by = bearer(at(made.body, "key"));
    const other = { ...invitation, email: "lia@tamarack.example" };
    expect((await hub.call("POST", "/v1/people", other, by)).status).toBe(403);
    expect((await hub.call("POST", "/v1/people", other)).status).toBe(201);
    expect((await admin("PUT", '/v1/people/x" or sub = "y', { enabled: false })).status).toBe(404);
  });

  it("does not shut themselves out", async () => {
    const me = at((await admin("GET", "/console/session")).body, "personId");
    for (const change of [{ enabled: false }, { roles: ["viewer"] }])
      expect((await admin("PUT", `/v1/people/${me}`, change)).status, JSON.stringify(change)).toBe(400);
    const wider = await admin("PUT", `/v1/people/${me}`, { roles: ["admin", "analyst"] });
    expect(at(wider.body, "roles")).toEqual(["analyst", "admin"]);
    await admin("PUT", `/v1/people/${me}`, { roles: ["admin"] });
  });
});

describe("what waits for somebody", () => {
  it("is told by the hub's alarms, those that went off first, as the local cloud judges them", async () => {
    const quiet = await marketer("GET", "/v1/alarms?limit=100");
    expect(itemsOf(quiet.body).length).toBeGreaterThan(20);
    await hub.fault({ target: "profile/api", kind: "error", at: "before", times: 5 });
    for (let asked = 0; asked < 5; asked += 1) await hub.call("GET", "/v1/profiles/userId:nobody");
    await hub.clearFaults();
    await hub.advance("PT5M");
    expect((await marketer("POST", "/console/session")).status).toBe(200);
    const off = (await hub.alarms()).filter(({ state }) => state === "ALARM").map(({ name }) => name);
    const { body } = await marketer("GET", "/v1/alarms?limit=100");
    const first = itemsOf(body).slice(0, off.length);
    expect(off.length).toBeGreaterThan(0);
    expect(first.map((alarm) => at(alarm, "name")).toSorted()).toEqual(off.toSorted());
    for (const alarm of first) expect(String(at(alarm, "about"))).toMatch(/Runbook: docs\/runbook\//);
  });
});

describe("a key that was made with all scopes there were", () => {
  it("has those that came later", async () => {
    const all = SCOPES.slice(0, 7);
    expect((await admin("POST", "/console/session")).status).toBe(200);
    const made = await admin("POST", "/v1/keys", { name: "of 0.1", scopes: all });
    expect((await hub.call("GET", "/v1/audit", undefined, bearer(at(made.body, "key")))).status).toBe(200);
  });
});
