import type { DmnDiagnostic, DmnDiagnosticCode } from "./diagnostics.ts";
import type { XmlElement } from "./xml/read.ts";
import { offsetInText, placeOf, type SourceText } from "./xml/source.ts";

type More = Partial<Pick<DmnDiagnostic, "severity" | "element" | "expected" | "example">>;

/** Collects what is wrong with the models that are compiled together. */
export class DiagnosticLog {
  readonly found: DmnDiagnostic[] = [];

  /** Notes a finding about an element, at its start tag. */
  add(
    source: SourceText,
    xml: XmlElement | undefined,
    code: DmnDiagnosticCode,
    message: string,
    more: More = {},
  ): DmnDiagnostic {
    return this.addAt(source, xml?.at ?? 0, code, message, more);
  }

  /** Notes a finding at a character of an element's text: a place inside a FEEL expression. */
  addInText(
    source: SourceText,
    xml: XmlElement | undefined,
    index: number,
    code: DmnDiagnosticCode,
    message: string,
    more: More = {},
  ): DmnDiagnostic {
    return this.addAt(source, xml === undefined ? 0 : offsetInText(source, xml, index), code, message, more);
  }

  private addAt(
    source: SourceText,
    offset: number,
    code: DmnDiagnosticCode,
    message: string,
    more: More,
  ): DmnDiagnostic {
    const place = placeOf(source, offset);
    const diagnostic: DmnDiagnostic = {
      severity: "error",
      code,
      message,
      file: source.file,
      ...place,
      ...more,
    };
    this.found.push(diagnostic);
    return diagnostic;
  }
}
