import { camelCase, type Files, type NewFunction } from "./names.ts";

/** Names of operations are the whole API's, so this one has the function's whole name. */
const operationId = ({ group, name }: NewFunction): string => camelCase(`show-${group}-${name}`);

const operations = (wanted: NewFunction): string => `import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";

export const operations = {
  ${operationId(wanted)}: operation({
    route: "GET /v1/${wanted.group}/${wanted.name}",
    scope: "profiles:read",
    answers: { 200: z.object({ ok: z.boolean() }) },
  }),
};
`;

const calls = (wanted: NewFunction): string => `import type { Handlers } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";

/** What answers the calls of operations.ts. */
export const calls: Handlers<typeof operations> = {
  ${operationId(wanted)}: async () => ({ status: 200, json: { ok: true } }),
};
`;

const HANDLER = `import { httpHandler } from "#runtime/http/http-handler.ts";
import { apiKeys } from "#runtime/stores.ts";
import { calls } from "./calls.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(operations, calls, apiKeys());
`;

const document = (
  wanted: NewFunction,
): string => `import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "${wanted.group}/${wanted.name}", description: "Say what these calls are for." },
  calls: {
    ${operationId(wanted)}: {
      summary: "Say that it is there",
      answers: { 200: { ok: true } },
    },
  },
};
`;

const stack = ({
  group,
  name,
}: NewFunction): string => `import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Say in one sentence what a customer suffers when ${group}/${name} fails.",
  operations,
  uses: [],
} satisfies FunctionDefinition;
`;

const test = (wanted: NewFunction): string => {
  const { group, name } = wanted;
  return `import { afterEach, describe, expect, it, vi } from "vitest";
import { calls } from "#functions/${group}/${name}/calls.ts";
import { operations } from "#functions/${group}/${name}/operations.ts";
import { callerOf, httpEvent } from "../../support/handlers/requests.ts";

const { route } = operations.${operationId(wanted)};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("${group}/${name}", () => {
  it("says that it is there", async () => {
    expect(await callerOf(operations, calls)(route)).toEqual({ status: 200, json: { ok: true } });
  });

  it("asks for a key", async () => {
    vi.stubEnv("KEYS_TABLE", "keys");
    const { handler } = await import("#functions/${group}/${name}/handler.ts");
    expect(await handler(httpEvent({ route }), {})).toMatchObject({ statusCode: 401 });
  });
});
`;
};

/** A function with one call over HTTP, which says that it is there. */
export const httpFunctionFiles = (wanted: NewFunction): Files => {
  const folder = `functions/${wanted.group}/${wanted.name}`;
  return {
    [`${folder}/operations.ts`]: operations(wanted),
    [`${folder}/calls.ts`]: calls(wanted),
    [`${folder}/handler.ts`]: HANDLER,
    [`${folder}/document.ts`]: document(wanted),
    [`${folder}/stack.ts`]: stack(wanted),
    [`test/${folder}.test.ts`]: test(wanted),
  };
};
