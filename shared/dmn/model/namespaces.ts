import type { DmnVersion } from "./types.ts";

/** The XML namespaces that each version of the standard gives to models and to their diagrams. */
export const VERSION_NAMESPACES: Readonly<
  Record<DmnVersion, { readonly model: string; readonly diagram: string }>
> = {
  "1.3": {
    model: "https://www.omg.org/spec/DMN/20191111/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20191111/DMNDI/",
  },
  "1.4": {
    model: "https://www.omg.org/spec/DMN/20211108/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20191111/DMNDI/",
  },
  "1.5": {
    model: "https://www.omg.org/spec/DMN/20230324/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20230324/DMNDI/",
  },
};

const VERSIONS: readonly DmnVersion[] = ["1.3", "1.4", "1.5"];
const OLDER = new Map([
  ["http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"],
  ["http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"],
]);
const FEEL_NAMESPACES: ReadonlySet<string> = new Set([
  "http://www.omg.org/spec/FEEL/20140401",
  "http://www.omg.org/spec/DMN/20180521/FEEL/",
  "https://www.omg.org/spec/DMN/20191111/FEEL/",
  "https://www.omg.org/spec/DMN/20211108/FEEL/",
  "https://www.omg.org/spec/DMN/20230324/FEEL/",
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
