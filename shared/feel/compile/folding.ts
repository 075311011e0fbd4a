import { type Compiled, constant } from "./compiler.ts";
import { bareFrame } from "./frame.ts";

/**
 * Evaluates now what has only constant parts. A null is not folded: it is FEEL's error, and its warning belongs to
 * every evaluation.
 */
export function foldable(compiled: Compiled, ...parts: readonly Compiled[]): Compiled {
  if (!parts.every((part) => part.constant)) return compiled;
  const value = compiled.evaluate({}, bareFrame(undefined));
  return value === null ? compiled : constant(value, compiled.type);
}
