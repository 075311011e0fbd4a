/**
 * `node lab/fuzz/grammar.ts [inputs] [seed]`: random, mutated and oddly named texts, parsed by our driver and by
 * lezer's. Exits with 1 where their trees or places of errors differ. Run it when lezer-feel changes.
 */
import { driverComparison } from "#test/feel/support/compare-drivers.ts";
import type { Names } from "#test/feel/support/grammar-drivers.ts";
import { type GrammarText, longCell, oddText } from "#test/feel/support/grammar-texts.ts";
import { fuzzInput, type Random, seededRandom } from "./feel-inputs.ts";

const NAMES: Names = { x: 1, "a b": 1, "a-b": { c: 1 }, customer: { age: 1, "first name": 1 } };

function* texts(inputs: number, random: Random): Generator<GrammarText> {
  for (let index = 0; index < inputs; index += 1) {
    const kind = random.below(20);
    if (kind === 0) yield longCell(random);
    else yield kind < 10 ? oddText(random) : { text: fuzzInput(random), names: NAMES };
  }
}

const inputs = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const compare = await driverComparison();
const { different, trees, errors, repaired } = compare(texts(inputs, seededRandom(seed)));
for (const each of different) console.error(each);
console.log(
  `${inputs} texts as each top rule: ${trees} trees, ${errors} errors, ${repaired} repaired by lezer`,
);
console.log(`read differently: ${different.length === 0 ? "none" : `${different.length} or more`}`);
process.exitCode = different.length === 0 ? 0 : 1;
