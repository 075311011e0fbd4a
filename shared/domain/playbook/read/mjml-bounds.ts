import { BOUNDS } from "#kernel/bounds.ts";

type TooMuch = { readonly message: string; readonly expected: string };

const ELEMENT = /<mj-[^\s<>/]*((?:"[^"]*"|'[^']*'|[^<>"'])*)/g;
const INLINED = /<mj-style[^<>]*\sinline[^<>]*>([\s\S]*?)<\/mj-style/g;

const times = (text: string, form: RegExp): number => text.match(form)?.length ?? 0;

/**
 * What of a template would take MJML too long, before it is given to MJML: its time grows with elements, with the square of an
 * element's attributes and more, and with rules times elements where it inlines CSS. Null: nothing.
 * @param elements how many the whole upload may still have; those of this template are taken off
 */
export const tooMuchMjml = (source: string, elements: { left: number }): TooMuch | null => {
  const found = [...source.matchAll(ELEMENT)];
  if (found.length > BOUNDS.mjmlElements) {
    return {
      message: `The template has ${found.length} elements of MJML, with what it includes`,
      expected: `at most ${BOUNDS.mjmlElements}`,
    };
  }
  elements.left -= found.length;
  if (elements.left < 0) {
    const message = "With this template the playbook has too many elements of MJML";
    return { message, expected: `at most ${BOUNDS.uploadMjmlElements} in all templates` };
  }
  const most = found.reduce((sum, [, attributes = ""]) => Math.max(sum, times(attributes, /=/g)), 0);
  if (most > BOUNDS.mjmlAttributes) {
    return {
      message: `An element has ${most} attributes`,
      expected: `at most ${BOUNDS.mjmlAttributes}`,
    };
  }
  const inlined = [...source.matchAll(INLINED)].reduce((sum, [, css = ""]) => sum + times(css, /\{/g), 0);
  const rules = inlined + times(source, /<mj-selector\b/g);
  return rules > BOUNDS.mjmlInlinedRules
    ? {
        message: `The template has ${rules} rules and selectors that are looked up in every element`,
        expected: `at most ${BOUNDS.mjmlInlinedRules}; a plain mj-style is not bounded so`,
      }
    : null;
};
