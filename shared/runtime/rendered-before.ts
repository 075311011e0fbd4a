import type { RenderMjml } from "#domain/playbook/read/sources.ts";

/** Templates whose HTML is kept: those of a large playbook. */
const MOST = 200;
/** Characters of source and HTML that are kept. */
const MOST_CHARACTERS = 20_000_000;

/**
 * Renders each text once: somebody who changes one template of thirty waits for that one. The longest unused go first.
 */
export const renderedBefore = (render: RenderMjml): RenderMjml => {
  const kept = new Map<string, Awaited<ReturnType<RenderMjml>>>();
  let characters = 0;
  const sizeOf = (source: string): number => source.length + (kept.get(source)?.html.length ?? 0);
  return async (source) => {
    const known = kept.get(source);
    if (known !== undefined) {
      kept.delete(source);
      kept.set(source, known);
      return known;
    }
    const rendered = await render(source);
    kept.set(source, rendered);
    characters += sizeOf(source);
    for (const [oldest] of kept) {
      if (kept.size <= MOST && characters <= MOST_CHARACTERS) break;
      characters -= sizeOf(oldest);
      kept.delete(oldest);
    }
    return rendered;
  };
};
