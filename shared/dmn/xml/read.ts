import { errorAt } from "../source/diagnostics.ts";
import { DEFAULT_DMN_LIMITS, type DmnLimits } from "../source/limits.ts";
import type { SourceText } from "../source/source-text.ts";
import type { XmlElement } from "./element.ts";
import { endOf, NAME, normalizeLines, resolveReferences, skipSpace, XmlProblem } from "./lexical.ts";

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  end: number;
}

/** Prefix -> namespace; what elements around declare is inherited: copied, it would cost children times declarations. */
type Namespaces = Record<string, string>;

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** What holds around the root. Made by a function, so that bundles that read no XML can leave this file out. */
function knownNamespaces(): Namespaces {
  return Object.assign(Object.create(null), { "": "", xml: XML_NAMESPACE, xmlns: XMLNS_NAMESPACE });
}

/**
 * Reads a document to a tree of elements with their places.
 *
 * A document type declaration is refused: it is the door to external entities and to entities that grow without end,
 * and DMN has no use for it. What is left of XML 1.0 is small enough to be read here; libraries for all of it weigh
 * more than the rest of this folder.
 * @throws {DmnError} with file, line and column when the text is not well-formed or passes a limit
 */
export function readXml(source: SourceText, limits: DmnLimits = DEFAULT_DMN_LIMITS): XmlElement {
  if (source.text.length > limits.maxXmlLength) {
    throw errorAt(source, 0, "limit", `the file is longer than ${limits.maxXmlLength} characters`);
  }
  try {
    return new Reader(source.text, limits).read();
  } catch (error) {
    throw error instanceof XmlProblem ? errorAt(source, error.at, error.code, error.message) : error;
  }
}

class Reader {
  private readonly source: string;
  private readonly limits: DmnLimits;
  private readonly open: OpenElement[] = [];
  private readonly namespaces: Namespaces[] = [knownNamespaces()];
  private root: XmlElement | undefined;
  private count = 0;
  private at = 0;

  constructor(source: string, limits: DmnLimits) {
    this.source = source;
    this.limits = limits;
  }

