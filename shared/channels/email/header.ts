import { RapportError } from "#kernel/errors.ts";

/** Nobody reads on; SES, the strictest provider so far, takes no more (SendEmail, MessageHeader). */
const MAX_CHARACTERS = 995;

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
  if (line.length > MAX_CHARACTERS) {
    throw new RapportError("template_failed", `${name}: is longer than ${MAX_CHARACTERS} characters`);
  }
  return line;
}
