import { ZenEngine } from "@gorules/zen-engine";
import { Environment } from "@marcbachmann/cel-js";
import { date as feelinDate, unaryTest } from "feelin";
import { LogicEngine } from "json-logic-engine";
import { Engine } from "json-rules-engine";
import { compileModel } from "#dmn/index.ts";
import { type FeelInput, newContext, parseDate } from "#feel/index.ts";
import type { Profile, Row } from "./decision-table.ts";
import { COLUMNS, dmnModel, unaryTests } from "./dmn-model.ts";

/** The table in one engine: answers with the offer for a profile, at once or by a promise. */
export interface TableEngine {
  readonly name: string;
  readonly offer: (profile: Profile) => unknown;
}

/** The profile as FEEL values, as the hub keeps it in memory: dates are dates. */
export function feelInputs(profile: Profile): FeelInput {
  const inputs = newContext();
  inputs.tier = profile.tier;
  inputs.spend = profile.spend;
  inputs.country = profile.country;
  inputs["member since"] = parseDate(profile.memberSince);
  inputs.consent = profile.consent;
  return inputs;
}

/** The decision of this project for the rows, called with values that are ready. */
export function rapportTable(rows: readonly Row[]): (inputs: FeelInput) => unknown {
  const offer = compileModel(dmnModel(rows)).decisions.get("Offer");
  if (offer === undefined) throw new Error("the benchmark's model has no decision");
  return (inputs) => offer.evaluate(inputs);
}

/** feelin as it is: each cell is parsed and tested when it is reached. */
export function feelinTable(rows: readonly Row[]): TableEngine {
  const cells = rows.map((row) => ({ offer: row.offer, tests: unaryTests(row) }));
  const passes = (test: string, value: unknown): boolean =>
    test === "-" || unaryTest(test, { "?": value }).value === true;
  return {
    name: "feelin",
    offer: ({ tier, spend, country, memberSince, consent }) => {
      const values = [tier, spend, country, feelinDate(memberSince), consent];
      return (
        cells.find(({ tests }) => tests.every((test, index) => passes(test, values[index])))?.offer ?? null
      );
    },
  };
}

/** The conditions of a row in JSON Logic; dates compare as text. */
function logicOf(row: Row): unknown {
  const conditions: unknown[] = [];
  if (row.tier !== undefined) conditions.push({ in: [{ var: "tier" }, row.tier] });
  if (row.country !== undefined) conditions.push({ in: [{ var: "country" }, row.country] });
  for (const name of ["spend", "memberSince"] as const) {
    const atLeast = row[name]?.atLeast;
    const below = row[name]?.below;
    if (atLeast !== undefined) conditions.push({ ">=": [{ var: name }, atLeast] });
    if (below !== undefined) conditions.push({ "<": [{ var: name }, below] });
  }
  if (row.consent !== undefined) conditions.push({ "===": [{ var: "consent" }, row.consent] });
  return conditions.length === 0 ? true : { and: conditions };
}

export function jsonLogicTable(rows: readonly Row[]): TableEngine {
  const logic = { if: rows.flatMap((row) => [logicOf(row), row.offer]) };
  const run = new LogicEngine().build(logic);
  return { name: "json-logic-engine (built)", offer: (profile) => run(profile) };
}

/** The row as a CEL condition; dates compare as text. */
function celOf(row: Row): string {
  const conditions: string[] = [];
  if (row.tier !== undefined) conditions.push(`tier in ${JSON.stringify(row.tier)}`);
  if (row.country !== undefined) conditions.push(`country in ${JSON.stringify(row.country)}`);
  if (row.spend?.atLeast !== undefined) conditions.push(`spend >= ${row.spend.atLeast.toFixed(1)}`);
  if (row.spend?.below !== undefined) conditions.push(`spend < ${row.spend.below.toFixed(1)}`);
  if (row.memberSince?.atLeast !== undefined) conditions.push(`memberSince >= "${row.memberSince.atLeast}"`);
  if (row.memberSince?.below !== undefined) conditions.push(`memberSince < "${row.memberSince.below}"`);
  if (row.consent !== undefined) conditions.push(`consent == ${row.consent}`);
  return conditions.length === 0 ? "true" : conditions.join(" && ");
}

