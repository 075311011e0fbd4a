import type * as z from "zod/mini";
import { $ZodArray, $ZodObject, $ZodOptional, $ZodRecord, type $ZodType, $ZodUnion } from "zod/v4/core";
import { expectedOneOf } from "#kernel/suggest.ts";
import { MAX_FINDINGS, type PlaybookFinding } from "../model/finding.ts";
import type { LocatedFile, Path } from "./yaml-file.ts";

type Issue = z.core.$ZodIssue;

/** Checks a file's value against its schema. The value comes back typed, or null with findings at the exact nodes. */
export const checkShape = <S extends z.ZodMiniType>(
  schema: S,
  file: LocatedFile,
): { readonly value: z.output<S> | null; readonly findings: readonly PlaybookFinding[] } => {
  const result = schema.safeParse(file.value, { reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  return {
    value: null,
    findings: result.error.issues
      .slice(0, MAX_FINDINGS)
      .flatMap((issue) => toFindings(schema, file, issue, [])),
  };
};

const toFindings = (
  schema: z.ZodMiniType,
  file: LocatedFile,
  issue: Issue,
  above: Path,
): readonly PlaybookFinding[] => {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_FINDINGS).map((key) => ({
        severity: "error",
        ...file.atKey([...path, key]),
        code: "unknown-field",
        message: `There is no field "${key}" here`,
        // Another shape that this may have can know the name.
        expected: expectedOneOf(
          key,
          memberNames(schema, path).filter((name) => name !== key),
        ),
      }));
    case "invalid_union":
      return unionFindings(schema, file, issue, path);
    case "invalid_key":
      return issue.issues.slice(0, 1).map((inner) => ({
        severity: "error",
        ...file.atKey(path),
        code: "invalid-name",
        message: `"${String(path.at(-1))}" is not allowed as a name`,
        expected: expectation(inner),
      }));
    default:
      return [finding(file, path, issue, expectation(issue))];
  }
};

/** Of a union's alternatives, the one that fits best speaks: of the right type, with the fewest members it does not want. */
const unionFindings = (
  schema: z.ZodMiniType,
  file: LocatedFile,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
): readonly PlaybookFinding[] => {
  if (issue.discriminator !== undefined && !issue.inclusive) return [kindFinding(file, issue, path)];
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const [close] = branches
    .filter((branch) => branch.every((inner) => !isOtherType(inner)))
    .sort((a, b) => a.filter(isStrange).length - b.filter(isStrange).length);
  if (close) return close.flatMap((inner) => toFindings(schema, file, inner, path));
  const each = new Set(
    branches.map((branch) => branch[0]).flatMap((inner) => (inner ? [expectation(inner)] : [])),
  );
  return [finding(file, path, issue, issue.message === UNTOLD ? [...each].join(", or ") : issue.message)];
};

/** The message of zod/mini where the schema gives none. */
const UNTOLD = "Invalid input";

/** For alternatives distinguished by a member (`kind: trees`), none of which matches: all values that the member may have. */
const kindFinding = (
  file: LocatedFile,
  issue: { readonly input?: unknown; readonly options?: readonly unknown[] },
  path: Path,
): PlaybookFinding => {
  const given = new Map(Object.entries(Object(issue.input))).get(String(path.at(-1)));
  const expected = expectedOneOf(String(given ?? ""), (issue.options ?? []).map(String));
  return finding(
    file,
    path,
    { code: given === undefined ? "invalid_type" : "invalid_value", input: given },
    expected,
  );
};

const isStrange = ({ code, input }: Issue): boolean =>
  code === "unrecognized_keys" || (code === "invalid_type" && input === undefined);

const isOtherType = (issue: Issue): boolean => issue.path.length === 0 && issue.code === "invalid_type";

const finding = (
  file: LocatedFile,
  path: Path,
  issue: { readonly code: Issue["code"]; readonly input?: unknown },
  expected: string,
): PlaybookFinding => {
  const missing = issue.input === undefined && path.length > 0 && issue.code === "invalid_type";
  const member = memberName(path);
  return {
    severity: "error",
    ...file.at(path),
    code: missing ? "missing-field" : "invalid-value",
    message: missing ? `"${member}" is missing` : `${show(issue.input)} does not fit ${member}`,
    expected,
  };
};

const memberName = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number"
    ? `entry ${last + 1} of ${String(path.at(-2) ?? "the file")}`
    : String(last);
};

const show = (value: unknown): string => {
  if (value === null || value === undefined) return "Nothing";
  if (Array.isArray(value)) return "A list";
  if (typeof value === "object") return "A map";
  if (typeof value === "number") return String(value);
  const shown = JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}..."` : shown;
};

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map of fields",
  record: "a map of names",
};

const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1
        ? String(issue.values[0])
        : expectedOneOf(String(issue.input ?? ""), issue.values.map(String));
    default:
      return issue.message;
  }
};

/** Names of the members that the schema declares at `path`. */
const memberNames = (schema: z.ZodMiniType, path: Path): readonly string[] => {
  let current: readonly $ZodType[] = [schema];
  for (const step of path) current = current.flatMap((each) => childrenAt(each, step));
  return [...new Set(current.flatMap((each) => Object.keys(shapeOf(each))))];
};

const childrenAt = (schema: $ZodType, step: PropertyKey): readonly $ZodType[] => {
  const plain = unwrap(schema);
  return plain.flatMap((each) => {
    if (each instanceof $ZodArray) return [each._zod.def.element];
    if (each instanceof $ZodRecord) return [each._zod.def.valueType];
    const member = shapeOf(each)[String(step)];
    return member ? [member] : [];
  });
};

const unwrap = (schema: $ZodType): readonly $ZodType[] => {
  if (schema instanceof $ZodOptional) return unwrap(schema._zod.def.innerType);
  if (schema instanceof $ZodUnion) return schema._zod.def.options.flatMap(unwrap);
  return [schema];
};

const shapeOf = (schema: $ZodType): Readonly<Record<string, $ZodType>> =>
  unwrap(schema).reduce<Record<string, $ZodType>>(
    (shape, each) => (each instanceof $ZodObject ? Object.assign(shape, each._zod.def.shape) : shape),
    {},
  );
