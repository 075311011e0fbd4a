import { wrongFields } from "#kernel/errors.ts";
import { parseLiquid } from "#template/liquid/check.ts";
import type { MessageRequest } from "./operations.ts";

type Content = NonNullable<MessageRequest["content"]>;

/** Every text of the content that is rendered, by its path in the request; those without Liquid left out. */
const liquidTexts = ({ data = {}, ...texts }: Content): readonly (readonly [path: string, text: string])[] =>
  [
    ...Object.entries(texts).map(([name, text]) => [`content.${name}`, text] as const),
    ...Object.entries(data).map(([name, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [`content.data.${name}`, text] as const;
    }),
  ].filter(([, text]) => /\{[{%]/.test(text));

/**
 * A text that is not Liquid would fail when the message is due, when nobody listens any more.
 * @throws RapportError `invalid_request` with line, column and what was expected, for every wrong text
 */
export const checkLiquid = (content: Content): void => {
  const errors = liquidTexts(content).flatMap(([path, text]) => {
    const { problem } = parseLiquid(text);
    if (problem === undefined) return [];
    const { line, column, found, expected } = problem;
    return [{ path, line, column, expected, got: `${found} (line ${line}, column ${column})` }];
  });
  if (errors.length > 0) throw wrongFields(errors);
};
