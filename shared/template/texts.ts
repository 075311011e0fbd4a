import { RapportError } from "#kernel/errors.ts";
import type { OutputMode } from "./liquid/limits.ts";

/** Renders one Liquid text against the scope of a message. Throws `template_failed`, naming the text. */
export type RenderText = (name: string, source: string, mode: OutputMode) => string;

/** The Liquid texts of one message, rendered against one scope. */
export type Texts = {
  /** "" when the content has no such text. */
  readonly render: (name: string, mode: OutputMode) => string;
  /** Like `render`, but a missing or empty text is an error. */
  readonly require: (name: string, mode: OutputMode) => string;
  readonly has: (name: string) => boolean;
};

export function textsOf(content: Readonly<Record<string, unknown>>, renderText: RenderText): Texts {
  const has = (name: string): boolean => content[name] !== undefined && content[name] !== null;
  const render = (name: string, mode: OutputMode): string => {
    const source = content[name];
    if (source === undefined || source === null) return "";
    if (typeof source !== "string") {
      throw new RapportError("template_failed", `${name}: expected text, got ${typeof source}`);
    }
    return renderText(name, source, mode);
  };
  return {
    has,
    render,
    require: (name, mode) => {
      const text = render(name, mode);
      if (text.trim() === "") throw new RapportError("template_failed", `${name}: is empty`);
      return text;
    },
  };
}
