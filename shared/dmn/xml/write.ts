import type { XmlAttribute, XmlElement } from "./element.ts";

/** What the writer needs of an element; a read element is one too. */
export type WritableElement = Pick<XmlElement, "name" | "text"> & {
  readonly attributes: readonly Pick<XmlAttribute, "name" | "value">[];
  readonly children: readonly WritableElement[];
};

/** Writes a tree as an XML document, indented by two spaces; text is kept as it is. */
export function writeXml(root: WritableElement): string {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  writeElement(root, "", lines);
  return `${lines.join("\n")}\n`;
}

function writeElement(element: WritableElement, indent: string, lines: string[]): void {
  const attributes = element.attributes
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
  const start = `${indent}<${element.name}${attributes}`;
  const hasText = element.text.trim() !== "";
  if (element.children.length === 0) {
    lines.push(hasText ? `${start}>${escapeText(element.text)}</${element.name}>` : `${start}/>`);
    return;
  }
  lines.push(hasText ? `${start}>${escapeText(element.text.trim())}` : `${start}>`);
  for (const child of element.children) writeElement(child, `${indent}  `, lines);
  lines.push(`${indent}</${element.name}>`);
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, escapeCharacter);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return named[character] ?? `&#${character.charCodeAt(0)};`;
}
