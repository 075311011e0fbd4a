import type * as z from "zod/mini";
import type { Scope } from "#ports/key-store.ts";
import type { Caller } from "./caller.ts";
import type { HttpRequest } from "./http-request.ts";
import type { Changed, HttpResponse } from "./http-response.ts";

type Schema = z.core.$ZodType;

/** Routes that are no call of the API: what takes what no other does, and the console's files. */
const CATCH_ALLS = ["$default", "OPTIONS /{proxy+}", "GET /console", "GET /console/{proxy+}"] as const;

/** `POST /v1/messages/{id}` as API Gateway writes it. */
export type Route = `${"GET" | "HEAD" | "POST" | "PUT" | "DELETE"} /${string}` | (typeof CATCH_ALLS)[number];

/** Whether the route is no call of the API. */
export const isCatchAll = (route: Route): boolean => CATCH_ALLS.some((one) => one === route);

/** Media type -> schema of such a body; null: bytes that no schema describes. */
export type Bodies = Readonly<Record<string, Schema | null>>;

/**
 * One call of the HTTP API, said once, in its function's `operations.ts`. The stack makes routes and rights of it, the
 * router checks key and request against it, and `npm run tables` describes it.
 */
export type Operation = {
  readonly route: Route;
  /** What the key must be good for; null: no key. */
  readonly scope: Scope | null;
  /** Checked before the call is handled; names that it does not know are dropped. */
  readonly query?: z.core.$ZodObject;
  /** Names in lower case. */
  readonly headers?: z.core.$ZodObject;
  /** A schema: the JSON body is checked with it. By media type: the handler reads the body itself. */
  readonly request?: Schema | Bodies;
  /** The largest body; by default `BOUNDS.bodyBytes`. */
  readonly maxBytes?: number;
  /** What its handler may refuse, as a problem, beside what the router does: a wrong reference, an unknown id, a key used before. */
  readonly refuses?: readonly (400 | 401 | 404 | 409 | 422)[];
  /** Whose calls are written into the audit log: people's alone, or those of keys too. */
  readonly audit?: "people" | "everybody";
  /** Why what it answers is shown to people as it is, where addresses of customers are masked for them in all other answers. */
  readonly unmasked?: string;
  /** Status -> schema of the JSON answer, or the media type of another one. */
  readonly answers: Readonly<Record<number, Schema | string>>;
};
/** A function's operations; the name of each is its `operationId` in the API's document. */
export type Operations = Readonly<Record<string, Operation>>;

/** Keeps the exact types of what is declared: handler, answers and document are checked against them. */
export const operation = <const One extends Operation>(one: One): One => one;

/** Names in braces: `id` of `/v1/messages/{id}`, `proxy` of `/console/{proxy+}`. */
export type PathParameter<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Greedy}+` ? Greedy : Name) | PathParameter<Rest>
  : never;

type Checked<Given, Otherwise> = Given extends Schema ? z.output<Given> : Otherwise;

/** A request to an operation, its caller and members checked. */
export type Call<One extends Operation> = Omit<HttpRequest, "params" | "query" | "headers"> & {
  readonly params: Readonly<Record<PathParameter<One["route"]>, string>>;
  readonly query: Checked<One["query"], HttpRequest["query"]>;
  readonly headers: HttpRequest["headers"] & Checked<One["headers"], unknown>;
  readonly body: Checked<One["request"], undefined>;
  /** Null where the operation needs none. */
  readonly caller: One["scope"] extends null ? null : Caller;
};

/** What a schema gives, as one may answer it: lists that nobody will change need no copy. */
export type Answered<Value> = Value extends readonly (infer Item)[]
  ? readonly Answered<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Answered<Value[Name]> }
    : Value;

type AnswerWith<Status, Content> = Content extends Schema
  ? {
      readonly status: Status;
      readonly json: Answered<z.output<Content>>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cookies?: readonly string[];
      readonly changed?: Changed;
    }
  : Omit<HttpResponse, "json" | "status"> & { readonly status: Status };

/** One of the answers that an operation declares; what is refused is thrown as `RapportError`. */
export type Answer<One extends Operation> = {
  [Status in keyof One["answers"]]: AnswerWith<Status, One["answers"][Status]>;
}[keyof One["answers"]];

/** What answers each operation. A missing one does not compile. */
export type Handlers<Ops extends Operations> = {
  readonly [Id in keyof Ops]: (call: Call<Ops[Id]>) => Promise<Answer<Ops[Id]>>;
};
