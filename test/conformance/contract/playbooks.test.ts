import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { listOf, PlaybookProblem, Problem } from "./shapes.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const named = (name: string) =>
  testFiles({ "playbook.yaml": (testFiles()["playbook.yaml"] ?? "").replace("name: test", `name: ${name}`) });
const Uploaded = z.looseObject({ version: z.string().min(1), warnings: z.array(z.unknown()) });
const Summary = z.looseObject({ version: z.string().min(1) });
const WithFiles = Summary.extend({ files: z.record(z.string(), z.string()) });

const upload = async (name: string): Promise<string> => {
  const { status, body } = await hub.call("POST", "/v1/playbooks", { files: named(name) });
  expect(status).toBe(201);
  return Uploaded.parse(body).version;
};
const publish = (version: string) => hub.call("POST", `/v1/playbooks/${version}/publish`);
const current = async () => WithFiles.parse((await hub.call("GET", "/v1/playbooks/current")).body);

describe("POST /v1/playbooks", () => {
  it("gives the same files the same version, as JSON or as a zip", async () => {
    const files = named("zipped");
    const asJson = await hub.call("POST", "/v1/playbooks", { files });
    const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)]);
    const response = await fetch(`${hub.url}/v1/playbooks`, {
      method: "POST",
      headers: { authorization: "Bearer local-secret-key", "content-type": "application/zip" },
      body: zipSync(Object.fromEntries(entries)),
    });
    expect([asJson.status, response.status]).toEqual([201, 201]);
    expect(Uploaded.parse(await response.json()).version).toBe(Uploaded.parse(asJson.body).version);
  });

  it("names file, line, column and what was expected of each mistake", async () => {
    const files = testFiles({
      "actions/hero.yaml":
        "category: marketing\nplacements: [web.home.hero]\neligible: customer.firstNam = 1\ntreatments: [{ channel: web, content: { a: b } }]\n",
      "segments.yaml": "vip: customer.orders >=\n",
    });
    const { status, body, headers } = await hub.call("POST", "/v1/playbooks", { files });
    expect([status, headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    const { code, errors } = PlaybookProblem.parse(body);
    expect(code).toBe("playbook_invalid");
    expect(errors).toContainEqual(
      expect.objectContaining({ file: "actions/hero.yaml", line: 3, column: expect.any(Number) }),
    );
    expect(errors).toContainEqual(expect.objectContaining({ file: "segments.yaml", line: 1 }));
  });

  it.each([
    ["no files", {}, "invalid_request"],
    ["files that are no text", { files: { "playbook.yaml": 1 } }, "invalid_request"],
    ["a path that leads out", { files: { "../playbook.yaml": "x" } }, "invalid_request"],
    ["no JSON", "{", "malformed_json"],
  ])("refuses %s", async (_what, body, code) => {
    const answer = await hub.call("POST", "/v1/playbooks", body);
    expect([answer.status, Problem.parse(answer.body).code]).toEqual([400, code]);
  });
});

describe("versions", () => {
  it("are published and rolled back by name, and told apart", async () => {
    const before = (await current()).version;
    const [one, two] = [await upload("one"), await upload("two")];
    expect((await current()).version).toBe(before);
    expect(await publish(one)).toMatchObject({ status: 200, body: { version: one, previous: before } });
    expect(await publish(two)).toMatchObject({ status: 200, body: { version: two, previous: one } });
    expect(await publish(one)).toMatchObject({ status: 200, body: { version: one, previous: two } });
    expect(await current()).toMatchObject({ version: one, files: named("one") });
    const shown = await hub.call("GET", `/v1/playbooks/${two}`);
    expect(WithFiles.parse(shown.body)).toMatchObject({ version: two, files: named("two") });
  });

  it("are listed newest first, in pages", async () => {
    const version = await upload("newest");
    const all = listOf(Summary).parse((await hub.call("GET", "/v1/playbooks")).body);
    expect(all.items[0]?.version).toBe(version);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? "?limit=1" : `?limit=1&cursor=${encodeURIComponent(cursor)}`;
      const page = listOf(Summary).parse((await hub.call("GET", `/v1/playbooks${query}`)).body);
      seen.push(...page.items.map((item) => item.version));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.items.map((item) => item.version));
  });

  it.each(["limit=0", "limit=101", "limit=x", "cursor=nonsense"])("the list refuses ?%s", async (query) => {
    const { status, body } = await hub.call("GET", `/v1/playbooks?${query}`);
    expect([status, Problem.parse(body).code]).toEqual([400, "invalid_request"]);
  });

  it("that do not exist are 404", async () => {
    expect(await hub.call("GET", "/v1/playbooks/pb_nothing")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    expect(await publish("pb_nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("POST /v1/playbooks/{version}/simulate", () => {
  it("begins a simulation, with or without a body, whose progress and report can be read", async () => {
    const { version } = await current();
    for (const body of [undefined, {}]) {
      const begun = await hub.call("POST", `/v1/playbooks/${version}/simulate`, body);
      expect(begun.status).toBe(202);
      const { simulationId } = z.looseObject({ simulationId: z.string().min(1) }).parse(begun.body);
      await hub.settle();
      const shown = await hub.call("GET", `/v1/simulations/${simulationId}`);
      expect(shown.status).toBe(200);
      z.looseObject({ progress: z.looseObject({}), report: z.looseObject({}) }).parse(shown.body);
    }
  });

  it("knows which versions and simulations there are", async () => {
    expect((await hub.call("POST", "/v1/playbooks/pb_nothing/simulate", {})).status).toBe(404);
    expect((await hub.call("GET", "/v1/simulations/sim_nothing")).status).toBe(404);
  });
});
