import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface NewFunction {
  readonly group: string;
  readonly name: string;
  readonly kind: "http" | "worker";
}

const NAME = /^([a-z][a-z-]*)\/([a-z][a-z-]*)$/;
const USAGE = "npm run new:function -- <group>/<name> http|worker";

/** Reads `receive/email worker`. Throws what is wrong with it, and how it is written. */
export const parseNewFunction = (given: readonly string[]): NewFunction => {
  const [path = "", kind] = given;
  const [, group, name] = NAME.exec(path) ?? [];
  if (group === undefined || name === undefined) {
    throw new Error(`"${path}" is not <group>/<name> in lower-case letters. ${USAGE}`);
  }
  if (kind !== "http" && kind !== "worker") {
    throw new Error(`is ${path} called over HTTP or fed by a queue? ${USAGE}`);
  }
  return { group, name, kind };
};

/** `showReceiveWebhook`: names of operations are the whole API's. */
const operationId = ({ group, name }: NewFunction): string =>
  `show-${group}-${name}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const httpOperations = (wanted: NewFunction): string => `import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";

export const operations = {
  ${operationId(wanted)}: operation({
    route: "GET /v1/${wanted.group}/${wanted.name}",
    scope: "profiles:read",
    answers: { 200: z.object({ ok: z.boolean() }) },
  }),
};
`;

const httpCalls = (
  wanted: NewFunction,
): string => `import type { Handlers } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";

/** What answers the calls of operations.ts. */
export const calls: Handlers<typeof operations> = {
  ${operationId(wanted)}: async () => ({ status: 200, json: { ok: true } }),
};
`;

const HTTP_HANDLER = `import { httpHandler } from "#runtime/http/http-handler.ts";
import { apiKeys } from "#runtime/stores.ts";
import { calls } from "./calls.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(operations, calls, apiKeys());
`;

const httpDocument = (
  wanted: NewFunction,
): string => `import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "${wanted.group}/${wanted.name}", description: "Say what these calls are for." },
  calls: {
    ${operationId(wanted)}: { summary: "Say that it is there", answers: { 200: { ok: true } } },
  },
};
`;

const httpStack = (
  path: string,
): string => `import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Say in one sentence what a customer suffers when ${path} fails.",
  operations,
  uses: [],
} satisfies FunctionDefinition;
`;

const WORKER_SCHEMA = `import * as z from "zod/mini";

/** The bus event as EventBridge puts it into the queue. */
export const Work = z.object({ id: z.string(), detail: z.record(z.string(), z.unknown()) });
`;

const WORKER_HANDLER = `import { log } from "#runtime/log.ts";
import { parse } from "#runtime/parse.ts";
import { workerHandler } from "#runtime/worker.ts";
import { Work } from "./schema.ts";

export const handler = workerHandler(async ({ body }) => {
  const { id } = parse(Work, body);
  log.info("worked", { eventId: id });
});
`;

const workerStack = (
  path: string,
): string => `import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Say in one sentence what a customer suffers when ${path} fails.",
  uses: [],
  queues: [{ name: "queue", from: [{ bus: "rapport", pattern: { "detail-type": ["name.it"] } }] }],
} satisfies FunctionDefinition;
`;

const httpTest = (wanted: NewFunction): string => {
  const { group, name } = wanted;
  return `import { afterEach, describe, expect, it, vi } from "vitest";
import { calls } from "#functions/${group}/${name}/calls.ts";
import { operations } from "#functions/${group}/${name}/operations.ts";
import { callerOf, httpEvent } from "../../support/handlers/requests.ts";

const ROUTE = operations.${operationId(wanted)}.route;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("${group}/${name}", () => {
  it("says that it is there", async () => {
    const call = callerOf(operations, calls);
    expect(await call(ROUTE)).toEqual({ status: 200, json: { ok: true } });
  });

  it("asks for a key", async () => {
    vi.stubEnv("KEYS_TABLE", "keys");
    const { handler } = await import("#functions/${group}/${name}/handler.ts");
    expect(await handler(httpEvent({ route: ROUTE }), {})).toMatchObject({ statusCode: 401 });
  });
});
`;
};

const workerTest = ({ group, name }: NewFunction): string => `import { describe, expect, it } from "vitest";
import { Work } from "#functions/${group}/${name}/schema.ts";
import { parse } from "#runtime/parse.ts";

describe("${group}/${name}", () => {
  it("refuses a message without an id", () => {
    expect(() => parse(Work, { detail: {} })).toThrow("id: expected text");
  });
});
`;

const runbook = ({ group, name }: NewFunction, alarm: string): string => `# ${group}/${name}: ${alarm}

What it means, in a sentence.

## What customers notice

The \`failureImpact\` of \`functions/${group}/${name}/stack.ts\`, and from when on.

## Look

1. The function's log: \`aws logs tail /aws/lambda/rapport-prod-${group}-${name} --since 30m\`

## Mend

What to do for each cause that was found.
`;

/** The files of a new function, by path from the project's root. */
export const newFunctionFiles = (wanted: NewFunction): Readonly<Record<string, string>> => {
  const { group, kind, name } = wanted;
  const folder = `functions/${group}/${name}`;
  const test = `test/functions/${group}/${name}.test.ts`;
  const page = (alarm: string): string => `docs/runbook/${group}-${name}-${alarm}.md`;
  if (kind === "http") {
    return {
      [`${folder}/operations.ts`]: httpOperations(wanted),
      [`${folder}/calls.ts`]: httpCalls(wanted),
      [`${folder}/handler.ts`]: HTTP_HANDLER,
      [`${folder}/document.ts`]: httpDocument(wanted),
      [`${folder}/stack.ts`]: httpStack(`${group}/${name}`),
      [test]: httpTest(wanted),
      [page("errors")]: runbook(wanted, "errors"),
    };
  }
  return {
    [`${folder}/schema.ts`]: WORKER_SCHEMA,
    [`${folder}/handler.ts`]: WORKER_HANDLER,
    [`${folder}/stack.ts`]: workerStack(`${group}/${name}`),
    [test]: workerTest(wanted),
    [page("dead-letter")]: runbook(wanted, "dead-letter"),
    [page("late")]: runbook(wanted, "late"),
  };
};

const LEFT = `Left for you, and the tests say so until it is done:
  stack.ts                    what a customer suffers, what it uses, what feeds it
  docs/runbook/               what to do when its alarms go off
  docs/data-map.md            where its queues and logs lie, and what is in them
  test/infra/iam-table.ts     the rights it ends up with, reviewed
  document.ts                 for an HTTP function: what readers of the API's document are told; then npm run tables`;

const write = async (root: string, files: Readonly<Record<string, string>>): Promise<void> => {
  const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (taken.length > 0) throw new Error(`there already: ${taken.join(", ")}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(path);
  }
};

/** `npm run new:function -- receive/email worker`: a function that deploys as it is, and a list of what is left. */
if (import.meta.main) {
  try {
    const files = newFunctionFiles(parseNewFunction(process.argv.slice(2)));
    await write(join(import.meta.dirname, ".."), files);
    console.log(LEFT);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
