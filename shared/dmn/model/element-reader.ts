import { type DmnDiagnosticCode, type DmnError, errorAt } from "../source/diagnostics.ts";
import type { DmnLimits } from "../source/limits.ts";
import { optional } from "../source/optional.ts";
import type { SourceText } from "../source/source-text.ts";
import type { XmlAttribute, XmlElement } from "../xml/element.ts";
import type { ModelElement, Uninterpreted } from "./types.ts";

/** What reading one file needs to know everywhere. */
export interface ReadContext {
  readonly source: SourceText;
  /** The namespace of the model's own elements. */
  readonly uri: string;
  readonly limits: DmnLimits;
}

/** Reads one XML element and notes what was asked for: the rest is kept as it is, so that writing loses nothing. */
export class ElementReader {
  readonly context: ReadContext;
  readonly xml: XmlElement;
  private readonly readAttributes = new Set<string>();
  private readonly readChildren = new Set<XmlElement>();

  constructor(context: ReadContext, xml: XmlElement) {
    this.context = context;
    this.xml = xml;
  }

  attribute(name: string): string | undefined {
    this.readAttributes.add(name);
    return this.xml.attributes.find((attribute) => attribute.uri === "" && attribute.name === name)?.value;
  }

  /** Those of the attributes that are there, by their names. */
  given<K extends string>(...names: readonly K[]): { readonly [P in K]?: string } {
    const found: { [P in K]?: string } = {};
    for (const name of names) {
      const value = this.attribute(name);
      if (value !== undefined) found[name] = value;
    }
    return found;
  }

  required(name: string): string {
    const value = this.attribute(name);
    if (value !== undefined && value !== "") return value;
    throw this.error(`<${this.xml.local}> needs an attribute "${name}"`);
  }

  children(...locals: readonly string[]): ElementReader[] {
    const found = this.xml.children.filter(
      (child) => this.isModelChild(child) && locals.includes(child.local),
    );
    for (const child of found) this.readChildren.add(child);
    return found.map((child) => new ElementReader(this.context, child));
  }

  child(...locals: readonly string[]): ElementReader | undefined {
    const [first, second] = this.children(...locals);
    if (second !== undefined)
      throw second.error(`<${this.xml.local}> has more than one <${second.xml.local}>`);
    return first;
  }

  /** The trimmed text of a child such as `<description>` or `<typeRef>`. */
  childText(local: string): string | undefined {
    return this.child(local)?.xml.text.trim();
  }

  /** The parts common to all elements; call it last, since it collects what nobody asked for. */
  base(): ModelElement {
    const named = this.given("id", "label");
    const description = this.child("description")?.xml.text;
    const rest = this.rest();
    return {
      xml: this.xml,
      ...named,
      ...optional("description", description),
      ...optional("rest", rest),
    };
  }

  error(message: string, code: DmnDiagnosticCode = "structure"): DmnError {
    return errorAt(this.context.source, this.xml.at, code, message);
  }

  private isModelChild(child: XmlElement): boolean {
    return child.uri === this.context.uri;
  }

  private rest(): Uninterpreted | undefined {
    const attributes: XmlAttribute[] = this.xml.attributes.filter(
      ({ name, uri }) => uri !== "" || !this.readAttributes.has(name),
    );
    const children = this.xml.children.filter((child) => !this.readChildren.has(child));
    return attributes.length + children.length === 0 ? undefined : { attributes, children };
  }
}
