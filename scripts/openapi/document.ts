import type * as z from "zod/mini";
import type { Description, Parameter } from "#runtime/http/described.ts";
import { type Bodies, isCatchAll, type Operation } from "#runtime/http/operation.ts";
import { Problem } from "#runtime/http/shapes.ts";
import { type HttpFunction, sharedSchemas } from "./functions.ts";
import { type JsonSchema, type Shapes, shapesFor } from "./shapes.ts";

const ABOUT = {
  title: "Rapport",
  version: "1",
  description:
    "Collect what happens, decide what to say, say it on any channel, learn from what comes of it.",
  license: { name: "MIT", identifier: "MIT" },
};

const SERVERS = [
  { url: "/", description: "The hub that this document comes from" },
  { url: "http://127.0.0.1:4000", description: "The local cloud (npm start)" },
];

const SECURITY_SCHEMES = {
  secretKey: {
    type: "http",
    scheme: "bearer",
    description: "A secret key; its scopes say what it may do. Each call names the one it needs.",
  },
  writeKey: {
    type: "http",
    scheme: "basic",
    description:
      "A write key as the user name, without a password. It may stand in web pages: it can do nothing but collect.",
  },
};

const STATUSES: Readonly<Record<string, string>> = {
  200: "Done",
  201: "Kept",
  202: "Accepted: it is done soon",
  302: "Leads on to where the link points",
  404: "There is nothing under this address",
  503: "Not now: what this leads to does not answer",
  410: "It was good once, and is over",
  409: "Something else came first",
  422: "It cannot be taken as it is",
};

/** What the generator looks at in a description, whatever the operation. */
type Told = Description<Operation> & {
  readonly params?: Readonly<Record<string, Parameter>>;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  readonly request?: unknown;
  readonly answers?: Readonly<Record<string, unknown>>;
};

/** What may be answered instead, in the form of a problem. */
const PROBLEMS = {
  WrongRequest: "What in the request is wrong, where, and what was expected",
  NoKey: "No key was given, or one that nobody knows",
  NoScope: "The key lacks the scope of this call",
  NotGenuine: "The signature is missing, wrong or too old",
  NotFound: "There is nothing of that name or id",
  Conflict: "The idempotency key was used with another body, or somebody else came first",
  Unusable: "It cannot be taken as it is",
  Busy: "A service that the hub needs does not answer now",
  Problem: "What went wrong",
};
const REFUSED = {
  400: "WrongRequest",
  401: "NotGenuine",
  404: "NotFound",
  409: "Conflict",
  422: "Unusable",
} as const;
/** Says when to ask again. */
const AGAIN = {
  "Retry-After": {
    description: "Whole seconds to wait before the next try",
    schema: { type: "integer", minimum: 1 },
  },
};
const problem = (name: keyof typeof PROBLEMS) => ({ $ref: `#/components/responses/${name}` });

const isSchema = (given: z.core.$ZodType | Bodies): given is z.core.$ZodType => "_zod" in given;

/** `idempotency-key` as people write it. */
const headerName = (name: string): string => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

const parametersOf = (operation: Operation, told: Told, shapes: Shapes): readonly unknown[] => {
  const inPath = Object.entries(told.params ?? {}).map(([name, { about, example }]) => ({
    name,
    in: "path",
    required: true,
    description: about,
    example,
    schema: { type: "string" },
  }));
  const named = (
    place: "query" | "header",
    schema: z.core.$ZodObject | undefined,
    texts: Told["query"] = {},
  ) => {
    if (schema === undefined) return [];
    // Member by member: a query with a name of its own would come as a reference to it.
    return Object.entries(schema._zod.def.shape).map(([name, member]) => ({
      name: place === "header" ? headerName(name) : name,
      in: place,
      required: member._zod.optin === undefined,
      description: texts[name]?.about,
      example: texts[name]?.example,
      schema: shapes.of(member, "input"),
    }));
  };
  return [
    ...inPath,
    ...named("query", operation.query, told.query),
    ...named("header", operation.headers, told.headers),
  ];
};