export function celTable(rows: readonly Row[]): TableEngine {
  const environment = new Environment()
    .registerVariable("tier", "string")
    .registerVariable("spend", "double")
    .registerVariable("country", "string")
    .registerVariable("memberSince", "string")
    .registerVariable("consent", "bool");
  const text = rows.reduceRight(
    (rest, row) => `(${celOf(row)}) ? ${JSON.stringify(row.offer)} : (${rest})`,
    `""`,
  );
  const run = environment.parse(text);
  return { name: "@marcbachmann/cel-js (parsed)", offer: (profile) => run({ ...profile }) };
}

/** json-rules-engine has no first match: priorities order the rules and the first to hit is kept. */
export function jsonRulesTable(rows: readonly Row[]): TableEngine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator("textAtLeast", (left: string, right: string) => left >= right);
  engine.addOperator("textBelow", (left: string, right: string) => left < right);
  rows.forEach((row, index) => {
    const all: { fact: string; operator: string; value: unknown }[] = [];
    if (row.tier !== undefined) all.push({ fact: "tier", operator: "in", value: row.tier });
    if (row.country !== undefined) all.push({ fact: "country", operator: "in", value: row.country });
    if (row.spend?.atLeast !== undefined) {
      all.push({ fact: "spend", operator: "greaterThanInclusive", value: row.spend.atLeast });
    }
    if (row.spend?.below !== undefined)
      all.push({ fact: "spend", operator: "lessThan", value: row.spend.below });
    if (row.memberSince?.atLeast !== undefined) {
      all.push({ fact: "memberSince", operator: "textAtLeast", value: row.memberSince.atLeast });
    }
    if (row.memberSince?.below !== undefined) {
      all.push({ fact: "memberSince", operator: "textBelow", value: row.memberSince.below });
    }
    if (row.consent !== undefined) all.push({ fact: "consent", operator: "equal", value: row.consent });
    engine.addRule({
      conditions: { all },
      event: { type: row.offer },
      priority: rows.length - index,
      onSuccess: () => engine.stop(),
    });
  });
  return {
    name: "json-rules-engine",
    offer: async (profile) => (await engine.run({ ...profile })).events[0]?.type ?? null,
  };
}

/** GoRules zen: its own decision table, hit policy first; dates compare as numbers of the form 20250131. */
export function zenTable(rows: readonly Row[]): TableEngine {
  const inputs = COLUMNS.map(({ name }, index) => ({
    id: `i${index}`,
    name,
    type: "expression",
    field: FIELDS[index],
  }));
  const rules = rows.map((row, index) => ({
    _id: `r${index}`,
    i0: listOf(row.tier),
    i1: rangeOf(row.spend?.atLeast, row.spend?.below),
    i2: listOf(row.country),
    i3: rangeOf(numberOfDate(row.memberSince?.atLeast), numberOfDate(row.memberSince?.below)),
    i4: row.consent === undefined ? "" : String(row.consent),
    o0: JSON.stringify(row.offer),
  }));
  const content = {
    nodes: [
      { id: "in", type: "inputNode", name: "request", position: { x: 0, y: 0 } },
      {
        id: "table",
        type: "decisionTableNode",
        name: "table",
        position: { x: 1, y: 0 },
        content: {
          hitPolicy: "first",
          inputs,
          outputs: [{ id: "o0", name: "offer", field: "offer", type: "expression" }],
          rules,
        },
      },
      { id: "out", type: "outputNode", name: "response", position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: "e1", sourceId: "in", targetId: "table", type: "edge" },
      { id: "e2", sourceId: "table", targetId: "out", type: "edge" },
    ],
  };
  const decision = new ZenEngine().createDecision(content);
  return {
    name: "@gorules/zen-engine",
    offer: async (profile) => {
      const input = { ...profile, since: numberOfDate(profile.memberSince) };
      return (await decision.evaluate(input)).result?.offer ?? null;
    },
  };
}

const FIELDS = ["tier", "spend", "country", "since", "consent"];

function listOf(values: readonly string[] | undefined): string {
  return values === undefined ? "" : values.map((value) => JSON.stringify(value)).join(", ");
}

function rangeOf(atLeast: number | undefined, below: number | undefined): string {
  if (atLeast !== undefined && below !== undefined) return `[${atLeast}..${below})`;
  if (atLeast !== undefined) return `>= ${atLeast}`;
  return below === undefined ? "" : `< ${below}`;
}

function numberOfDate(text: string): number;
function numberOfDate(text: string | undefined): number | undefined;
function numberOfDate(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text.replaceAll("-", ""));
}
