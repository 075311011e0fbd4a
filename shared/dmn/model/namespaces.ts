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
const OLDER = new Map([
  [`${OLD_SPEC}DMN/20151101/dmn.xsd`, "1.1"],
  [`${OLD_SPEC}DMN/20180521/MODEL/`, "1.2"],
]);
const FEEL_NAMESPACES: ReadonlySet<string> = new Set([
  `${OLD_SPEC}FEEL/20140401`,
  `${OLD_SPEC}DMN/20180521/FEEL/`,
  `${SPEC}20191111/FEEL/`,
  `${SPEC}20211108/FEEL/`,
  `${SPEC}20230324/FEEL/`,
  "feel",
]);

/** The version whose models live in that namespace. */
export function versionOfNamespace(uri: string): DmnVersion | undefined {
  return VERSIONS.find((version) => VERSION_NAMESPACES[version].model === uri);
}

/** Whether that namespace is a diagram namespace of a version read here. */
export function isDiagramNamespace(uri: string): boolean {
  return VERSIONS.some((version) => VERSION_NAMESPACES[version].diagram === uri);
}

/** The version that an unreadable model namespace stands for, for the error message. */
export function olderVersionOfNamespace(uri: string): string | undefined {
  return OLDER.get(uri);
}

/** Whether an `expressionLanguage` or `typeLanguage` means FEEL; it is the default when none is given. */
export function isFeel(language: string | undefined): boolean {
  if (language === undefined) return true;
  return FEEL_NAMESPACES.has(language.trim()) || FEEL_NAMESPACES.has(language.trim().toLowerCase());
}
