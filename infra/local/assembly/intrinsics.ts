import { isList, isObject, type Json } from "#kernel/json.ts";
import { asObject, listAt } from "../aws/json.ts";

/** What intrinsic functions of a template need to know about their stack and the stacks before it. */
export type Scope = {
  readonly ref: (name: string) => Json;
  readonly attribute: (logicalId: string, attribute: string) => Json;
  readonly imported: (exportName: string) => Json;
  readonly mapped: (map: string, first: string, second: string) => Json;
  readonly condition: (name: string) => boolean;
  /** Last touch on every composed or literal text: dynamic references and local addresses. */
  readonly finish: (text: string) => string;
};

/** Stands for `AWS::NoValue`: the property that holds it is left out. */
const NOTHING = Symbol("AWS::NoValue");
type Resolved = Json | typeof NOTHING;

/** Resolves intrinsic functions wherever they stand. @throws Error naming a function that is not known here */
export function resolve(value: Json, scope: Scope): Json {
  const resolved = resolveValue(value, scope);
  return resolved === NOTHING ? null : resolved;
}

function resolveValue(value: Json, scope: Scope): Resolved {
  if (typeof value === "string") return scope.finish(value);
  if (isList(value)) return value.map((one) => resolveValue(one, scope)).filter((one) => one !== NOTHING);
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  const only = names.length === 1 ? names[0] : undefined;
  if (only !== undefined && (only === "Ref" || only.startsWith("Fn::")))
    return call(only, value[only] ?? null, scope);
  const resolved: { [name: string]: Json } = {};
  for (const [name, member] of Object.entries(value)) {
    const one = resolveValue(member, scope);
    if (one !== NOTHING) resolved[name] = one;
  }
  return resolved;
}

function call(name: string, argument: Json, scope: Scope): Resolved {
  switch (name) {
    case "Ref":
      return argument === "AWS::NoValue" ? NOTHING : scope.ref(text(argument, scope));
    case "Fn::GetAtt":
      return getAttribute(argument, scope);
    case "Fn::Join": {
      const [separator, parts] = list(argument, scope);
      return scope.finish((isList(parts) ? parts : []).map(asText).join(asText(separator ?? "")));
    }
    case "Fn::Sub":
      return scope.finish(substitute(argument, scope));
    case "Fn::Select": {
      const [index, from] = list(argument, scope);
      return (isList(from) ? from[Number(index)] : null) ?? null;
    }
    case "Fn::Split": {
      const [separator, whole] = list(argument, scope);
      return asText(whole ?? "").split(asText(separator ?? ""));
    }
    case "Fn::ImportValue":
      return scope.imported(text(argument, scope));
    case "Fn::If": {
      const [condition, then, otherwise] = isList(argument) ? argument : [];
      return resolveValue((scope.condition(asText(condition ?? "")) ? then : otherwise) ?? null, scope);
    }
    case "Fn::FindInMap": {
      const [map, first, second] = list(argument, scope).map(asText);
      return scope.mapped(map ?? "", first ?? "", second ?? "");
    }
    case "Fn::Base64":
      return Buffer.from(text(argument, scope)).toString("base64");
    default:
      throw new Error(`the local cloud does not know the intrinsic function ${name}`);
  }
}

function getAttribute(argument: Json, scope: Scope): Json {
  const parts = isList(argument) ? argument.map(asText) : asText(argument).split(/\.(.*)/s);
  return scope.attribute(parts[0] ?? "", parts[1] ?? "");
}

function substitute(argument: Json, scope: Scope): string {
  const [template, variables] = isList(argument) ? argument : [argument, {}];
  return asText(template ?? "").replace(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === "!") return `\${${name}}`;
    const given = asObject(variables)?.[name];
    if (given !== undefined) return asText(resolve(given, scope));
    if (!name.includes(".")) return asText(scope.ref(name));
    return asText(getAttribute(name, scope));
  });
}

const list = (argument: Json, scope: Scope): readonly Json[] => {
  const resolved = resolve(argument, scope);
  return isList(resolved) ? resolved : [];
};

const text = (argument: Json, scope: Scope): string => asText(resolve(argument, scope));

export const asText = (value: Json): string =>
  typeof value === "string" ? value : value === null ? "" : String(value);

/** Evaluates a condition of a template. */
export function holds(condition: Json, scope: Scope): boolean {
  if (!isObject(condition)) return condition === true || condition === "true";
  if (typeof condition.Condition === "string") return scope.condition(condition.Condition);
  const parts = (name: string): readonly Json[] => listAt(condition, name);
  if ("Fn::Equals" in condition) return isEqual(parts("Fn::Equals"), scope);
  if ("Fn::Not" in condition) return !parts("Fn::Not").every((one) => holds(one, scope));
  if ("Fn::And" in condition) return parts("Fn::And").every((one) => holds(one, scope));
  if ("Fn::Or" in condition) return parts("Fn::Or").some((one) => holds(one, scope));
  throw new Error(`the local cloud does not know the condition ${JSON.stringify(condition)}`);
}

function isEqual(pair: readonly Json[], scope: Scope): boolean {
  const [left, right] = pair.map((one) => asText(resolve(one, scope)));
  return left === right;
}
