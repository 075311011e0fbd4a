import { describe, expect, it } from "vitest";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";
import { BOUNDS } from "#kernel/bounds.ts";

const brand = {
  name: "Shop",
  website: "https://shop.example",
  postalAddress: "1 Test Street",
  supportContact: "help@shop.example",
  locale: "en",
  timeZone: "UTC",
};
const playbook = (members: object) => ({ name: "test", brand, channels: { email: {} }, ...members });
const experiment = (members: object) => ({
  test: {
    variants: { a: {}, b: {} },
    goals: { Bought: 1 },
    ...members,
  },
});

const action = (members: object) => ({
  category: "marketing",
  placements: ["web.home"],
  treatments: [{ channel: "web" }],
  ...members,
});
const policy = (members: object) => ({ categories: {}, ...members });
const learning = (members: object) => ({ outcomes: { clicked: 1 }, ...members });
const identifier = (members: object) => ({
  identifiers: { card: { priority: 1, from: ["traits.card"], ...members } },
});

/** A test of a playbook, as one entry of its file. */
const tested = (members: object, seen: readonly object[] = [{ message: "x" }]) => [
  // biome-ignore lint/suspicious/noThenProperty: the word that tests everywhere use
  { it: "says it", then: seen, ...members },
];

/** A number that people write: where, from, to, the step past its ends, and a file that holds it. */
const RANGES: readonly (readonly [
  file: string,
  field: string,
  least: number,
  most: number,
  step: number,
  holding: (value: number) => object,
])[] = [
  [
    "playbook.yaml",
    "channels.<>.cost",
    0,
    1_000_000,
    0.5,
    (cost) => playbook({ channels: { email: { cost } } }),
  ],
  [
    "playbook.yaml",
    "placements.<>.limit",
    1,
    100,
    1,
    (limit) => playbook({ placements: { "web.home": { limit } } }),
  ],
  [
    "playbook.yaml",
    "placements.<>.perGroup",
    1,
    100,
    1,
    (perGroup) => playbook({ placements: { "web.home": { perGroup } } }),
  ],
  [
    "playbook.yaml",
    "scoring.valueToUs",
    0,
    1_000,
    0.5,
    (valueToUs) => playbook({ scoring: { valueToUs, valueToCustomer: 1 } }),
  ],
  [
    "playbook.yaml",
    "scoring.valueToCustomer",
    0,
    1_000,
    0.5,
    (valueToCustomer) => playbook({ scoring: { valueToUs: 1, valueToCustomer } }),
  ],
  [
    "playbook.yaml",
    "preferredChannel.weight",
    1,
    1_000,
    0.5,
    (weight) => playbook({ preferredChannel: { trait: "preferred", weight } }),
  ],
  [
    "experiments.yaml",
    "<>.variants.<>.weight",
    0,
    1_000,
    0.5,
    (weight) => experiment({ variants: { a: { weight }, b: {} } }),
  ],
  [
    "experiments.yaml",
    "<>.variants.<>.levers.<>",
    0,
    1_000,
    0.5,
    (lever) => experiment({ variants: { a: { levers: { hero: lever } }, b: {} } }),
  ],
  ["experiments.yaml", "<>.goals.<>", 0, 1, 0.5, (goal) => experiment({ goals: { Bought: goal } })],
  ["playbook.yaml", "publishing.people", 1, 2, 1, (people) => playbook({ publishing: { people } })],
  [
    "playbook.yaml",
    "channels.<>.routes[].weight",
    0.001,
    1_000_000,
    0.000_5,
    (weight) => playbook({ channels: { email: { routes: [{ provider: "one", weight }] } } }),
  ],
  ["data-model.yaml", "identifiers.<>.priority", 1, 100, 1, (priority) => identifier({ priority })],
  ["data-model.yaml", "identifiers.<>.limit", 1, 100, 1, (limit) => identifier({ limit })],
  [
    "data-model.yaml",
    "traits.<>.maxLength",
    1,
    BOUNDS.traitBytes,
    1,
    (maxLength) => ({ traits: { note: { type: "string", maxLength } } }),
  ],
  [
    "contact-policy.yaml",
    "interruptions[].minimum",
    0,
    1_000_000,
    0.5,
    (minimum) => policy({ interruptions: [{ minimum }] }),
  ],
  [
    "contact-policy.yaml",
    "caps[].max",
    0,
    100_000,
    1,
    (max) => policy({ caps: [{ name: "cap", max, window: "P1D" }] }),
  ],
  ["contact-policy.yaml", "holdout", 0, 0.5, 0.25, (holdout) => policy({ holdout })],
  ["actions/<name>.yaml", "lever", 0, 1_000, 0.5, (lever) => action({ lever })],
  ["actions/<name>.yaml", "propensity", 0, 1, 0.5, (propensity) => action({ propensity })],
  ["actions/<name>.yaml", "stock.limit", 1, 100_000_000, 1, (limit) => action({ stock: { limit } })],
  [
    "actions/<name>.yaml",
    "budget.max",
    0.000_001,
    1_000_000_000,
    0.000_000_5,
    (max) => action({ budget: { max, per: "P1D" } }),
  ],
  [
    "actions/<name>.yaml",
    "budget.cost",
    0.000_001,
    1_000_000_000,
    0.000_000_5,
    (cost) => action({ budget: { max: 1, per: "P1D", cost } }),
  ],
  [
    "actions/<name>.yaml",
    "treatments[].weight",
    0,
    1_000,
    0.5,
    (weight) => action({ treatments: [{ channel: "web", weight }] }),
  ],
  [
    "journeys/<name>.yaml",
    "holdout",
    0,
    1,
    0.5,
    (holdout) => ({ holdout, steps: { rest: { wait: "P1D" } } }),
  ],
  [
    "journeys/<name>.yaml",
    "steps.<>.split.<>",
    0,
    1_000,
    0.5,
    (one) => ({ steps: { either: { split: { one } } } }),
  ],
  ["tests/<name>.yaml", "then[].times", 1, 1_000, 1, (times) => tested({}, [{ message: "x", times }])],
  ["learning.yaml", "segmentBy", 0, 3, 1, (segmentBy) => learning({ segmentBy })],
  ["learning.yaml", "outcomes.<>", 0, 1, 0.5, (clicked) => learning({ outcomes: { clicked } })],
  ["learning.yaml", "conversions.<>", 0, 1, 0.5, (Bought) => learning({ conversions: { Bought } })],
  ["learning.yaml", "exploration.floor", 0, 1, 0.5, (floor) => learning({ exploration: { floor } })],
  ["learning.yaml", "exploration.greed", 0, 1_000_000, 0.5, (greed) => learning({ exploration: { greed } })],
  [
    "learning.yaml",
    "exploration.optimism",
    0,
    10,
    0.5,
    (optimism) => learning({ exploration: { optimism } }),
  ],
  ["experiments.yaml", "<>.customers", 100, 1_000_000_000, 1, (customers) => experiment({ customers })],
];

