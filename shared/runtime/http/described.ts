import type * as z from "zod/mini";
import type { Answered, Bodies, Operation, Operations, PathParameter } from "./operation.ts";

/** A parameter of a call: what it is, and one as it may be given. */
export type Parameter = { readonly about: string; readonly example: string | number };

/** A member that is there where there is something to describe. */
type Member<Name extends string, Value, When> = [When] extends [never]
  ? unknown
  : { readonly [_ in Name]: Value };
type Named<Names extends PropertyKey, Value> = { readonly [_ in Names]: Value };

type NamesIn<Given> = Given extends z.core.$ZodObject<infer Shape> ? keyof Shape : never;
type RequestExample<Given> = Given extends z.core.$ZodType
  ? z.input<Given>
  : Given extends Bodies
    ? { readonly [Type in keyof Given]?: Given[Type] extends z.core.$ZodType ? z.input<Given[Type]> : never }
    : never;
/** Statuses that are answered in JSON. */
type JsonStatus<Answers> = {
  [Status in keyof Answers]: Answers[Status] extends z.core.$ZodType ? Status : never;
}[keyof Answers];

/** What the API's document says of an operation beside its shapes. Examples are checked against these, and tried. */
export type Description<One extends Operation> = {
  /** A few words. */
  readonly summary: string;
  /** What else one should know. */
  readonly description?: string;
} & Member<"params", Named<PathParameter<One["route"]>, Parameter>, PathParameter<One["route"]>> &
  Member<"query", Named<NamesIn<One["query"]>, Parameter>, NamesIn<One["query"]>> &
  Member<"headers", Named<NamesIn<One["headers"]>, Parameter>, NamesIn<One["headers"]>> &
  Member<"request", RequestExample<One["request"]>, RequestExample<One["request"]>> &
  Member<
    "answers",
    {
      readonly [Status in JsonStatus<One["answers"]>]: Answered<
        z.output<One["answers"][Status] & z.core.$ZodType>
      >;
    },
    JsonStatus<One["answers"]>
  >;

/** What `document.ts` beside a function's `operations.ts` exports: every operation described, or it does not compile. */
export type Described<Ops extends Operations> = {
  /** The heading that the calls stand under. */
  readonly tag: { readonly name: string; readonly description: string };
  readonly calls: { readonly [Id in keyof Ops]: Description<Ops[Id]> };
};
