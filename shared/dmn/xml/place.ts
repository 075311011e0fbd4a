import { type Place, placeOf, type SourceText } from "../source/source-text.ts";
import type { XmlElement } from "./element.ts";

/** Where an element stands, or the character that became `index` of its text; the file's start for no element. */
export function placeInText(source: SourceText, element: XmlElement | undefined, index?: number): Place {
  const start = element?.at ?? 0;
  return placeOf(source, element && index !== undefined ? offsetInText(source, element, index) : start);
}

/**
 * The offset in the file of the character that became `index` of the element's text. References, CDATA marks and
 * CRLF make the written form longer than the text, so the written form is walked again: only errors need it.
 */
export function offsetInText(source: SourceText, element: XmlElement, index: number): number {
  const { text } = source;
  let offset = element.contentAt;
  let inCdata = false;
  for (let seen = 0; offset < text.length; ) {
    const mark = markupAt(text, offset, inCdata);
    if (mark !== undefined) {
      inCdata = mark.cdata;
      if (mark.ends) return offset;
      offset = mark.next;
      continue;
    }
    if (seen >= index) return offset;
    const width = characterWidth(text, offset, inCdata);
    seen += width.units;
    offset += width.written;
  }
  return Math.min(offset, text.length);
}

interface Markup {
  readonly next: number;
  readonly cdata: boolean;
  readonly ends: boolean;
}

function markupAt(text: string, offset: number, inCdata: boolean): Markup | undefined {
  if (inCdata) {
    return text.startsWith("]]>", offset) ? { next: offset + 3, cdata: false, ends: false } : undefined;
  }
  if (text[offset] !== "<") return undefined;
  if (text.startsWith("<![CDATA[", offset)) return { next: offset + 9, cdata: true, ends: false };
  if (text.startsWith("<!--", offset)) {
    const end = text.indexOf("-->", offset + 4);
    return { next: end === -1 ? text.length : end + 3, cdata: false, ends: false };
  }
  return { next: offset, cdata: false, ends: true };
}

function characterWidth(text: string, offset: number, inCdata: boolean): { units: number; written: number } {
  if (text.startsWith("\r\n", offset)) return { units: 1, written: 2 };
  if (inCdata || text[offset] !== "&") return { units: 1, written: 1 };
  const end = text.indexOf(";", offset);
  if (end === -1) return { units: 1, written: 1 };
  const astral =
    /^&#(?:x0*[1-9a-f][0-9a-f]{4,}|0*(?:6553[6-9]|655[4-9]\d|65[6-9]\d\d|6[6-9]\d{3}|[7-9]\d{4}|\d{6,}));$/i;
  const units = astral.test(text.slice(offset, Math.min(end + 1, offset + 20))) ? 2 : 1;
  return { units, written: end + 1 - offset };
}
