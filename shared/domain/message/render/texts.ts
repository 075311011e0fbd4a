import { RapportError } from "#kernel/errors.ts";
import type { OutputMode } from "#template/liquid/limits.ts";
import { renderLiquid, type Setting } from "#template/liquid/template.ts";

/** The Liquid texts of one message, rendered against one scope. */
export type Texts = {
  /** "" when the content has no such text. */
  readonly render: (name: string, mode: OutputMode) => string;
  /** Like `render`, but a missing or empty text is an error. */
  readonly require: (name: string, mode: OutputMode) => string;
  readonly has: (name: string) => boolean;
};

export function textsOf(
  content: Readonly<Record<string, unknown>>,
  scope: Readonly<Record<string, unknown>>,
  setting: Setting,
): Texts {
  const has = (name: string): boolean => content[name] !== undefined && content[name] !== null;
  const render = (name: string, mode: OutputMode): string => {
    const source = content[name];
    if (source === undefined || source === null) return "";
    if (typeof source !== "string") {
      throw new RapportError("template_failed", `${name}: expected text, got ${typeof source}`);
    }
    return renderLiquid(name, source, mode, scope, setting);
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

/**
 * A value that goes into a header: one line, whatever traits were put into it. White space around it (a YAML block
 * ends with a line break) is no attack; a line break inside would start a header of the attacker's choice.
 */
export function headerText(name: string, value: string): string {
  const line = value.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header (RFC 5322, 2.2)
  if (/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/.test(line)) {
    throw new RapportError("template_failed", `${name}: must be one line, without control characters`);
  }
  // SES takes 995 characters (SendEmail, MessageHeader).
  if (line.length > 995) throw new RapportError("template_failed", `${name}: is longer than 995 characters`);
  return line;
}
