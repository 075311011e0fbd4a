import type { FeelType, FeelValue } from "#feel/index.ts";
import type { DiagnosticLog } from "../diagnostic-log.ts";
import type { DmnLimits } from "../limits.ts";
import { versionOfNamespace } from "../model/namespaces.ts";
import type { Definitions, DrgElement, FeelText, Import } from "../model/types.ts";
import { DmnRun } from "../run.ts";
import { compileTests, type TextContext } from "./feel-text.ts";
import { type AllowedValues, ItemTypes } from "./item-types.ts";
import type { Syntax } from "./syntax.ts";

/** One model among those compiled together. */
export interface ModelUnit {
  readonly definitions: Definitions;
  readonly types: ItemTypes;
  readonly imports: readonly ImportedUnit[];
  readonly elements: ReadonlyMap<string, DrgElement>;
  readonly feel: TextContext;
}

/** A model with the name that an import gives it: several may have none, and one model several names. */
export interface ImportedUnit {
  readonly name: string;
  readonly unit: ModelUnit;
}

/** Joins the models to units: imports resolved, elements by id, types ready to look up. */
export function linkUnits(
  all: readonly Definitions[],
  limits: DmnLimits,
  log: DiagnosticLog,
  syntax: Syntax,
): ModelUnit[] {
  const byNamespace = new Map<string, Definitions>();
  for (const definitions of all) {
    if (byNamespace.has(definitions.namespace)) {
      const message = `another file has the namespace "${definitions.namespace}" too`;
      log.add(definitions, definitions.xml, "duplicate", message);
    } else {
      byNamespace.set(definitions.namespace, definitions);
    }
  }
  const units = new Map<Definitions, ModelUnit>();
  const link = (definitions: Definitions, importers: readonly Definitions[]): ModelUnit => {
    const known = units.get(definitions);
    if (known !== undefined) return known;
    const imports: ImportedUnit[] = [];
    for (const item of definitions.imports) {
      const target = importTarget(item, definitions, byNamespace, [...importers, definitions], log);
      if (target === undefined) continue;
      if (item.name !== "" && imports.some(({ name }) => name === item.name)) {
        const message = `another import has the name "${item.name}" too`;
        log.add(definitions, item.xml, "duplicate", message);
      }
      imports.push({ name: item.name, unit: link(target, [...importers, definitions]) });
    }
    const unit = makeUnit(definitions, imports, limits, log, syntax);
    units.set(definitions, unit);
    return unit;
  };
  return all
    .filter((definitions) => byNamespace.get(definitions.namespace) === definitions)
    .map((definitions) => link(definitions, []));
}

function importTarget(
  item: Import,
  definitions: Definitions,
  byNamespace: ReadonlyMap<string, Definitions>,
  importers: readonly Definitions[],
  log: DiagnosticLog,
): Definitions | undefined {
  if (versionOfNamespace(item.importType) === undefined) {
    const message = `only DMN models can be imported, not "${item.importType}"`;
    log.add(definitions, item.xml, "unsupported", message, { severity: "warning" });
    return undefined;
  }
  const target = byNamespace.get(item.namespace);
  if (target === undefined) {
    const where = item.locationURI === undefined ? "" : ` (${item.locationURI})`;
    log.add(
      definitions,
      item.xml,
      "import",
      `no file has the imported namespace "${item.namespace}"${where}`,
    );
    return undefined;
  }
  if (!importers.includes(target)) return target;
  log.add(definitions, item.xml, "cycle", `the models import each other: "${item.namespace}"`);
  return undefined;
}

function makeUnit(
  definitions: Definitions,
  imports: readonly ImportedUnit[],
  limits: DmnLimits,
  log: DiagnosticLog,
  syntax: Syntax,
): ModelUnit {
  const { source } = definitions;
  const base = { source, log, syntax, language: definitions.expressionLanguage };
  const types: ItemTypes = new ItemTypes({
    definitions,
    imports: imports.map(({ name, unit }) => ({ name, types: unit.types })),
    compileTests: (tests, type, owner) =>
      compileConstraint({ ...base, types: {} }, tests, type, owner, limits),
    onProblem: ({ xml }, message) => {
      log.add(definitions, xml, "type", message);
    },
  });
  return {
    definitions,
    imports,
    types,
    elements: elementsById(definitions, log),
    feel: { ...base, types: types.all() },
  };
}

/** Compiles a list of allowed values to a test of one value; nothing where everything is allowed. */
export function compileConstraint(
  feel: TextContext,
  text: FeelText,
  type: FeelType,
  owner: string,
  limits: DmnLimits,
): AllowedValues | undefined {
  const tests = compileTests(feel, text, type, {}, owner);
  if (tests.isAny) return undefined;
  const constraint = (value: FeelValue): boolean => tests.matches({}, value, new DmnRun(undefined, limits));
  return { constraint, set: tests.set, listed: tests.listed };
}

function elementsById({ source, drgElements }: Definitions, log: DiagnosticLog): Map<string, DrgElement> {
  const byId = new Map<string, DrgElement>();
  const names = new Set<string>();
  for (const element of drgElements) {
    if (names.has(element.name)) {
      const message = `another element has the name "${element.name}" too`;
      log.add({ source, element: element.name }, element.xml, "duplicate", message);
    }
    names.add(element.name);
    if (element.id === undefined) continue;
    if (byId.has(element.id))
      log.add({ source }, element.xml, "duplicate", `another element has the id "${element.id}" too`);
    else byId.set(element.id, element);
  }
  return byId;
}
