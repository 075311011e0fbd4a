import { beforeAll, describe, expect, it } from "vitest";
import { mayCall, ROLES, ROLES_OF_CALLS, type Role } from "#runtime/http/roles.ts";
import { operations } from "../support/api/documented.ts";
import { type ConsolePerson, logInAs } from "../support/console/log-in.ts";
import { hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let url: string;
const people = new Map<Role, ConsolePerson>();
beforeAll(async () => {
  url = (await startTestCloud()).url;
  for (const role of ROLES) people.set(role, await logInAs(url, role));
});

const keyed = operations.filter(({ security }) => security.length > 0);
const codeOf = (body: unknown): unknown => Reflect.get(Object(body), "code");

/** A call whose body and parameters mean nothing: who may make it is said before these are looked at. */
const meaningless = (route: string, person: ConsolePerson) => {
  const [method = "", path = ""] = route.split(" ");
  const filled = path.replace(/\{\w+\}/g, "nothing-of-this-name");
  return person.call(method, filled, method === "GET" ? undefined : "{");
};

describe("what people may do in the console", () => {
  it.each(keyed.map((one) => [one.route, one.operationId] as const))(
    "%s answers those roles that the table names, and no other",
    async (route, id) => {
      const answered: Role[] = [];
      for (const [role, person] of people) {
        const { status, body } = await meaningless(route, person);
        if (status === 403 || status === 401) {
          expect(["role_missing", "key_missing"], `${role} ${route}`).toContain(codeOf(body));
        } else answered.push(role);
      }
      expect(answered).toEqual(ROLES.filter((role) => mayCall([role], id)));
    },
  );

  it("names no call that there is not", () => {
    const ids = keyed.map(({ operationId }) => operationId);
    expect(Object.keys(ROLES_OF_CALLS).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("is nothing for somebody without a role, and nothing by the name of what every object has", () => {
    expect(Object.keys(ROLES_OF_CALLS).filter((id) => mayCall([], id))).toEqual([]);
    expect(["constructor", "toString", "__proto__"].filter((id) => mayCall(ROLES, id))).toEqual([]);
  });

  it("asks for decisions as dry runs alone", async () => {
    const hub = hubAt(url);
    await hub.tell("identify", { userId: "kim", traits: { email: "kim@example.com" } });
    await hub.settle();
    const question = { customer: "userId:kim", placement: "web.home.hero" };
    const analyst = people.get("analyst");
    expect((await analyst?.call("POST", "/v1/decisions", question))?.status).toBe(400);
    expect((await analyst?.call("POST", "/v1/decisions", { ...question, dryRun: true }))?.status).toBe(200);
    expect((await hub.timeline("userId:kim")).filter(({ kind }) => kind === "decision")).toEqual([]);
  });
});
