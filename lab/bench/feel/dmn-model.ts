import type { Row } from "./decision-table.ts";

/** The unary tests of a row, a cell a column: tier, spend, country, member since, consent. */
export function unaryTests(row: Row): string[] {
  return [
    listCell(row.tier),
    rangeCell(row.spend?.atLeast, row.spend?.below),
    listCell(row.country),
    rangeCell(dateOf(row.memberSince?.atLeast), dateOf(row.memberSince?.below)),
    row.consent === undefined ? "-" : String(row.consent),
  ];
}

function listCell(values: readonly string[] | undefined): string {
  return values === undefined ? "-" : values.map((value) => JSON.stringify(value)).join(", ");
}

function dateOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `date("${text}")`;
}

function rangeCell(atLeast: number | string | undefined, below: number | string | undefined): string {
  if (atLeast !== undefined && below !== undefined) return `[${atLeast}..${below})`;
  if (atLeast !== undefined) return `>= ${atLeast}`;
  return below === undefined ? "-" : `< ${below}`;
}

export const COLUMNS = [
  { name: "tier", type: "string" },
  { name: "spend", type: "number" },
  { name: "country", type: "string" },
  { name: "member since", type: "date" },
  { name: "consent", type: "boolean" },
] as const;

/** The table as a DMN 1.5 model with one decision, "Offer". */
export function dmnModel(rows: readonly Row[]): string {
  const inputs = COLUMNS.map(
    ({ name, type }, index) =>
      `<inputData id="i${index}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`,
  );
  const requirements = COLUMNS.map(
    (_, index) => `<informationRequirement><requiredInput href="#i${index}"/></informationRequirement>`,
  );
  const columns = COLUMNS.map(
    ({ name, type }) =>
      `<input><inputExpression typeRef="${type}"><text>${name}</text></inputExpression></input>`,
  );
  const rules = rows.map((row) => {
    const cells = unaryTests(row).map((cell) => `<inputEntry><text>${escapeXml(cell)}</text></inputEntry>`);
    return `<rule>${cells.join("")}<outputEntry><text>"${row.offer}"</text></outputEntry></rule>`;
  });
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" namespace="urn:bench">
${inputs.join("\n")}
<decision id="d" name="Offer"><variable name="Offer" typeRef="string"/>
${requirements.join("\n")}
<decisionTable hitPolicy="FIRST">${columns.join("\n")}<output typeRef="string"/>
${rules.join("\n")}
</decisionTable></decision></definitions>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
