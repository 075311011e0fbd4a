import type { DmnDiagnostic, DmnDiagnosticCode } from "./diagnostics.ts";
import { optional } from "./optional.ts";
import type { XmlElement } from "./xml/read.ts";
import { placeInText, type SourceText } from "./xml/source.ts";

/** What a finding is about: a file and, by name, one of its elements. */
export interface Concerned {
  readonly source: SourceText;
  readonly element?: string;
}

type More = Partial<Pick<DmnDiagnostic, "severity" | "expected" | "example">>;

/** Collects what is wrong with the models that are compiled together. */
export class DiagnosticLog {
  readonly found: DmnDiagnostic[] = [];

  /** Notes a finding about an XML element, at its start tag or at a character of its text, such as of FEEL. */
  add(
    { source, element }: Concerned,
    xml: XmlElement | undefined,
    code: DmnDiagnosticCode,
    message: string,
    more: More = {},
    index?: number,
  ): void {
    this.found.push({
      severity: "error",
      code,
      message,
      file: source.file,
      ...placeInText(source, xml, index),
      ...optional("element", element),
      ...more,
    });
  }
}
