/*
 * The API's document as TypeScript: an interface for each named schema, and `Calls`, which maps each route to what goes in and
 * what comes out. It knows as much of JSON Schema as the document uses.
 */

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
};
type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
};
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Operation = {
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

/** What of an OpenAPI document becomes types. */
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const JSON_TYPE = "application/json";
/** What `analytics.js` alone asks, and the names that blockers do not know: a typed client needs neither. */
const BY_OTHER_CLIENTS = /^\/v1\/([a-z]|projects\/.*)$/;

const literal = (value: unknown): string => JSON.stringify(value);
const union = (types: readonly string[]): string => [...new Set(types)].join(" | ");
const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : literal(name));

const member = (name: string, type: string, required: boolean): string =>
  `readonly ${key(name)}${required ? "" : "?"}: ${type}`;

const objectType = ({ properties = {}, required = [], additionalProperties }: Schema): string => {
  const members = Object.entries(properties).map(([name, schema]) =>
    member(name, typeOf(schema), required.includes(name)),
  );
  if (typeof additionalProperties === "object" || additionalProperties === true) {
    const value =
      members.length > 0 || additionalProperties === true ? "unknown" : typeOf(additionalProperties);
    members.push(`readonly [member: string]: ${value}`);
  }
  return `{ ${members.join("; ")} }`;
};

const plainType = (type: string, schema: Schema): string => {
  if (type === "object") return objectType(schema);
  if (type === "array") {
    const item = typeOf(schema.items ?? {});
    return `readonly ${item.includes(" | ") ? `(${item})` : item}[]`;
  }
  return type === "integer" ? "number" : type;
};

/** The TypeScript type of what a schema takes, on one line. */
const typeOf = (schema: Schema): string => {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  if ("const" in schema) return literal(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map(literal));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return union(choices.map(typeOf));
  if (schema.type === undefined) return "unknown";
  return union([schema.type].flat().map((type) => plainType(type, schema)));
};

const parametersIn = (place: Parameter["in"], { parameters }: Operation): readonly string[] => {
  const named = parameters.filter((each) => each.in === place);
  if (named.length === 0) return [];
  const required = named.some((each) => each.required);
  const type = `{ ${named.map((each) => member(each.name, typeOf(each.schema), each.required)).join("; ")} }`;
  return [member(place, type, required)];
};

const inputOf = (operation: Operation): string => {
  const body = operation.requestBody?.content[JSON_TYPE];
  const members = [
    ...parametersIn("path", operation),
    ...parametersIn("query", operation),
    ...(body === undefined
      ? []
      : [member("body", typeOf(body.schema), operation.requestBody?.required ?? false)]),
    ...(operation.parameters.some(({ name }) => name === "Idempotency-Key")
      ? [member("idempotencyKey", "string", false)]
      : []),
  ];
  return members.length === 0 ? "Record<never, never>" : `{ ${members.join("; ")} }`;
};

const answerOf = ({ responses }: Operation): readonly string[] =>
  Object.entries(responses).flatMap(([status, { content }]) => {
    const schema = status.startsWith("2") ? content?.[JSON_TYPE]?.schema : undefined;
    return schema === undefined ? [] : [typeOf(schema)];
  });

const callsOf = ({ paths }: ApiDocument): readonly string[] =>
  Object.entries(paths)
    .filter(([path]) => path.startsWith("/v1/") && !BY_OTHER_CLIENTS.test(path))
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => {
        const answers = answerOf(operation);
        if (answers.length === 0) return [];
        const route = literal(`${method.toUpperCase()} ${path}`);
        const type = `{ readonly input: ${inputOf(operation)}; readonly answer: ${union(answers)} }`;
        return [`  /** ${operation.summary}. */\n  readonly ${route}: ${type};`];
      }),
    );

/** The TypeScript module that describes the API: every named schema, and every call by its route. */
export const clientTypes = (document: ApiDocument): string =>
  [
    ...Object.entries(document.components.schemas).map(
      ([name, schema]) => `\nexport type ${name} = ${typeOf(schema)};`,
    ),
    "\n/** Each call of the API by its route: what goes in, and what comes out. */",
    "export interface Calls {",
    ...callsOf(document),
    "}\n",
  ].join("\n");
