import * as z from "zod/mini";
import { type FieldError, RapportError } from "../domain/errors.ts";

type Issue = z.core.$ZodIssue;

const describe = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "object";
  if (value === undefined) return "nothing";
  return typeof value;
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key as string) : undefined,
    input,
  );

const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "regex" ? `text like ${issue.pattern ?? "the pattern"}` : issue.format;
    case "unrecognized_keys":
      return `no member ${issue.keys.join(", ")}`;
    case "invalid_union": {
      const branches = issue.errors.flatMap(([first]) => (first === undefined ? [] : expectation(first)));
      return branches.length === 0 ? issue.message : [...new Set(branches)].join(" or ");
    }
    default:
      return issue.message;
  }
};

/** What was wrong, where, and what was expected; never the value itself, which may be personal data. */
const fieldErrors = (issues: readonly Issue[], input: unknown): FieldError[] =>
  issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    expected: expectation(issue),
    got: describe(valueAt(input, issue.path)),
  }));

/** Validates once, at the edge. Throws `invalid_request` naming every wrong field. */
export const parse = <Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error.issues, input);
  const first = errors[0];
  const where = first?.path === "" ? "the body" : first?.path;
  throw new RapportError("invalid_request", `${where}: expected ${first?.expected}, got ${first?.got}`, {
    errors,
  });
};