describe.each(RANGES)("%s: %s", (file, _field, least, most, step, holding) => {
  const schema = YAML_FILES.find(([name]) => name === file)?.[1];
  const isTaken = (value: number): boolean | undefined => schema?.safeParse(holding(value)).success;

  it(`is a number from ${least} to ${most}, and none past either end`, () => {
    expect([least - step, least, most, most + step].map(isTaken)).toEqual([false, true, true, false]);
  });
});

/** A text that people write: where, its most characters, and a file that holds it. */
const LENGTHS: readonly (readonly [
  file: string,
  field: string,
  most: number,
  holding: (text: string) => object,
])[] = [
  ["playbook.yaml", "brand.name", 100, (name) => playbook({ brand: { ...brand, name } })],
  [
    "playbook.yaml",
    "brand.postalAddress",
    300,
    (postalAddress) => playbook({ brand: { ...brand, postalAddress } }),
  ],
  [
    "playbook.yaml",
    "brand.supportContact",
    200,
    (supportContact) => playbook({ brand: { ...brand, supportContact } }),
  ],
  ["data-model.yaml", "identifiers.<>.from[]", 200, (from) => identifier({ from: [from] })],
  [
    "contact-policy.yaml",
    "categories.<>.titles.<>",
    100,
    (en) => policy({ categories: { marketing: { consent: "express", titles: { en } } } }),
  ],
];

const SEEN = ["message", "no", "reason"];
const HAPPENS = ["page", "screen", "outcome", "as", "visitor"];
const TESTS: typeof LENGTHS = [
  ["tests/<name>.yaml", "when[].receive", 2_000, (receive) => tested({ when: [{ receive }] })],
  ...["reply", "subject", "text"].map((field): (typeof LENGTHS)[number] => [
    "tests/<name>.yaml",
    `then[].${field}`,
    500,
    (text) => tested({}, [{ [field]: text }]),
  ]),
  ["tests/<name>.yaml", "it", 200, (it) => tested({ it })],
  ["tests/<name>.yaml", "when[].key", 200, (key) => tested({ when: [{ key }] })],
  ...SEEN.map((field): (typeof LENGTHS)[number] => [
    "tests/<name>.yaml",
    `then[].${field}`,
    100,
    (text) => tested({}, [{ [field]: text }]),
  ]),
  ...HAPPENS.map((field): (typeof LENGTHS)[number] => [
    "tests/<name>.yaml",
    `when[].${field}`,
    100,
    (text) => tested({ when: [{ [field]: text }] }),
  ]),
  ...["channel", "topic", "source"].map((field): (typeof LENGTHS)[number] => [
    "tests/<name>.yaml",
    `given.consent[].${field}`,
    100,
    (text) => tested({ given: { consent: [{ channel: "x", [field]: text }] } }),
  ]),
];

