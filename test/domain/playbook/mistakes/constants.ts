import type { Mistake } from "./mistake.ts";

/** Constants of rules that can be no value. */
export const MISTAKES_IN_CONSTANTS: readonly Mistake[] = [
  {
    what: "a date as others write it",
    files: { "segments.yaml": "vip: 'date(now) > date(\"31.12.2000\")'\n" },
    at: "segments.yaml:1:19",
    code: "invalid-literal",
    expected: '"2000-12-31"',
  },
  {
    what: "a duration without its P",
    files: { "segments.yaml": "vip: 'customer.createdAt < now - duration(\"30D\")'\n" },
    at: "segments.yaml:1:34",
    code: "invalid-literal",
    expected: '"P30D"',
  },
  {
    what: "a number with a comma",
    files: { "segments.yaml": "vip: 'customer.age > number(\"1,5\")'\n" },
    at: "segments.yaml:1:22",
    code: "invalid-literal",
    expected: '"1.5"',
  },
  {
    what: "a day that the calendar has not",
    files: { "segments.yaml": "vip: 'date(now) > date(2026, 13, 1)'\n" },
    at: "segments.yaml:1:19",
    code: "invalid-literal",
    expected: '"2000-12-31"',
  },
  {
    what: "a pattern that is none",
    files: { "segments.yaml": 'vip: customer.age > 3 and matches(customer.firstName, "[")\n' },
    at: "segments.yaml:1:55",
    code: "pattern",
    expected: "a regular expression",
  },
  {
    what: "a named pattern that is none",
    files: {
      "segments.yaml": `vip: 'replace(input: customer.firstName, pattern: "(", replacement: "") = "A"'\n`,
    },
    at: "segments.yaml:1:51",
    code: "pattern",
  },
  {
    what: "a flag that no pattern has",
    files: { "segments.yaml": 'vip: matches(customer.firstName, "^A", "g")\n' },
    at: "segments.yaml:1:34",
    code: "pattern",
    expected: "flags",
  },
];
