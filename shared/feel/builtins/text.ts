import { PatternError, type Regex, regex } from "../regex/index.ts";
import type { Caller } from "../run/caller.ts";
import { BOOLEAN, type FeelType, listOf, NUMBER, STRING } from "../values/types.ts";
import type { FeelValue } from "../values/values.ts";
import { type BuiltinFunction, builtin } from "./builtin-function.ts";

function ofText(name: string, result: FeelType, call: (text: string) => FeelValue) {
  return builtin(name, result, ["string:string"], (_, text) => call(text));
}

function ofTwo(name: string, result: FeelType, call: (text: string, match: string) => FeelValue) {
  return builtin(name, result, ["string:string", "match:string"], (_, text, match) => call(text, match));
}

/** Strings are counted in code points, as the specification's examples do (DMN 1.5, 10.3.4.3). */
export function textFunctions(): BuiltinFunction[] {
  return [
    builtin(
      "substring",
      STRING,
      ["string:string", "start position:number", "length?:number"],
      (_, text, start, length) => substring(text, Math.trunc(start), length),
    ),
    ofText("string length", NUMBER, countPoints),
    ofText("upper case", STRING, (text) => text.toUpperCase()),
    ofText("lower case", STRING, (text) => text.toLowerCase()),
    ofTwo("substring before", STRING, (text, match) => text.slice(0, Math.max(0, text.indexOf(match)))),
    ofTwo("substring after", STRING, (text, match) => {
      const index = text.indexOf(match);
      return index === -1 ? "" : text.slice(index + match.length);
    }),
    ofTwo("contains", BOOLEAN, (text, match) => text.includes(match)),
    ofTwo("starts with", BOOLEAN, (text, match) => text.startsWith(match)),
    ofTwo("ends with", BOOLEAN, (text, match) => text.endsWith(match)),
    builtin(
      "matches",
      BOOLEAN,
      ["input:string", "pattern:string", "flags?:string"],
      (caller, input, pattern, flags) => {
        const compiled = compileRegex(pattern, flags, caller);
        return compiled && compiled.find(input, spender(caller)) !== null;
      },
    ),
    builtin(
      "replace",
      STRING,
      ["input:string", "pattern:string", "replacement:string", "flags?:string"],
      (caller, ...args) => replaceAll(args, caller),
    ),
    builtin("split", listOf(STRING), ["string:string", "delimiter:string"], (caller, text, delimiter) => {
      const compiled = compileRegex(delimiter, undefined, caller);
      return compiled && split(text, compiled, caller);
    }),
    builtin("string join", STRING, ["list:list", "delimiter?:string"], (caller, list, delimiter) => {
      const parts: string[] = [];
      let length = 0;
      for (const item of list) {
        if (item === null) continue;
        if (typeof item !== "string") return undefined;
        parts.push(item);
        length += item.length + (delimiter?.length ?? 0);
        caller.checkStringLength(length);
      }
      return parts.join(delimiter ?? "");
    }),
  ];
}

function countPoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    if ((text.codePointAt(index) ?? 0) > 0xffff) index += 1;
    count += 1;
  }
  return count;
}

/** Positions count from 1, negative ones from the end; undefined if there is no such position. */
function substring(text: string, start: number, length: number | undefined): string | undefined {
  const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
  if (start === 0 || Math.abs(start) > points.length) return undefined;
  if (length !== undefined && length < 1) return undefined;
  const first = start > 0 ? start - 1 : points.length + start;
  const part = points.slice(first, length === undefined ? undefined : first + Math.trunc(length));
  return typeof part === "string" ? part : part.join("");
}

function spender(caller: Caller): (steps: number) => void {
  return (steps) => caller.spend(steps);
}

function compileRegex(pattern: string, flags: string | undefined, caller: Caller): Regex | null {
  try {
    return regex(pattern, flags ?? "");
  } catch (error) {
    if (error instanceof PatternError) return caller.warn("invalid-value", `not a pattern: ${error.message}`);
    throw error;
  }
}

/** As XPath's fn:replace: null if the pattern matches the empty string, or the replacement is malformed. */
function replaceAll(
  [input, pattern, replacement, flags]: readonly [string, string, string, string | undefined],
  caller: Caller,
): string | null {
  const compiled = compileRegex(pattern, flags, caller);
  if (!compiled) return null;
  const spend = spender(caller);
  if (compiled.find("", spend)) return caller.warn("invalid-value", "the pattern matches the empty string");
  const parts = flags?.includes("q") ? [replacement] : readReplacement(replacement, compiled.groups);
  if (!parts) return caller.warn("invalid-value", "the replacement has a stray `$` or `\\`");
  const result: string[] = [];
  let length = 0;
  let copied = 0;
  for (const match of compiled.findAll(input, spend)) {
    const piece = parts.map((part) =>
      typeof part === "string"
        ? part
        : input.slice(match[part * 2] ?? -1, Math.max(0, match[part * 2 + 1] ?? 0)),
    );
    const inserted = input.slice(copied, match[0]) + piece.join("");
    length += inserted.length;
    caller.checkStringLength(length);
    result.push(inserted);
    copied = match[1] ?? copied;
  }
  result.push(input.slice(copied));
  return result.join("");
}

/** Text and numbers of groups; `$12` is group 1 and a 2 if there are fewer than twelve groups. */
function readReplacement(replacement: string, groups: number): (string | number)[] | null {
  const parts: (string | number)[] = [];
  for (let index = 0; index < replacement.length; index++) {
    const char = replacement[index] ?? "";
    const next = replacement[index + 1] ?? "";
    if (char === "\\") {
      if (next !== "\\" && next !== "$") return null;
      parts.push(next);
      index += 1;
    } else if (char === "$") {
      let digits = /^\d+/.exec(replacement.slice(index + 1, index + 5))?.[0] ?? "";
      if (digits === "") return null;
      while (digits.length > 1 && Number(digits) > groups) digits = digits.slice(0, -1);
      parts.push(Number(digits) > groups ? "" : Number(digits));
      index += digits.length;
    } else {
      parts.push(char);
    }
  }
  return parts;
}

function split(text: string, compiled: Regex, caller: Caller): string[] | null {
  const spend = spender(caller);
  if (compiled.find("", spend)) return caller.warn("invalid-value", "the delimiter matches the empty string");
  const parts: string[] = [];
  let copied = 0;
  for (const [start = 0, end = 0] of compiled.findAll(text, spend)) {
    parts.push(text.slice(copied, start));
    copied = end;
  }
  parts.push(text.slice(copied));
  caller.checkListSize(parts.length);
  return parts;
}