const requestBody = ({ request }: Operation, told: Told, shapes: Shapes): unknown => {
  if (request === undefined) return undefined;
  const bodies: Bodies = isSchema(request) ? { "application/json": request } : request;
  const examples = (isSchema(request) ? { "application/json": told.request } : told.request) as Bodies;
  return {
    required: !isSchema(request) || request._zod.optin === undefined,
    content: Object.fromEntries(
      Object.entries(bodies).map(([type, schema]) => [
        type,
        {
          // OpenAPI 3.1 describes bytes by the media type alone.
          schema: schema === null ? {} : shapes.of(schema, "input"),
          example: examples[type],
        },
      ]),
    ),
  };
};

const responsesOf = (
  { answers, scope, query, headers, request, refuses = [] }: Operation,
  told: Told,
  shapes: Shapes,
): unknown => ({
  ...Object.fromEntries(
    Object.entries(answers).map(([status, content]) => {
      const type = Number(status) < 400 ? "application/json" : "application/problem+json";
      const body =
        typeof content === "string"
          ? { [content]: { schema: { type: "string" } } }
          : { [type]: { schema: shapes.of(content, "output"), example: told.answers?.[status] } };
      return [status, { description: STATUSES[status], content: body }];
    }),
  ),
  ...([query, headers, request].every((part) => part === undefined) ? {} : { 400: problem("WrongRequest") }),
  ...Object.fromEntries(refuses.map((status) => [status, problem(REFUSED[status])])),
  ...(scope === null ? {} : { 401: problem("NoKey"), 403: problem("NoScope"), 503: problem("Busy") }),
  default: problem("Problem"),
});

/** A write key is good for collect; the roles of a secret key are its scopes. */
const securityOf = ({ scope }: Operation): readonly unknown[] => {
  if (scope === null) return [];
  return [{ secretKey: [scope] }, ...(scope === "collect" ? [{ writeKey: [] }] : [])];
};

/** The OpenAPI 3.1 document of all functions. Throws where an operation is not described, or a name is taken twice. */
export const openapiDocument = (functions: readonly HttpFunction[]): JsonSchema => {
  const shapes = shapesFor([sharedSchemas, ...functions.map(({ schemas }) => schemas)]);
  const paths: Record<string, Record<string, unknown>> = {};
  const ids = new Set<string>();
  const documented = functions.flatMap(({ name, operations, described }) => {
    if (described !== undefined) return [{ operations, described }];
    if (Object.values(operations).every(({ route }) => isCatchAll(route))) return [];
    throw new Error(`functions/${name} has no document.ts`);
  });
  for (const { operations, described } of documented) {
    for (const [operationId, operation] of Object.entries(operations)) {
      if (ids.has(operationId)) throw new Error(`two operations are called ${operationId}`);
      ids.add(operationId);
      const [method = "", path = ""] = operation.route.split(" ");
      const told = described.calls[operationId] as Told;
      paths[path] = {
        ...paths[path],
        [method.toLowerCase()]: {
          tags: [described.tag.name],
          summary: told.summary,
          description: told.description,
          operationId,
          security: securityOf(operation),
          parameters: parametersOf(operation, told, shapes),
          requestBody: requestBody(operation, told, shapes),
          responses: responsesOf(operation, told, shapes),
        },
      };
    }
  }
  return {
    openapi: "3.1.0",
    info: ABOUT,
    servers: SERVERS,
    tags: documented.map(({ described }) => described.tag),
    components: {
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([name, description]) => [
          name,
          {
            description,
            headers: name === "Busy" ? AGAIN : undefined,
            content: { "application/problem+json": { schema: shapes.of(Problem, "output") } },
          },
        ]),
      ),
      securitySchemes: SECURITY_SCHEMES,
      // Last, when all have been referred to.
      schemas: shapes.components(),
    },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};
