import { evaluateExpressionSync } from "@gorules/zen-engine";
import { Environment } from "@marcbachmann/cel-js";
import { evaluate } from "feelin";
import { LogicEngine } from "json-logic-engine";
import { compile, type FeelInput, NUMBER, newContext, STRING } from "#feel/index.ts";
import type { Profile } from "./decision-table.ts";
import type { Contender } from "./timing.ts";

const TEXT = `if spend >= 500 and (country = "NL" or country = "BE") then spend * 0.9 + 5 else spend`;

/** One expression in every engine; the first is plain JavaScript. Each answers with a number for profile `index`. */
export function expressionContenders(profiles: readonly Profile[]): Contender[] {
  const at = (index: number): Profile => profiles[index % profiles.length] as Profile;
  const inputs = profiles.map(
    (profile): FeelInput => Object.assign(newContext(), { spend: profile.spend, country: profile.country }),
  );
  const feel = compile(TEXT, { spend: NUMBER, country: STRING });
  const cel = new Environment()
    .registerVariable("spend", "double")
    .registerVariable("country", "string")
    .parse(`spend >= 500.0 && (country == "NL" || country == "BE") ? spend * 0.9 + 5.0 : spend`);
  const spend = { var: "spend" };
  const logic = new LogicEngine().build({
    if: [
      {
        and: [
          { ">=": [spend, 500] },
          { or: [{ "===": [{ var: "country" }, "NL"] }, { "===": [{ var: "country" }, "BE"] }] },
        ],
      },
      { "+": [{ "*": [spend, 0.9] }, 5] },
      spend,
    ],
  });
  const zen = `spend >= 500 and (country == "NL" or country == "BE") ? spend * 0.9 + 5 : spend`;
  return [
    { name: "hand-written", run: (index) => handWritten(at(index)) },
    { name: "rapport", run: (index) => feel.evaluate(inputs[index % inputs.length] as FeelInput) },
    { name: "json-logic-engine (built)", run: (index) => logic(at(index)) },
    {
      name: "@marcbachmann/cel-js (parsed)",
      run: (index) => cel({ spend: at(index).spend, country: at(index).country }),
    },
    { name: "@gorules/zen-engine", run: (index) => Number(evaluateExpressionSync(zen, at(index))) },
    { name: "feelin", run: (index) => evaluate(TEXT, { ...at(index) }).value },
  ];
}

function handWritten({ spend, country }: Profile): number {
  return spend >= 500 && (country === "NL" || country === "BE") ? spend * 0.9 + 5 : spend;
}
