import { optional } from "../source/optional.ts";
import type { ElementReader } from "./element-reader.ts";
import { readFeelText, readTextIn, readTypeRef } from "./read-item.ts";
import type { Aggregation, DecisionTable, HitPolicy, InputClause, OutputClause, TableRule } from "./types.ts";

const HIT_POLICIES: readonly HitPolicy[] = [
  "UNIQUE",
  "ANY",
  "PRIORITY",
  "FIRST",
  "RULE ORDER",
  "OUTPUT ORDER",
  "COLLECT",
];
const AGGREGATIONS: readonly Aggregation[] = ["SUM", "MIN", "MAX", "COUNT"];

export function readDecisionTable(reader: ElementReader): DecisionTable {
  const inputs = reader.children("input").map(readInput);
  const outputs = reader.children("output").map(readOutput);
  const rules = reader.children("rule");
  const { maxRows } = reader.context.limits;
  if (rules.length > maxRows) throw reader.error(`the table has more than ${maxRows} rows`, "limit");
  if (outputs.length === 0) throw reader.error("a decision table needs at least one <output>");
  return {
    kind: "table",
    ...readTypeRef(reader),
    hitPolicy: readHitPolicy(reader),
    ...optional("aggregation", readAggregation(reader)),
    ...reader.given("preferredOrientation", "outputLabel"),
    inputs,
    outputs,
    annotationNames: reader.children("annotation").map((annotation) => annotation.attribute("name") ?? ""),
    rules: rules.map((rule) => readRule(rule, inputs.length, outputs.length)),
    ...reader.base(),
  };
}

function readHitPolicy(reader: ElementReader): HitPolicy {
  return oneOf(reader, HIT_POLICIES, reader.attribute("hitPolicy") ?? "UNIQUE", "a hit policy");
}

function readAggregation(reader: ElementReader): Aggregation | undefined {
  const written = reader.attribute("aggregation");
  return written ? oneOf(reader, AGGREGATIONS, written, "an aggregation") : undefined;
}

function oneOf<T extends string>(
  reader: ElementReader,
  known: readonly T[],
  written: string,
  what: string,
): T {
  const found = known.find((each) => each === written);
  if (found !== undefined) return found;
  throw reader.error(`expected ${what} (${known.join(", ")}), found "${written}"`);
}

function readInput(reader: ElementReader): InputClause {
  const expression = reader.child("inputExpression");
  return {
    expression:
      expression === undefined
        ? { text: "", xml: reader.xml }
        : { ...readTypeRef(expression), ...readFeelText(expression) },
    ...optional("values", readTextIn(reader, "inputValues")),
    ...reader.base(),
  };
}

function readOutput(reader: ElementReader): OutputClause {
  return {
    ...reader.given("name"),
    ...readTypeRef(reader),
    ...optional("values", readTextIn(reader, "outputValues")),
    ...optional("defaultEntry", readTextIn(reader, "defaultOutputEntry")),
    ...reader.base(),
  };
}

function readRule(reader: ElementReader, inputs: number, outputs: number): TableRule {
  const inputEntries = reader.children("inputEntry").map(readFeelText);
  const outputEntries = reader.children("outputEntry").map(readFeelText);
  if (inputEntries.length !== inputs) {
    throw reader.error(`the row has ${inputEntries.length} input cells where the table has ${inputs} inputs`);
  }
  if (outputEntries.length !== outputs) {
    throw reader.error(
      `the row has ${outputEntries.length} output cells where the table has ${outputs} outputs`,
    );
  }
  return {
    inputEntries,
    outputEntries,
    annotations: reader.children("annotationEntry").map((entry) => entry.childText("text") ?? ""),
    ...reader.base(),
  };
}
