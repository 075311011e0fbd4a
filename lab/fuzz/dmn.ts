/**
 * `node lab/fuzz/dmn.ts [models] [seed]`: damaged models against the DMN compiler. Exits with 1 if one crashes it, hangs, or
 * is refused without a place.
 */
import { compileModel } from "#dmn/index.ts";
import { FeelLimitError } from "#feel/index.ts";
import { ROWS } from "../bench/feel/decision-table.ts";
import { dmnModel } from "../bench/feel/dmn-model.ts";
import { makeProfiles } from "../bench/feel/profiles.ts";
import { seeded } from "../seeded.ts";

/** A text that takes longer than this to compile and evaluate counts as a hang. */
const MAX_MS = 2000;

/** Pieces that break XML, DMN or FEEL in the places where that hurts. */
const PIECES = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "<!DOCTYPE a [<!ENTITY x 'y'>]>",
  "\u0000",
  "\ud800",
  "(((((((((",
  "[1..",
  "not(",
  "for i in 1..999999999 return ",
  "-",
  "?",
  'date("',
  'matches(tier, "(a+)+$")',
  '@"999999999-12-31T23:59:59@Asia/Tokyo"',
  "&#x10FFFF;",
  "<context>",
  "</decisionTable>",
  'hitPolicy="COLLECT"',
  'typeRef="tNone"',
  'href="#d"',
];

/** A sequence of pseudo-random numbers from 0 up to `below`, the same for the same seed. */
function sequence(seed: number): (below: number) => number {
  const random = seeded(seed);
  return (below) => Math.floor(random() * below);
}

/** Puts pieces into the model's text, cuts some out, or copies some from elsewhere in it. */
function mutate(text: string, next: (below: number) => number): string {
  let mutated = text;
  for (let times = 1 + next(4); times > 0; times -= 1) {
    const at = next(mutated.length);
    const from = next(mutated.length);
    const change = [
      PIECES[next(PIECES.length)] ?? "",
      "",
      mutated.slice(from, from + next(200)),
      String.fromCharCode(next(0x2100)),
    ][next(4)];
    mutated = mutated.slice(0, at) + change + mutated.slice(at + next(2) * next(60));
  }
  return mutated;
}

/** Damages one FEEL text and leaves the XML well-formed: a mistake that a person could make in an editor. */
function mutateCell(text: string, next: (below: number) => number): string {
  const cells = [...text.matchAll(/<text>([^<]*)<\/text>/g)];
  const cell = cells[next(cells.length)];
  if (cell === undefined) return text;
  const [written, inner = ""] = cell;
  const at = next(inner.length + 1);
  const damaged = inner.slice(0, at) + (PIECES[next(PIECES.length)] ?? "") + inner.slice(at + next(3));
  const escaped = damaged.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("]]>", "]]&gt;");
  return `${text.slice(0, cell.index)}<text>${escaped}</text>${text.slice(cell.index + written.length)}`;
}

/** Compiles and evaluates a model. Gives what went wrong: a crash, a hang, or an error without a place; else undefined. */
function check(text: string): string | undefined {
  const start = performance.now();
  try {
    const model = compileModel(text, { limits: { maxIterations: 10_000 } });
    const unplaced = model.diagnostics.find(
      ({ line, column, message }) => !(line > 0 && column > 0 && message !== ""),
    );
    if (unplaced !== undefined) return `an error without a place: ${JSON.stringify(unplaced)}`;
    for (const { evaluate } of model.decisions.values())
      evaluate({ tier: "gold", spend: 10 }, { limits: { steps: 100_000 } });
  } catch (error) {
    if (!(error instanceof FeelLimitError))
      return `crashed: ${error instanceof Error ? error.stack : String(error)}`;
  }
  const elapsed = performance.now() - start;
  return elapsed > MAX_MS ? `took ${Math.round(elapsed)} ms` : undefined;
}

function main(): number {
  const runs = Number(process.argv[2] ?? 10_000);
  const seed = Number(process.argv[3] ?? 1);
  const next = sequence(seed);
  const model = dmnModel(ROWS.slice(0, 6));
  const letters = makeProfiles(20)
    .map((profile) => JSON.stringify(profile))
    .join("");
  let failures = 0;
  for (let run = 0; run < runs; run += 1) {
    const kind = next(20);
    const text =
      kind === 0 ? mutate(letters, next) : kind < 10 ? mutate(model, next) : mutateCell(model, next);
    const problem = check(text);
    if (problem === undefined) continue;
    failures += 1;
    console.error(`run ${run}: ${problem}\n${text.slice(0, 3000)}\n`);
  }
  console.log(`${runs} models from seed ${seed}: ${failures} failures`);
  return failures === 0 ? 0 : 1;
}

process.exitCode = main();
