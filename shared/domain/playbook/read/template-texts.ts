import type { LiquidText } from "./sources.ts";
import type { LocatedFile, Path } from "./yaml-file.ts";

/** Every text inside a YAML value, as Liquid with the way back to its line. */
export const liquidTextsOf = (file: LocatedFile, value: unknown, path: Path = []): readonly LiquidText[] => {
  if (typeof value === "string") {
    return [{ source: value, at: (line, column) => file.at(path, offsetOf(value, line, column)) }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    liquidTextsOf(file, member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
};

/** How many characters into a text a place of it lies: line and column from 1. */
export const offsetOf = (text: string, line: number, column: number): number => {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
};
