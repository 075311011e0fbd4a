import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "#functions/api/not-found/routes.generated.ts";
import { answersOf, operations, PROBLEM, wrongIn } from "../../support/api/documented.ts";
import { type Hub, hubAt } from "../../support/hub/client.ts";
import { startTestCloud } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = hubAt((await startTestCloud({ playbook: testFiles() })).url);
  await hub.collect("identify", { userId: "kim", traits: { email: "kim@example.com" } });
  await hub.settle();
});

type Documented = (typeof operations)[number];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** Path -> methods that it answers. */
const taken = new Map<string, readonly string[]>();
for (const route of ROUTES) {
  const [method = "", path = ""] = route.split(" ");
  taken.set(path, [...(taken.get(path) ?? []), method]);
}

/** A path with its parameters filled in: the example of each, or something that nobody has. */
const filled = (path: string, given: (name: string) => string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given(name)));
const UNKNOWN: Readonly<Record<string, string>> = { ref: "userId:nobody-at-all" };
const unknown = (name: string): string => UNKNOWN[name] ?? "nothing-of-this-name";

/** What a call says when it refuses, held to what the document says of it. */
const expectDocumented = async (operation: Documented, answer: Response): Promise<void> => {
  const text = await answer.text();
  const place = `${operation.route} ${answer.status} ${text}`;
  const declared = new Map(answersOf(operation)).get(String(answer.status));
  expect(declared, place).toBeDefined();
  expect(answer.headers.get("content-type"), place).toBe(PROBLEM);
  expect(wrongIn(declared?.content?.[PROBLEM]?.schema ?? {}, JSON.parse(text)), place).toEqual([]);
};

const ask = (operation: Documented, path: string, body?: unknown): Promise<Response> =>
  fetch(hub.url + path, {
    method: operation.route.split(" ")[0] ?? "",
    redirect: "manual",
    headers: { authorization: "Bearer local-secret-key", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const pathOf = ({ route }: Documented): string => route.split(" ")[1] ?? "";
const bodyOf = ({ requestBody }: Documented) => requestBody?.content["application/json"]?.example;

describe("a path asked by a method that it does not have", () => {
  it.each([...taken])("%s is answered with 405, and Allow says %s", async (path, methods) => {
    for (const method of METHODS.filter((one) => !methods.includes(one))) {
      const answer = await fetch(hub.url + filled(path, unknown), { method });
      expect([answer.status, answer.headers.get("allow")], method).toEqual([405, methods.join(", ")]);
      expect(answer.headers.get("content-type"), method).toBe(PROBLEM);
      if (method === "HEAD") continue;
      expect(await answer.json(), method).toMatchObject({ status: 405, code: "method_not_allowed" });
    }
  });
});

describe("a list asked for more or less than it gives", () => {
  const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === "limit"));

  it("is one of those that the document knows", () => {
    expect(lists.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(["listPlaybooks", "showReport", "showTimeline"]),
    );
  });

  it.each(lists.map((one) => [one.route, one] as const))("%s says what is allowed", async (_route, one) => {
    for (const limit of ["1000", "101", "0", "-1", "1.5", "many", ""]) {
      const path = filled(pathOf(one), () => "userId:kim");
      const answer = await ask(one, `${path}?limit=${limit}`);
      expect(answer.status, limit).toBe(400);
      expect(await answer.clone().json(), limit).toMatchObject({
        code: "invalid_request",
        errors: [{ path: "limit", expected: "a whole number from 1 to 100" }],
      });
      await expectDocumented(one, answer);
    }
  });
});

describe("what is refused is a problem that the document tells of", () => {
  const named = operations.filter(
    ({ tags, responses }) => !tags.includes("Links") && responses["404"] !== undefined,
  );
  const inPath = named.filter(({ route }) => route.includes("{"));
  const taking = operations.filter((one) => bodyOf(one) !== undefined);

  it.each(inPath.map((one) => [one.route, one] as const))("%s of nothing is 404", async (_route, one) => {
    const answer = await ask(one, filled(pathOf(one), unknown), bodyOf(one));
    expect(answer.status).toBe(404);
    await expectDocumented(one, answer);
  });

  it.each(taking.map((one) => [one.route, one] as const))("%s with a body of none", async (_route, one) => {
    for (const body of ["{", "[]", '{"limit":{}}', "7"]) {
      const answer = await fetch(hub.url + filled(pathOf(one), unknown), {
        method: one.route.split(" ")[0] ?? "",
        headers: { authorization: "Bearer local-secret-key", "content-type": "application/json" },
        body,
      });
      expect(answer.status, body).toBeGreaterThanOrEqual(400);
      expect(answer.status, body).toBeLessThan(500);
      await expectDocumented(one, answer);
    }
  });

  it.each(taking.map((one) => [one.route, one] as const))(
    "%s of customers nobody has",
    async (_route, one) => {
      const nobody = { to: "cus_nobody", customer: "cus_nobody", decisionId: "dec_none", version: "pb_none" };
      const example = bodyOf(one) as Record<string, unknown>;
      const known = Object.entries(nobody).filter(([name]) => name in example);
      const body = { ...example, ...Object.fromEntries(known) };
      const answer = await ask(one, filled(pathOf(one), unknown), body);
      if (answer.status >= 400) return expectDocumented(one, answer);
      expect(answersOf(one).map(([status]) => status)).toContain(String(answer.status));
    },
  );
});
