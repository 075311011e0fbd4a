import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const run = promisify(execFile);
const GENERATORS = join(import.meta.dirname, "node_modules/.bin");
const TSC = join(PROJECT_ROOT, "node_modules/.bin/tsc");

let hub: Hub;
let directory: string;
let served: string;
/** The document as the hub serves it, for the generators to read. */
let document: string;

beforeAll(async () => {
  hub = await testHub(testFiles());
  served = await (await fetch(`${hub.url}/openapi.json`)).text();
  // Below the project, where packages and the compiler's settings are found.
  await mkdir(join(PROJECT_ROOT, "dist"), { recursive: true });
  directory = await mkdtemp(join(PROJECT_ROOT, "dist", "clients-"));
  document = join(directory, "openapi.json");
  await writeFile(document, served);
  await writeFile(join(directory, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Compiles a program against what was generated, all files strictly. Fails with what the compiler says. */
const compile = async (name: string, program: string): Promise<void> => {
  const path = join(directory, name);
  await writeFile(path, program);
  const strict = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "false",
    "--types",
    "node",
    "--target",
    "es2024",
  ];
  const modules = ["--module", "nodenext", "--allowImportingTsExtensions"];
  const { stdout } = await run(TSC, [...strict, ...modules, path], { cwd: directory }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
};

describe("the document that a hub serves", () => {
  it("passes Redocly's strict rules, examples against schemas included", async () => {
    const config = await createConfig({
      extends: ["recommended-strict"],
      rules: {
        "no-invalid-media-type-examples": "error",
        "no-invalid-parameter-examples": "error",
        "operation-operationId-url-safe": "error",
        "operation-tag-defined": "error",
        // Some calls refuse nobody.
        "operation-4xx-response": "off",
      },
    });
    const problems = await lintFromString({ source: served, absoluteRef: document, config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  it("has a reference that leads nowhere told by the same rules", async () => {
    const config = await createConfig({ extends: ["recommended-strict"] });
    const source = served.replace("#/components/schemas/JsonObject", "#/$defs/__schema0");
    const problems = await lintFromString({ source, absoluteRef: document, config });
    expect(problems.map(({ ruleId }) => ruleId)).toContain("no-unresolved-refs");
  });
});

describe("openapi-typescript", () => {
  it("makes types of it, which hold a program to the API", async () => {
    await run(join(GENERATORS, "openapi-typescript"), [document, "-o", join(directory, "types.ts")]);
    await compile(
      "with-types.ts",
      `import type { components, operations, paths } from "./types.ts";
type Body<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { "application/json": infer Json } };
} ? Json : never;

export const order: Body<"requestMessage"> = {
  to: "email:kim@example.com",
  category: "transactional",
  content: { subject: "Hello", data: { nested: [1, { deep: null }] } },
};
// @ts-expect-error: a message has somebody it goes to
export const toNobody: Body<"requestMessage"> = { category: "transactional" };
export const wholeLimit: NonNullable<operations["listPlaybooks"]["parameters"]["query"]>["limit"] = 20;
type ReportQuery = NonNullable<operations["showReport"]["parameters"]["query"]>;
export const lastWeek: ReportQuery = { from: "2026-11-24", to: "2026-11-30", by: "action,channel", limit: 100 };
// @ts-expect-error: days are text
export const wrongDay: ReportQuery = { from: 20261124 };
type Report = operations["showReport"]["responses"][200]["content"]["application/json"];
export const decided = ({ items }: Report): number => items.reduce((sum, line) => sum + line.decided, 0);
export const treatment: Body<"renderTreatment">["treatment"] = "order-confirmation";
type Accepted = paths["/v1/messages"]["post"]["responses"][202]["content"]["application/json"];
export const status: Accepted["status"] = "requested";
// @ts-expect-error: it is no status
export const wrong: Accepted["status"] = "lost";
type Refused = paths["/v1/playbooks"]["post"]["responses"][422]["content"]["application/problem+json"];
export const lineOf = (problem: Refused): number | undefined => problem.errors[0]?.line;
export const spentBy = (profile: components["schemas"]["Profile"]): unknown => profile.computed["spent"];
`,
    );
  });
});

describe("@hey-api/openapi-ts", () => {
  it("makes a client of it, which compiles and talks to the hub", async () => {
    const output = join(directory, "client");
    await run(join(GENERATORS, "openapi-ts"), ["-i", document, "-o", output], { cwd: directory });
    await compile(
      "with-client.ts",
      `import { client } from "./client/client.gen.ts";
import {
  decide,
  identify,
  renderTreatment,
  requestMessage,
  showMessage,
  showProfile,
  showReport,
} from "./client/sdk.gen.ts";

export const visit = async (baseUrl: string) => {
  client.setConfig({ baseUrl, auth: "local-secret-key" });
  const collected = await identify({ body: { userId: "ada", traits: { email: "ada@example.com" } } });
  const asked = await requestMessage({
    headers: { "Idempotency-Key": "first" },
    body: { to: "email:ada@example.com", category: "transactional", content: { subject: "Hello", text: "Ada" } },
  });
  const shown = await showMessage({ path: { id: asked.data?.messageId ?? "" } });
  const known = await showProfile({ path: { ref: "email:ada@example.com" } });
  const reported = await showReport({ query: { by: "action,channel", limit: 10 } });
  const tooMany = await showReport({ query: { limit: 1000 } });
  const rendered = await renderTreatment({ body: { treatment: "cart-reminder", channel: "sms" } });
  const refused = await decide({ body: { customer: "email:ada@example.com", placement: "nowhere" } });
  return {
    success: collected.data?.success,
    category: shown.data?.category,
    identifiers: known.data?.identifiers,
    days: reported.data?.timeZone,
    allowed: tooMany.error?.errors?.[0]?.expected,
    text: rendered.data?.message["text"],
    code: refused.error?.code,
    place: refused.error?.errors?.[0]?.path,
  };
};
`,
    );
    const { visit } = await import(/* @vite-ignore */ join(directory, "with-client.ts"));
    expect(await visit(hub.url)).toEqual({
      success: true,
      category: "transactional",
      identifiers: expect.arrayContaining([{ type: "email", value: "ada@example.com" }]),
      days: "UTC",
      allowed: "a whole number from 1 to 100",
      text: expect.stringContaining("Your cart is waiting"),
      code: "invalid_request",
      place: "placement",
    });
  });
});
