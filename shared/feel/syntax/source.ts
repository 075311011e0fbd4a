/** The text as the grammar gets it: same offsets, with what the grammar cannot read blanked out. */
export interface Source {
  readonly text: string;
  /** The offset of the first bracket nested deeper than `limit`, or null. */
  depthExceeds(limit: number): number | null;
}

/**
 * Blanks comments (the grammar ends a line comment at the end of the text only with a newline) and measures
 * brackets outside of strings, before a parser spends time on them.
 */
export function maskComments(text: string): Source {
  const pieces: string[] = [];
  let copied = 0;
  const depths: number[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '"') {
      index = endOfString(text, index);
    } else if (char === "/" && (text[index + 1] === "/" || text[index + 1] === "*")) {
      const end = endOfComment(text, index);
      pieces.push(text.slice(copied, index), text.slice(index, end).replace(/[^\n\r]/g, " "));
      copied = end;
      index = Math.max(index, end - 1);
    } else if (char === "(" || char === "[" || char === "{") {
      depth += 1;
      if (depth > depths.length) depths.push(index);
    } else if (char === ")" || char === "]" || char === "}") {
      depth = Math.max(0, depth - 1);
    }
  }
  pieces.push(text.slice(copied));
  return { text: pieces.join(""), depthExceeds: (limit) => depths[limit] ?? null };
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const closing = text[start + 1] === "/" ? "\n" : "*/";
  const found = text.indexOf(closing, start + 2);
  if (found === -1) return closing === "\n" ? text.length : start;
  return found + (closing === "\n" ? 0 : 2);
}

/**
 * The grammar knows `list<T>` but not DMN 1.5's `range<T>`. Both have the same form, so the keyword is written over
 * at the same length; the reader of the tree looks at the original text.
 */
export function maskRangeTypes(text: string): string {
  return text.replace(/\brange(?=\s*<)/g, "list ");
}

/**
 * The offset of a run of words that no expression has: reading a name is quadratic in its words, and nested keywords
 * are as many words.
 */
export function endlessWords(text: string): number | null {
  const run = /(?:[^\s()[\]{}"+*/=<>.,-]+[\s-]+){1000}/.exec(text);
  return run ? run.index : null;
}
