import { DEFAULT_DMN_LIMITS } from "../source/limits.ts";
import type { XmlElement } from "../xml/element.ts";
import { readXml } from "../xml/read.ts";
import { attribute, childrenNamed } from "./grid.ts";

/** What the FEEL of a DMN file can name. */
export interface DmnNames {
  /** Its inputs, each with its type as the file says it and the members that this type has. */
  readonly inputs: readonly {
    readonly name: string;
    readonly type?: string;
    readonly members: readonly { readonly name: string; readonly type?: string }[];
  }[];
  readonly decisions: readonly string[];
  /** Business knowledge models, which are called. */
  readonly functions: readonly string[];
}

type Typed = { readonly name: string; readonly type?: string };

const typed = (name: string, type: string | undefined): Typed => ({
  name,
  ...(type === undefined || type === "" ? {} : { type }),
});

/**
 * The names that a DMN file declares, in the file's order.
 * @throws {DmnError} with file, line and column when the text is no XML
 */
export function readNames(text: string, file = "model.dmn"): DmnNames {
  const root = readXml({ file, text }, DEFAULT_DMN_LIMITS);
  const named = (local: string): readonly XmlElement[] =>
    childrenNamed(root, local).filter((element) => attribute(element, "name") !== undefined);
  const nameOf = (element: XmlElement): string => attribute(element, "name") ?? "";
  const components = new Map(
    named("itemDefinition").map((item) => [
      nameOf(item),
      childrenNamed(item, "itemComponent").map((part) =>
        typed(nameOf(part), childrenNamed(part, "typeRef")[0]?.text.trim()),
      ),
    ]),
  );
  return {
    inputs: named("inputData").map((input) => {
      const type = childrenNamed(input, "variable").map((one) => attribute(one, "typeRef"))[0];
      return { ...typed(nameOf(input), type), members: components.get(type ?? "") ?? [] };
    }),
    decisions: named("decision").map(nameOf),
    functions: named("businessKnowledgeModel").map(nameOf),
  };
}
