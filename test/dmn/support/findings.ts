import { compileModel, type DmnDiagnostic } from "#dmn/index.ts";
import { decision, definitions, inputData, type TableOptions, table } from "./models.ts";

export const TIERS = `<itemDefinition name="tTier"><typeRef>string</typeRef>
<allowedValues><text>"gold", "silver", "basic"</text></allowedValues></itemDefinition>`;

/** What is found about a table over `tier` (one of three), `spend` (a number) and `since` (a date). */
export function findings(options: TableOptions): readonly DmnDiagnostic[] {
  return compileModel(
    definitions(
      TIERS,
      inputData("tier", "tTier"),
      inputData("spend", "number"),
      inputData("since", "date"),
      inputData("wait", "days and time duration"),
      inputData("at", "time"),
      decision("Offer", table(options), { requires: ["tier", "spend", "since", "wait", "at"] }),
    ),
    { file: "offer.dmn" },
  ).diagnostics;
}
