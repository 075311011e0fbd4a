import type { Site } from "../run/site.ts";
import type { DmnDiagnostic, DmnDiagnosticCode } from "../source/diagnostics.ts";
import { optional } from "../source/optional.ts";
import { placeInText } from "../xml/place.ts";

/** What a finding is about: a file, or an XML element in it, or one character of that element's text. */
export interface Concerned extends Omit<Site, "element"> {
  readonly element?: string;
  readonly index?: number;
}

type More = Partial<Pick<DmnDiagnostic, "severity" | "expected" | "example" | "beside">>;

/** Collects what is wrong with the models that are compiled together. */
export class DiagnosticLog {
  readonly found: DmnDiagnostic[] = [];

  /** Adds a finding, an error unless `more` says otherwise. */
  add(
    { source, element, xml, index }: Concerned,
    code: DmnDiagnosticCode,
    message: string,
    more: More = {},
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
