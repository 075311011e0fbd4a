import { describe, expect, it } from "vitest";
import { YAML_FILES } from "#domain/playbook/schema/yaml-files.ts";

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
  ["experiments.yaml", "<>.customers", 100, 1_000_000_000, 1, (customers) => experiment({ customers })],
];

describe.each(RANGES)("%s: %s", (file, _field, least, most, step, holding) => {
  const schema = YAML_FILES.find(([name]) => name === file)?.[1];
  const isTaken = (value: number): boolean | undefined => schema?.safeParse(holding(value)).success;

  it(`is a number from ${least} to ${most}, and none past either end`, () => {
    expect([least - step, least, most, most + step].map(isTaken)).toEqual([false, true, true, false]);
  });
});
