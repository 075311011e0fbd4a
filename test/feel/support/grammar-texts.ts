import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "#lab/fuzz/feel-inputs.ts";
import type { Names } from "./grammar-drivers.ts";

/** A text for the grammar with the names that are in scope. */
export interface GrammarText {
  readonly text: string;
  readonly names: Names;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(xml: string): string {
  return xml
    .replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, "$1")
    .replace(
      /&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
        return ENTITIES[name ?? ""] ?? whole;
      },
    );
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
}

/** Every text in the models of a folder, each with all names of its model. */
export function textsOfModels(folder: string): GrammarText[] {
  return filesIn(folder, ".dmn").flatMap((file) => {
    const xml = readFileSync(file, "utf8");
    const declared = [...xml.matchAll(/\bname="([^"]*)"/g)].map(([, name = ""]) => unescaped(name));
    const names: Names = Object.fromEntries(declared.map((name) => [name, 1]));
    const texts = [...xml.matchAll(/<(?:\w+:)?text>([\s\S]*?)<\/(?:\w+:)?text>/g)].map(
      ([, text = ""]) => text,
    );
    return [...new Set(texts)].map((text) => ({ text: unescaped(text), names }));
  });
}

/** Every string in the sources of a folder, and every line and side of `=>` in those of several lines. */
export function textsOfSources(folder: string): string[] {
  const texts = filesIn(folder, ".ts").flatMap((file) => {
    const literals = readFileSync(file, "utf8").match(
      /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g,
    );
    return (literals ?? []).flatMap((literal) => {
      const body = literal.slice(1, -1).replace(/\\([\\"'`])/g, "$1");
      return [body, ...body.split("\n"), ...body.split(/\n| => /)];
    });
  });
  return [...new Set(texts)];
}

/** Names that look like keywords, operations, numbers, or parts of each other. */
const ODD_NAMES: Names = {
  "a b": 1,
  a: { b: 1, "b c": { d: 1 }, "first name": 1 },
  "a-b": 1,
  "a - b": { "c.d": 1 },
  "a+b * c": 1,
  "b'c": 1,
  "x**2": 1,
  if: 1,
  "for x in": 1,
  "then what": 1,
  "date of birth": 1,
  "date and time of": 1,
  time: 1,
  "time offset": 1,
  "not a": 1,
  "é ü": 1,
  _: 1,
  "?": 1,
  "a1 2": 1,
  "item count": 1,
  "null value": 1,
  "list<x>": 1,
  "": 1,
  " padded  twice ": 1,
  "a.b": { c: 1 },
  "some thing": { "every thing": { "in it": 1 } },
};

const BETWEEN = [
  "",
  " ",
  ".",
  "-",
  "+",
  " - ",
  "*",
  "**",
  "/",
  "'",
  ",",
  "(",
  ")",
  "[",
  "]",
  " in ",
  "..",
  "\n",
  "  ",
];
const WORDS = [
  ...Object.keys(ODD_NAMES),
  "b",
  "c",
  "x",
  "1",
  "of",
  "in it",
  "first",
  "name",
  '"a b"',
  "// c\n",
  "/* c */",
];

/** Odd names in a row, with what may part or join them. */
export function oddText(random: Random): GrammarText {
  const parts: string[] = [];
  for (let count = random.below(8); count >= 0; count -= 1) {
    parts.push(WORDS[random.below(WORDS.length)] ?? "", BETWEEN[random.below(BETWEEN.length)] ?? "");
  }
  const text = parts.join("");
  const wrapped = [
    text,
    `{${text}: ${text}}.${text}`,
    `for ${text} in ${text} return ${text}`,
    `function(${text}) ${text}`,
  ];
  return { text: wrapped[random.below(8)] ?? text, names: ODD_NAMES };
}

const LONG_NAME = "a name that goes on for more than thirty characters";
const VALUES = [
  '"v"',
  "1",
  "x",
  LONG_NAME,
  `${LONG_NAME}s`,
  "f(1)",
  "[1..2]",
  "< 3",
  "null",
  "1 + 2",
  "x.y",
  "{a: 1}",
].concat('date("2020-01-01")', "not(1)", "x between 1 and 2");

/** A cell that is two readings up to its end, tests that are negated and a call of not(), with gaps and long names. */
export function longCell(random: Random): GrammarText {
  const gap = (): string => " ".repeat(random.below(3) === 0 ? random.below(70) : 0);
  const value = (): string => VALUES[random.below(VALUES.length)] ?? "";
  const values = Array.from({ length: 20 + random.below(90) }, () => value() + gap()).join(`,${gap()}`);
  const cells = [
    `not(${values})`,
    `not([${values}], 3)`,
    `not([${values}][1] = 2) and true`,
    `not(f(${values}), x)`,
    `not(${gap()}(x in (${values})) = y)`,
    `not({a: [${values}]}, 1)`,
    `not(x[${values.replaceAll(",", "+")}],${gap()}1)`,
    `not(x between f([${values}]) and 3, y between 1 and 2 and y)`,
  ];
  return { text: cells[random.below(cells.length)] ?? "", names: LONG_NAMES };
}

const LONG_NAMES: Names = { x: 1, [LONG_NAME]: 1 };
