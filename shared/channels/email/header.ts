import { RapportError } from "#kernel/errors.ts";

/** Nobody reads on; SES, the strictest provider so far, takes no more (SendEmail, MessageHeader). */
const MAX_CHARACTERS = 995;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header (RFC 5322, 2.2)
const NOT_IN_A_LINE = / ?[\u0000-\u001f\u007f-\u009f\u2028\u2029][ \u0000-\u001f\u007f-\u009f\u2028\u2029]*/g;

/**
 * A value that goes into a header, on one line whatever traits were put into it: a line break would begin a header of
 * somebody else's choice, and becomes a blank, as do other control characters.
 * @throws RapportError `template_failed`, where it is too long
 */
export function headerText(name: string, value: string): string {
  const line = value.replace(NOT_IN_A_LINE, " ").trim();
  if (line.length > MAX_CHARACTERS) {
    throw new RapportError("template_failed", `${name}: is longer than ${MAX_CHARACTERS} characters`);
  }
  return line;
}
