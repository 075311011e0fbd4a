import { Ajv2020 } from "ajv/dist/2020.js";
import document from "#functions/api/openapi/document.json" with { type: "json" };

export { document };

type Content = Readonly<Record<string, { readonly schema: Json; readonly example?: unknown }>>;
export type Json = Readonly<Record<string, unknown>>;
type Answered = { readonly description?: string; readonly content?: Content };
type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema: Json;
};
type Operation = {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly operationId: string;
  readonly security: readonly Json[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answered & { readonly $ref?: string }>>;
};
type Documented = Operation & { readonly route: string };

export const PROBLEM = "application/problem+json";

export const operations: readonly Documented[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...(operation as unknown as Operation),
    route: `${method.toUpperCase()} ${path}`,
  })),
);

/** What a `$ref` of the document leads to; undefined: nothing. */
export const resolve = (ref: string): unknown =>
  ref
    .slice("#/".length)
    .split("/")
    .reduce<unknown>((at, name) => (at === undefined ? at : Reflect.get(Object(at), name)), document);

export const answersOf = ({ responses }: Operation): readonly (readonly [status: string, Answered])[] =>
  Object.entries(responses).map(([status, answered]) => [
    status,
    answered.$ref === undefined ? answered : (resolve(answered.$ref) as Answered),
  ]);

export const contentsOf = (operation: Operation): readonly (readonly [where: string, Content])[] => [
  ["request", operation.requestBody?.content ?? {}],
  ...answersOf(operation).map(([status, { content = {} }]) => [status, content] as const),
];

/** Every object of the document, with where it stands. */
export const nodesOf = (value: unknown, at = "#"): readonly (readonly [string, Json])[] =>
  typeof value !== "object" || value === null
    ? []
    : [
        [at, value as Json],
        ...Object.entries(value).flatMap(([name, one]) =>
          nodesOf(one, `${at}/${name.replaceAll("/", "~1")}`),
        ),
      ];

/** The members of a schema, wherever it keeps them. */
export const shapeOf = (
  schema: Json,
): { readonly properties: Json; readonly required: readonly string[] } => {
  const { properties = {}, required = [] } = (
    typeof schema.$ref === "string" ? resolve(schema.$ref) : schema
  ) as { readonly properties?: Json; readonly required?: readonly string[] };
  return { properties, required };
};

/** Names of all shapes that something leads to. */
export const usedBy = (value: unknown, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> => {
  let found = new Set(seen);
  for (const [, { $ref }] of nodesOf(value)) {
    if (typeof $ref !== "string" || !$ref.startsWith("#/components/schemas/")) continue;
    const name = $ref.slice("#/components/schemas/".length);
    if (found.has(name)) continue;
    found = new Set(usedBy(resolve($ref), new Set([...found, name])));
  }
  return found;
};

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "hub:/api", ...document });
/** What is wrong with a value by a schema of the document; empty: nothing. */
export const wrongIn = (schema: Json, value: unknown): readonly string[] => {
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"hub:/api#/'));
  const validate = ajv.compile(local);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
