/** One change of a text: what stood from `at` to `end` becomes `text`. */
export interface Splice {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all changes made. They must not overlap; of those at one place, insertions come first, as they were given. */
export function applySplices(source: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => a.at - b.at || a.end - b.end);
  const parts: string[] = [];
  let done = 0;
  for (const { at, end, text } of inOrder) {
    parts.push(source.slice(done, at), text);
    done = end;
  }
  parts.push(source.slice(done));
  return parts.join("");
}