/** A list that people write: where, its most entries, and a file that holds so many. */
const LISTS: readonly (readonly [
  file: string,
  field: string,
  most: number,
  holding: (count: number) => object,
])[] = [
  ["tests/<name>.yaml", "the list itself", 200, (count) => Array(count).fill(tested({})[0])],
  ["tests/<name>.yaml", "then", 200, (count) => tested({}, Array(count).fill({ message: "x" }))],
  [
    "tests/<name>.yaml",
    "given.consent",
    50,
    (count) => tested({ given: { consent: Array(count).fill({ channel: "x" }) } }),
  ],
  [
    "tests/<name>.yaml",
    "given.events",
    100,
    (count) => tested({ given: { events: Array(count).fill({ track: "Seen", ago: "P1D" }) } }),
  ],
  [
    "journeys/<name>.yaml",
    "steps",
    100,
    (count) => ({
      steps: Object.fromEntries(Array.from({ length: count }, (_, n) => [`step${n}`, { wait: "P1D" }])),
    }),
  ],
  [
    "journeys/<name>.yaml",
    "exit",
    50,
    (count) => ({ exit: Array(count).fill({ on: "Seen", as: "left" }), steps: { rest: { wait: "P1D" } } }),
  ],
  [
    "playbook.yaml",
    "channels.<>.routes",
    20,
    (count) => playbook({ channels: { email: { routes: Array(count).fill({ provider: "one" }) } } }),
  ],
];

describe.each(LISTS)("%s: %s", (file, _field, most, holding) => {
  const schema = YAML_FILES.find(([name]) => name === file)?.[1];

  it(`has ${most} entries at most`, () => {
    const isTaken = (count: number) => schema?.safeParse(holding(count)).success;
    expect([1, most, most + 1].map(isTaken)).toEqual([true, true, false]);
  });
});

describe.each([...LENGTHS, ...TESTS])("%s: %s", (file, _field, most, holding) => {
  const schema = YAML_FILES.find(([name]) => name === file)?.[1];

  it(`has ${most} characters at most`, () => {
    const isTaken = (length: number) => schema?.safeParse(holding("x".repeat(length))).success;
    expect([1, most, most + 1].map(isTaken)).toEqual([true, true, false]);
  });
});

it.each([
  ["an action without a placement", "actions/<name>.yaml", action({ placements: [] })],
  ["an action without a treatment", "actions/<name>.yaml", action({ treatments: [] })],
  ["an identifier that is found nowhere", "data-model.yaml", identifier({ from: [] })],
  [
    "a region without phone numbers",
    "contact-policy.yaml",
    policy({ regions: [{ name: "one", phones: [] }] }),
  ],
  ["a hold of no category", "contact-policy.yaml", policy({ holdWhile: [{ if: "true", categories: [] }] })],
  ["a journey without a step", "journeys/<name>.yaml", { steps: {} }],
  ["a test that sees nothing", "tests/<name>.yaml", tested({}, [])],
])("refuses %s", (_what, file, value) => {
  expect(YAML_FILES.find(([name]) => name === file)?.[1].safeParse(value).success).toBe(false);
});

it.each([
  ["never", true],
  ["always", true],
  ["after P1D", true],
  ["after P0D", false],
  ["after PT1S", true],
  ["after soon", false],
  ["P1D", false],
  ["sometimes", false],
])("lets a journey be come into again %j: %s", (again, isTaken) => {
  const schema = YAML_FILES.find(([name]) => name === "journeys/<name>.yaml")?.[1];
  const journey = { enter: { on: "Seen", again }, steps: { rest: { wait: "P1D" } } };
  expect(schema?.safeParse(journey).success).toBe(isTaken);
});

it.each(LENGTHS)("%s: %s is not empty", (file, _field, _most, holding) => {
  expect(YAML_FILES.find(([name]) => name === file)?.[1].safeParse(holding("")).success).toBe(false);
});
