import { SaxesParser, type SaxesTagNS } from "saxes";
import { DmnError } from "../diagnostics.ts";
import { DEFAULT_LIMITS, type DmnLimits } from "../limits.ts";
import { placeOf, type SourceText } from "./source.ts";

/** One attribute as written; `uri` is the namespace that its prefix stands for. */
export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

/** One element; `text` joins the character data directly inside it. */
export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Offset of its `<` in the source, and of the first character after its start tag. */
  readonly at: number;
  readonly contentAt: number;
}

interface OpenElement extends XmlElement {
  readonly attributes: XmlAttribute[];
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads a document to a tree of elements with their places.
 *
 * A document type declaration is refused: it is the door to external entities and to entities that grow without end,
 * and DMN has no use for it. Without one, XML has only its five built-in entities, which cannot grow.
 * @throws {DmnError} with file, line and column when the text is not well-formed or passes a limit
 */
export function readXml(source: SourceText, limits: DmnLimits = DEFAULT_LIMITS): XmlElement {
  if (source.text.length > limits.maxXmlLength) {
    throw xmlError(source, 0, `the file is longer than ${limits.maxXmlLength} characters`, "limit");
  }
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;

  parser.on("error", (error) => {
    throw xmlError(source, parser.position, error.message.replace(/^\d+:\d+: /, ""));
  });
  parser.on("doctype", () => {
    throw xmlError(source, source.text.indexOf("<!DOCTYPE"), "a document type declaration is not allowed");
  });
  parser.on("opentag", (tag) => {
    const element = openElement(source.text, tag, parser.position);
    count += 1;
    if (open.length >= limits.maxDepth) {
      throw xmlError(source, element.at, `elements are nested deeper than ${limits.maxDepth}`, "limit");
    }
    if (count > limits.maxElements) {
      throw xmlError(source, element.at, `the file has more than ${limits.maxElements} elements`, "limit");
    }
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);

  parser.write(source.text).close();
  if (root === undefined) throw xmlError(source, 0, "the file has no element");
  return root;
}

function openElement(text: string, tag: SaxesTagNS, contentAt: number): OpenElement {
  return {
    name: tag.name,
    local: tag.local,
    uri: tag.uri,
    attributes: Object.values(tag.attributes).map(({ name, local, uri, value }) => ({
      name,
      local,
      uri,
      value,
    })),
    children: [],
    text: "",
    // A start tag cannot hold a second "<": in attribute values it must be written as a reference.
    at: Math.max(0, text.lastIndexOf("<", contentAt - 1)),
    contentAt,
  };
}

function xmlError(
  source: SourceText,
  offset: number,
  message: string,
  code: "xml" | "limit" = "xml",
): DmnError {
  return new DmnError({ severity: "error", code, message, file: source.file, ...placeOf(source, offset) });
}
