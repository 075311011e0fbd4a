import { expectedOneOf } from "#kernel/suggest.ts";

/** The code, the message and what was expected, for a report of a name that is declared nowhere. */
export const unknownName = (kind: string, name: string, known: readonly string[]) =>
  [`unknown-${kind}`, `There is no ${kind} "${name}"`, expectedOneOf(name, known)] as const;
