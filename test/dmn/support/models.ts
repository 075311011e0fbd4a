/** DMN 1.5 around some elements, for tests that write only what they are about. */
export function definitions(...elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="test" namespace="urn:test">
${elements.join("\n")}
</definitions>`;
}

export function inputData(name: string, typeRef = "Any"): string {
  return `<inputData id="${name}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/></inputData>`;
}

export interface DecisionOptions {
  readonly requires?: readonly string[];
  readonly decisions?: readonly string[];
  readonly knows?: readonly string[];
  readonly typeRef?: string;
}

export function decision(name: string, logic: string, options: DecisionOptions = {}): string {
  const { requires = [], decisions = [], knows = [], typeRef } = options;
  const type = typeRef === undefined ? "" : ` typeRef="${typeRef}"`;
  return `<decision id="${name}" name="${name}"><variable name="${name}"${type}/>
${requires.map((id) => `<informationRequirement><requiredInput href="#${id}"/></informationRequirement>`).join("\n")}
${decisions.map((id) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`).join("\n")}
${knows.map((id) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`).join("\n")}
${logic}</decision>`;
}

export function literal(text: string, typeRef?: string): string {
  const type = typeRef === undefined ? "" : ` typeRef="${typeRef}"`;
  return `<literalExpression${type}><text>${escapeXml(text)}</text></literalExpression>`;
}

export interface TableOptions {
  readonly hitPolicy?: string;
  readonly aggregation?: string;
  /** Input expressions with their types: `"spend: number"`. */
  readonly inputs: readonly string[];
  /** Output names with their types; one output needs no name. */
  readonly outputs?: readonly string[];
  readonly outputValues?: string;
  readonly defaultOutput?: string;
  readonly inputValues?: string;
  /** Cells of input and output columns, separated by `|`. */
  readonly rows: readonly string[];
}

export function table(options: TableOptions): string {
  const { hitPolicy = "UNIQUE", aggregation, inputs, outputs = ["result"], rows } = options;
  const columns = inputs.map((input) => {
    const [expression = "", type = "Any"] = input.split(": ");
    const values =
      options.inputValues === undefined
        ? ""
        : `<inputValues><text>${escapeXml(options.inputValues)}</text></inputValues>`;
    return `<input><inputExpression typeRef="${type}"><text>${escapeXml(expression)}</text></inputExpression>${values}</input>`;
  });
  const results = outputs.map((output) => {
    const [name = "", type = "Any"] = output.split(": ");
    const values =
      options.outputValues === undefined
        ? ""
        : `<outputValues><text>${options.outputValues}</text></outputValues>`;
    const other =
      options.defaultOutput === undefined
        ? ""
        : `<defaultOutputEntry><text>${options.defaultOutput}</text></defaultOutputEntry>`;
    return `<output name="${name}" typeRef="${type}">${values}${other}</output>`;
  });
  const rules = rows.map((row) => {
    const cells = row.split("|").map((cell) => cell.trim());
    const entries = cells.map((cell, index) => {
      const kind = index < inputs.length ? "inputEntry" : "outputEntry";
      return `<${kind}><text>${escapeXml(cell)}</text></${kind}>`;
    });
    return `<rule>${entries.join("")}</rule>`;
  });
  const aggregated = aggregation === undefined ? "" : ` aggregation="${aggregation}"`;
  return `<decisionTable hitPolicy="${hitPolicy}"${aggregated}>
${[...columns, ...results, ...rules].join("\n")}
</decisionTable>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A model with something of almost everything that there is. */
export const RICH = definitions(
  `<itemDefinition name="tTier" id="t"><description>levels</description><typeRef>string</typeRef><allowedValues><text>"gold", "basic"</text></allowedValues></itemDefinition>`,
  inputData("tier", "tTier"),
  decision(
    "Offer",
    table({
      hitPolicy: "COLLECT",
      aggregation: "SUM",
      inputs: ["tier: tTier"],
      rows: [`"gold" | 1`, "- | 2 < 3"],
    }),
    { requires: ["tier"] },
  ),
  `<decision id="B" name="B"><question>why?</question><variable name="B"/>
   <context><contextEntry><variable name="a" typeRef="number"/>${literal("1")}</contextEntry><contextEntry>
   <conditional><if>${literal("true")}</if><then>${literal("1")}</then><else><list>${literal("2")}</list></else></conditional></contextEntry></context></decision>`,
  `<textAnnotation id="n"><text>note</text></textAnnotation>`,
  `<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"><dmndi:DMNDiagram id="d"/></dmndi:DMNDI>`,
);