  read(): XmlElement {
    const { source } = this;
    if (source.charCodeAt(0) === 0xfeff) this.at = 1;
    while (this.at < source.length) {
      if (source[this.at] === "<") this.readMarkup();
      else this.readText();
    }
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) throw new XmlProblem(unclosed.at, `<${unclosed.name}> is not closed`);
    if (this.root === undefined) throw new XmlProblem(0, "the file has no element");
    return this.root;
  }

  private readText(): void {
    const { source, at } = this;
    const next = source.indexOf("<", at);
    const end = next === -1 ? source.length : next;
    const element = this.open.at(-1);
    const raw = source.slice(at, end);
    if (element !== undefined) element.text += resolveReferences(raw, at);
    else if (raw.trim() !== "") throw new XmlProblem(at, "text outside of the root element");
    this.at = end;
  }

  private readMarkup(): void {
    const { source, at } = this;
    if (source.startsWith("<!--", at)) this.at = endOf(source, "-->", at + 4, { at, what: "the comment" });
    else if (source.startsWith("<![CDATA[", at)) this.readCdata();
    else if (source.startsWith("<!", at))
      throw new XmlProblem(at, "a document type declaration is not allowed");
    else if (source.startsWith("<?", at))
      this.at = endOf(source, "?>", at + 2, { at, what: "the processing instruction" });
    else if (source.startsWith("</", at)) this.closeElement();
    else this.openElement();
  }

  private readCdata(): void {
    const { source, at } = this;
    const end = endOf(source, "]]>", at + 9, { at, what: "the CDATA section" });
    const element = this.open.at(-1);
    if (element === undefined) throw new XmlProblem(at, "text outside of the root element");
    element.text += normalizeLines(source.slice(at + 9, end - 3), at + 9);
    this.at = end;
  }

  private closeElement(): void {
    const { source, at } = this;
    const name = this.readName(at + 2);
    const end = skipSpace(source, at + 2 + name.length);
    const element = this.open.pop();
    this.namespaces.pop();
    if (element?.name !== name) {
      const expected = element === undefined ? "" : `, expected </${element.name}>`;
      throw new XmlProblem(at, `unexpected </${name}>${expected}`);
    }
    if (source[end] !== ">") throw new XmlProblem(end, "expected `>`");
    this.at = end + 1;
    element.end = this.at;
  }

  private openElement(): void {
    const { at, limits } = this;
    const parent = this.open.at(-1);
    this.count += 1;
    if (this.count > limits.maxElements) {
      throw new XmlProblem(at, `the file has more than ${limits.maxElements} elements`, "limit");
    }
    if (this.open.length >= limits.maxDepth) {
      throw new XmlProblem(at, `elements are nested deeper than ${limits.maxDepth}`, "limit");
    }
    if (parent === undefined && this.root !== undefined) throw new XmlProblem(at, "a second root element");
    const name = this.readName(at + 1);
    const { written, end, isClosed } = this.readAttributes(at + 1 + name.length);
    const namespaces = namespacesIn(written, this.namespaces.at(-1) ?? knownNamespaces());
    const element: OpenElement = {
      name,
      ...qualify(name, namespaces, at, true),
      attributes: [...written].map(([key, value]) => ({
        name: key,
        ...qualify(key, namespaces, at, false),
        value,
      })),
      children: [],
      text: "",
      at,
      contentAt: end,
      end,
    };
    if (parent === undefined) this.root = element;
    else parent.children.push(element);
    if (!isClosed) {
      this.open.push(element);
      this.namespaces.push(namespaces);
    }
    this.at = end;
  }

  private readName(at: number): string {
    NAME.lastIndex = at;
    const name = NAME.exec(this.source)?.[0];
    if (name === undefined) throw new XmlProblem(at, "expected a name");
    return name;
  }

  private readAttributes(start: number): { written: Map<string, string>; end: number; isClosed: boolean } {
    const { source } = this;
    const written = new Map<string, string>();
    for (let at = start; ; ) {
      const next = skipSpace(source, at);
      if (source[next] === ">") return { written, end: next + 1, isClosed: false };
      if (source.startsWith("/>", next)) return { written, end: next + 2, isClosed: true };
      if (next === at) throw new XmlProblem(at, "expected a space, `>` or `/>`");
      const name = this.readName(next);
      if (written.has(name)) throw new XmlProblem(next, `the attribute "${name}" is given twice`);
      const equals = skipSpace(source, next + name.length);
      if (source[equals] !== "=") throw new XmlProblem(equals, "expected `=`");
      const open = skipSpace(source, equals + 1);
      const quote = source[open];
      if (quote !== '"' && quote !== "'") throw new XmlProblem(open, "expected a quoted value");
      at = endOf(source, quote, open + 1, { at: open, what: "the attribute value" });
      const value = source.slice(open + 1, at - 1);
      if (value.includes("<"))
        throw new XmlProblem(open, "`<` in an attribute value must be written as `&lt;`");
      written.set(name, resolveReferences(value.replace(/\r\n|[\t\r\n]/g, " "), open + 1));
    }
  }
}

function namespacesIn(attributes: ReadonlyMap<string, string>, outer: Namespaces): Namespaces {
  let own: Namespaces | undefined;
  for (const [name, uri] of attributes) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    own ??= Object.create(outer) as Namespaces;
    own[name.slice("xmlns:".length)] = uri;
  }
  return own ?? outer;
}

function qualify(
  name: string,
  namespaces: Namespaces,
  at: number,
  isElement: boolean,
): { local: string; uri: string } {
  const colon = name.indexOf(":");
  if (colon === -1) {
    if (isElement) return { local: name, uri: namespaces[""] ?? "" };
    return { local: name, uri: name === "xmlns" ? XMLNS_NAMESPACE : "" };
  }
  const uri = namespaces[name.slice(0, colon)];
  if (uri === undefined) throw new XmlProblem(at, `the prefix of "${name}" is not declared`);
  return { local: name.slice(colon + 1), uri };
}
