import type * as z from "zod/mini";
import type { FieldError } from "#kernel/errors.ts";

type Issue = z.core.$ZodIssue;

/** Names of types as people say them, whatever the schema library calls them. */
const NOUNS: Readonly<Record<string, string>> = {
  string: "text",
  int: "whole number",
  boolean: "true or false",
  array: "list",
  record: "object",
};
const FORMATS: Readonly<Record<string, string>> = {
  datetime: "a time with its zone, such as 2026-03-01T09:30:00Z",
  url: "an address, such as https://shop.example",
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What is there instead, told without the value: that may be personal data. */
const describe = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (value === undefined) return "nothing";
  if (typeof value === "boolean") return String(value);
  return NOUNS[typeof value] ?? typeof value;
};

const got = (issue: Issue, value: unknown): string => {
  if (issue.code === "too_small" || issue.code === "too_big") {
    if (issue.origin === "string") return `text of ${counted(String(value).length, "character")}`;
    if (Array.isArray(value)) return `list of ${counted(value.length, "item")}`;
    return issue.code === "too_small" ? "less" : "more";
  }
  if (issue.code === "invalid_type" && issue.expected === "int" && typeof value === "number")
    return "a fraction";
  const isOther = issue.code === "invalid_value" || issue.code === "invalid_format";
  return isOther && typeof value === "string" ? "another text" : describe(value);
};

/** `at least 1`, as a length or a number. */
const bounded = (bound: string, limit: number, origin: string): string => {
  if (origin === "string") return `text of ${bound} ${counted(limit, "character")}`;
  if (origin === "array") return `list of ${bound} ${counted(limit, "item")}`;
  return `${bound} ${limit}`;
};

const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return NOUNS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return bounded(
        issue.inclusive === false ? "more than" : "at least",
        Number(issue.minimum),
        issue.origin,
      );
    case "too_big":
      return bounded(
        issue.inclusive === false ? "less than" : "at most",
        Number(issue.maximum),
        issue.origin,
      );
    case "invalid_format":
      // A pattern says nothing to a reader: every schema says in words what its own stands for.
      return issue.format === "regex" ? issue.message : (FORMATS[issue.format] ?? issue.format);
    case "invalid_union": {
      const branches = issue.errors.flatMap(([first]) => (first === undefined ? [] : branch(first)));
      return branches.length === 0 ? issue.message : [...new Set(branches)].join(" or ");
    }
    default:
      return issue.message;
  }
};

const branch = (issue: Issue): string =>
  issue.path.length === 0
    ? expectation(issue)
    : `${issue.path.map(String).join(".")} (${expectation(issue)})`;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );

/** What was wrong, where, and what was expected, in words. */
export const fieldErrors = (issues: readonly Issue[], input: unknown): FieldError[] =>
  issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      const value = valueAt(input, issue.path);
      return [{ path: pathOf(issue.path), expected: expectation(issue), got: got(issue, value) }];
    }
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return {
        path: pathOf(path),
        expected: "no member of that name",
        got: describe(valueAt(input, path)),
      };
    });
  });

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");
