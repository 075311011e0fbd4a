import { type Mistake, MODEL } from "./mistake.ts";

const DATED = MODEL.replace(
  /^traits:\n/m,
  "traits:\n  lastLogin: date and time\n  wishes: list\n  visits: list<date>\n  anything: any\n",
);

/** A condition of a segment that never holds, where the finding points in it, and what is right. */
const never = (what: string, condition: string, at: number, expected: string): Mistake => ({
  what,
  files: { "data-model.yaml": DATED, "segments.yaml": `vip: >-\n  ${condition}\n` },
  at: `segments.yaml:2:${3 + at}`,
  code: "never-true",
  expected,
  severity: "warning",
});

export const CONDITIONS_THAT_NEVER_HOLD: readonly Mistake[] = [
  never(
    "a time of an event against one without a zone",
    'customer.lastLogin > @"2020-01-01T00:00:00"',
    0,
    '@"2020-01-01T00:00:00@',
  ),
  never(
    "a time without a zone that a function makes",
    'customer.orders > 1 and customer.createdAt >= date and time("2020-01-01T00:00:00")',
    24,
    "a time with a zone",
  ),
  never(
    "the time of day against hours without a zone",
    'time(now) in [@"09:00:00"..@"18:00:00"]',
    0,
    '@"09:00:00@',
  ),
  never("the moment between two without a zone", 'now() between @"2020-01-01T00:00:00" and now', 0, "a zone"),
  never(
    "a date in a list of what may be anything",
    'list contains(customer.wishes, @"2020-01-01")',
    14,
    "list<date>",
  ),
  never("a date looked for in such a list", '@"2020-01-01" in customer.wishes', 0, "list<date>"),
  never(
    "a date against what may be anything",
    'customer.anything < @"2020-01-01"',
    0,
    "date(customer.anything)",
  ),
  never("a count of what is missing", "count(customer.wishes) = 0", 0, "customer.wishes = null or count("),
  never(
    "a count of what is no list",
    "0 = count(customer.orders)",
    0,
    "customer.orders = null or 0 = count(",
  ),
];

/** Conditions about the same that do hold for somebody. */
export const CONDITIONS_THAT_MAY_HOLD: readonly string[] = [
  'customer.lastLogin > @"2020-01-01T00:00:00Z"',
  'customer.lastLogin > @"2020-01-01T00:00:00@Europe/Amsterdam"',
  'time(now) in [@"09:00:00Z"..@"18:00:00Z"]',
  "now().hour >= 9 and now.hour < 18",
  'list contains(customer.visits, @"2020-01-01")',
  'some day in customer.visits satisfies day > @"2020-01-01"',
  'list contains(customer.wishes, "2020-01-01")',
  'date(customer.anything) < @"2020-01-01"',
  "customer.wishes = null or count(customer.wishes) = 0",
  "count(customer.wishes) > 0",
  "count(customer.wishes[item > 3]) = 0",
];

export const datedFiles = (condition: string): Readonly<Record<string, string>> => ({
  "data-model.yaml": DATED,
  "segments.yaml": `vip: >-\n  ${condition}\n`,
});
