import type { DmnVersion } from "./types.ts";

const SPEC = "https://www.omg.org/spec/DMN/";
const OLD_SPEC = "http://www.omg.org/spec/";

/** The XML namespaces that each version of the standard gives to models and to their diagrams. */
export const VERSION_NAMESPACES: Readonly<
  Record<DmnVersion, { readonly model: string; readonly diagram: string }>
> = {
  "1.3": {
    model: `${SPEC}20191111/MODEL/`,
    diagram: `${SPEC}20191111/DMNDI/`,
  },
  "1.4": {
    model: `${SPEC}20211108/MODEL/`,
    diagram: `${SPEC}20191111/DMNDI/`,
  },
  "1.5": {
    model: `${SPEC}20230324/MODEL/`,
    diagram: `${SPEC}20230324/DMNDI/`,
  },
};

const VERSIONS: readonly DmnVersion[] = ["1.3", "1.4", "1.5"];
/** Models of DMN 1.1 and 1.2 have the elements of 1.3, less some. */
const OLDER = new Set([`${OLD_SPEC}DMN/20151101/dmn.xsd`, `${OLD_SPEC}DMN/20180521/MODEL/`]);
const OLDER_DIAGRAM = `${OLD_SPEC}DMN/20180521/DMNDI/`;
const FEEL = /(?:^|\/)(?:s-?)?feel(?:\/\d{8})?\/?$/i;

/** The version whose models live in that namespace; 1.3 for the older ones, which are written as that. */
export function versionOfNamespace(uri: string): DmnVersion | undefined {
  if (OLDER.has(uri)) return "1.3";
  return VERSIONS.find((version) => VERSION_NAMESPACES[version].model === uri);
}

/** Whether that namespace is a diagram namespace of a version read here. */
export function isDiagramNamespace(uri: string): boolean {
  return uri === OLDER_DIAGRAM || VERSIONS.some((version) => VERSION_NAMESPACES[version].diagram === uri);
}

/** Whether an `expressionLanguage` or `typeLanguage` means FEEL; it is the default when none is given. */
export function isFeel(language: string | undefined): boolean {
  return !language?.trim() || FEEL.test(language.trim());
}
