import type { SourceText } from "../source/source-text.ts";
import type { XmlElement } from "../xml/element.ts";

/** Where in the models an expression stands, for warnings and for what is found wrong with a model. */
export interface Site {
  readonly source: SourceText;
  /** Name of the decision, BKM, service, input or type that it belongs to. */
  readonly element: string;
  /** The XML element whose text is FEEL, or in which an expression without text is written. */
  readonly xml?: XmlElement | undefined;
}

/** The site of an XML element within the decision, BKM, service or type that is being compiled. */
export function siteOf({ source, element }: Site, xml: XmlElement | undefined): Site {
  return { source, element, xml };
}
