import { versionOfNamespace } from "../model/namespaces.ts";
import type { Definitions, DrgElement, Import } from "../model/types.ts";
import type { ModelContext } from "../text/context.ts";
import type { DiagnosticLog } from "../text/diagnostic-log.ts";
import { compileConstraint } from "../text/feel-text.ts";
import { ItemTypes } from "../types/item-types.ts";

/** One model among those compiled together. */
export interface ModelUnit {
  readonly definitions: Definitions;
  readonly types: ItemTypes;
  readonly imports: readonly ImportedUnit[];
  readonly elements: ReadonlyMap<string, DrgElement>;
  readonly feel: ModelContext;
}

/** A model with the name that an import gives it: several may have none, and one model several names. */
export interface ImportedUnit {
  readonly name: string;
  readonly unit: ModelUnit;
}

/** What all models share that are compiled together. */
export type SharedContext = Pick<ModelContext, "limits" | "log" | "syntax">;

interface Linking extends SharedContext {
  readonly byNamespace: ReadonlyMap<string, Definitions>;
  readonly units: Map<Definitions, ModelUnit>;
}

/** Joins the models to units: imports resolved, elements by id, types ready to look up. */
export function linkUnits(all: readonly Definitions[], shared: SharedContext): ModelUnit[] {
  const byNamespace = new Map<string, Definitions>();
  for (const definitions of all) {
    if (byNamespace.has(definitions.namespace)) {
      const message = `another file has the namespace "${definitions.namespace}" too`;
      shared.log.add(definitions, "duplicate", message);
    } else {
      byNamespace.set(definitions.namespace, definitions);
    }
  }
  const linking: Linking = { ...shared, byNamespace, units: new Map() };
  return [...byNamespace.values()].map((definitions) => link(linking, definitions, []));
}

function link(linking: Linking, definitions: Definitions, importers: readonly Definitions[]): ModelUnit {
  const known = linking.units.get(definitions);
  if (known !== undefined) return known;
  const { source } = definitions;
  const chain = [...importers, definitions];
  const imports: ImportedUnit[] = [];
  for (const item of definitions.imports) {
    const target = importTarget(linking, definitions, item, chain);
    if (target === undefined) continue;
    if (item.name !== "" && imports.some(({ name }) => name === item.name)) {
      const message = `another import has the name "${item.name}" too`;
      linking.log.add({ source, xml: item.xml }, "duplicate", message);
    }
    imports.push({ name: item.name, unit: link(linking, target, chain) });
  }
  const unit = makeUnit(linking, definitions, imports);
  linking.units.set(definitions, unit);
  return unit;
}

/** The model that is imported; undefined, and reported, where there is none or it imports this one. */
function importTarget(
  { byNamespace, log }: Linking,
  { source }: Definitions,
  item: Import,
  importers: readonly Definitions[],
): Definitions | undefined {
  const site = { source, xml: item.xml };
  if (versionOfNamespace(item.importType) === undefined) {
    const message = `only DMN models can be imported, not "${item.importType}"`;
    log.add(site, "unsupported", message, { severity: "warning" });
    return undefined;
  }
  const target = byNamespace.get(item.namespace);
  if (target === undefined) {
    const where = item.locationURI === undefined ? "" : ` (${item.locationURI})`;
    log.add(site, "import", `no file has the imported namespace "${item.namespace}"${where}`);
    return undefined;
  }
  if (!importers.includes(target)) return target;
  log.add(site, "cycle", `the models import each other: "${item.namespace}"`);
  return undefined;
}

function makeUnit(
  { limits, log, syntax }: Linking,
  definitions: Definitions,
  imports: readonly ImportedUnit[],
): ModelUnit {
  const { source } = definitions;
  const names = new Set(definitions.drgElements.map(({ variable }) => variable.name));
  const base = { source, log, limits, syntax, language: definitions.expressionLanguage, names };
  const types: ItemTypes = new ItemTypes({
    definitions,
    imports: imports.map(({ name, unit }) => ({ name, types: unit.types })),
    compileTests: (tests, type, element) => compileConstraint({ ...base, types: {}, element }, tests, type),
    onProblem: ({ xml }, message, severity = "error") => {
      log.add({ source, xml }, "type", message, { severity });
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

function elementsById({ source, drgElements }: Definitions, log: DiagnosticLog): Map<string, DrgElement> {
  const byId = new Map<string, DrgElement>();
  const names = new Set<string>();
  for (const element of drgElements) {
    if (names.has(element.name)) {
      const message = `another element has the name "${element.name}" too`;
      log.add({ source, element: element.name, xml: element.xml }, "duplicate", message);
    }
    names.add(element.name);
    if (element.id === undefined) continue;
    if (!byId.has(element.id)) byId.set(element.id, element);
    else {
      const message = `another element has the id "${element.id}" too`;
      log.add({ source, xml: element.xml }, "duplicate", message);
    }
  }
  return byId;
}
