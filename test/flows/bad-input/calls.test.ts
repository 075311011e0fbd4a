import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { newCustomer, newUserId } from "../../support/hub/people.ts";
import { expectProblem } from "../../support/hub/problem.ts";
import { testFiles } from "../../support/playbook/files.ts";

const basic = { authorization: `Basic ${btoa("local-write-key:")}` };

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

describe("a key", () => {
  const track = (headers: Record<string, string>) =>
    hub.call("POST", "/v1/track", { userId: newUserId("bad"), event: "X" }, headers);

  it("that is missing is 401 key_missing, one nobody knows 401 key_unknown", async () => {
    expectProblem(await track({ authorization: "" }), 401, "key_missing");
    expectProblem(await track({ authorization: "Bearer wrong" }), 401, "key_unknown");
    expectProblem(await track({ authorization: "Nonsense" }), 401, "key_missing");
    expectProblem(
      await hub.call("GET", "/v1/playbooks", undefined, { authorization: "" }),
      401,
      "key_missing",
    );
  });

  it("for writing opens nothing but collect", async () => {
    for (const authorization of [basic.authorization, "Bearer local-write-key"]) {
      for (const [method, path, body] of [
        ["GET", "/v1/profiles/userId:x", undefined],
        ["POST", "/v1/messages", {}],
        ["POST", "/v1/decisions", {}],
        ["POST", "/v1/playbooks", {}],
      ] as const) {
        expectProblem(await hub.call(method, path, body, { authorization }), 403, "scope_missing");
      }
    }
  });
});

describe("what does not exist", () => {
  it.each([
    ["GET", "/nothing/here"],
    ["POST", "/v1/trac"],
    ["GET", "/v1/profiles/userId:nobody"],
    ["GET", "/v1/profiles/cus_nobody"],
    ["GET", "/v1/profiles/passport:1"],
    ["GET", "/v1/profiles/%E0%A4%A"],
    ["GET", "/v1/profiles/userId%3A%"],
    ["GET", "/v1/profiles/phone:abc"],
    ["GET", "/v1/messages/msg_none"],
    ["GET", "/v1/decisions/dec_none"],
    ["GET", "/v1/playbooks/none"],
    ["POST", "/v1/playbooks/none/publish"],
  ])("%s %s answers 404 in our form", async (method, path) => {
    expectProblem(await hub.call(method, path), 404, "not_found");
  });

  it("is still 404 without a key where no key is asked for", async () => {
    expectProblem(await hub.call("GET", "/nothing", undefined, { authorization: "" }), 404, "not_found");
  });
});

describe("lists", () => {
  it.each(["cursor=garbage", "cursor=%7B%7D", "limit=0", "limit=101", "limit=many", "limit=-1", "limit=1.5"])(
    "?%s is 400",
    async (query) => {
      const { userId } = await newCustomer(hub, "bad");
      for (const path of [`/v1/profiles/userId:${userId}/timeline`, "/v1/playbooks"]) {
        expectProblem(await hub.call("GET", `${path}?${query}`), 400, "invalid_request");
      }
    },
  );
});

describe("decisions, outcomes and playbooks", () => {
  it.each([
    ["/v1/decisions", { customer: "userId:x", placement: "nowhere" }, 400, "invalid_request"],
    ["/v1/decisions", { customer: "userId:x" }, 400, "invalid_request"],
    ["/v1/decisions", { customer: "userId:x", placement: "web.home.hero", limit: 0 }, 400, "invalid_request"],
    ["/v1/outcomes", { decisionId: "dec_none", action: "hero", outcome: "clicked" }, 404, "not_found"],
    ["/v1/outcomes", { decisionId: "dec_none" }, 400, "invalid_request"],
    ["/v1/playbooks", { files: "none" }, 400, "invalid_request"],
  ])("POST %s %j answers %i %s", async (path, body, status, code) => {
    expectProblem(await hub.call("POST", path, body), status, code);
  });

  it("a playbook with mistakes is 422 with file, line, column and what was expected, and is not kept", async () => {
    const live = await hub.call("GET", "/v1/playbooks/current");
    const files = testFiles({ "segments.yaml": "vip: customer.orders > \n" });
    const answer = await hub.call("POST", "/v1/playbooks", { files });
    expectProblem(answer, 422, "playbook_invalid");
    expect(answer.body).toMatchObject({
      errors: [
        {
          file: "segments.yaml",
          line: 1,
          column: expect.any(Number),
          code: expect.any(String),
          message: expect.any(String),
          expected: expect.any(String),
        },
      ],
    });
    expect((await hub.call("GET", "/v1/playbooks/current")).body).toEqual(live.body);
  });
});

describe("the wire", () => {
  it("refuses headers beyond all measure, and goes on", async () => {
    const answer = await hub.call("GET", "/v1/playbooks", undefined, { "x-filler": "y".repeat(20 * 1_024) });
    expect(answer.status).toBe(431);
    expect((await hub.call("GET", "/v1/playbooks")).status).toBe(200);
  });

  it("refuses a body that is not packed as it says", async () => {
    const gzip = { ...basic, "content-encoding": "gzip" };
    expectProblem(await hub.call("POST", "/v1/track", "not packed", gzip), 400, "malformed_json");
    const brotli = { ...basic, "content-encoding": "br" };
    expectProblem(await hub.call("POST", "/v1/track", "not packed", brotli), 400, "invalid_request");
  });
});
