import type { Caller } from "../run/caller.ts";
import type {
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelFunction,
  FeelList,
  FeelMonthsDuration,
  FeelRange,
  FeelTime,
  FeelValue,
} from "../values/values.ts";

/** What the types in a parameter's specification admit. Null is an error for all but those that admit any value. */
interface ParameterTypes {
  any: FeelValue;
  /** Any value too, but what is known to be no boolean is reported as a mistake. */
  truth: FeelValue;
  /** Any value too, but what is known to be no element of the list before it is reported as a mistake. */
  element: FeelValue;
  string: string;
  number: number;
  boolean: boolean;
  list: FeelList;
  /** A list; what is known to be one of something else than numbers is reported as a mistake. */
  numbers: FeelList;
  context: FeelContext;
  range: FeelRange;
  function: FeelFunction;
  date: FeelDate;
  time: FeelTime;
  dateTime: FeelDateTime;
  moment: FeelDate | FeelDateTime;
  duration: FeelDaysDuration | FeelMonthsDuration;
  daysDuration: FeelDaysDuration;
}

export type TypeCode = keyof ParameterTypes;

/** `name:type`, `name?:type` for an optional parameter (null counts as absent), `...name:type` for all the rest. */
export type Specification = `${string}:${TypeCode}`;

type Argument<S> = S extends `...${string}:${infer T extends TypeCode}`
  ? readonly ParameterTypes[T][]
  : S extends `${string}?:${infer T extends TypeCode}`
    ? ParameterTypes[T] | undefined
    : S extends `${string}:${infer T extends TypeCode}`
      ? ParameterTypes[T]
      : never;

type Arguments<P extends readonly Specification[]> = { [I in keyof P]: Argument<P[I]> };

export type OverloadCall<P extends readonly Specification[]> = (
  caller: Caller,
  ...args: Arguments<P>
) => FeelValue | undefined;

export interface ParameterSpec {
  readonly name: string;
  readonly type: TypeCode;
  readonly optional: boolean;
  readonly rest: boolean;
}

/** One way to call a built-in function. Undefined as its result means: these arguments do not fit. */
export interface Overload {
  readonly parameters: readonly ParameterSpec[];
  readonly variadic: boolean;
  readonly takes: (count: number) => boolean;
  readonly call: (caller: Caller, args: readonly unknown[]) => FeelValue | undefined;
}

/** A function's name and the ways to call it, the first that fits being taken. */
export interface Callable {
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** Describes one way to call a function; the types of `call`'s arguments follow from the specifications. */
export function overload<const P extends readonly Specification[]>(
  specifications: P,
  call: OverloadCall<P>,
): Overload {
  const parameters = specifications.map(parseSpecification);
  const required = parameters.filter(({ optional, rest }) => !optional && !rest).length;
  const variadic = parameters.at(-1)?.rest ?? false;
  return {
    parameters,
    variadic,
    takes: (count) => count >= required && (variadic || count <= parameters.length),
    // `callBuiltin` has checked each argument against its specification, which is what Arguments<P> says.
    call: (caller, args) => call(caller, ...(args as Arguments<P>)),
  };
}

function parseSpecification(specification: Specification): ParameterSpec {
  const separator = specification.lastIndexOf(":");
  const label = specification.slice(0, separator);
  const rest = label.startsWith("...");
  const optional = label.endsWith("?");
  const name = label.slice(rest ? 3 : 0, optional ? -1 : undefined);
  return { name, type: specification.slice(separator + 1) as TypeCode, optional, rest };
}

/** The parameters' names of every way to call the function, for messages. */
export function signaturesOf(fn: Callable): string {
  return fn.overloads
    .map(
      ({ parameters }) =>
        `${fn.name}(${parameters.map(({ name, optional }) => (optional ? `${name}?` : name)).join(", ")})`,
    )
    .join(" or ");
}
