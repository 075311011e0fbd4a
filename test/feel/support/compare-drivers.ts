import { byLezer, type Driver, ourDriver, TOPS } from "./grammar-drivers.ts";
import type { GrammarText } from "./grammar-texts.ts";

export interface Comparison {
  /** The first few texts that the drivers read differently. */
  readonly different: readonly object[];
  /** How often lezer's driver made a tree, said where there is none, or began to repair although it is strict. */
  readonly trees: number;
  readonly errors: number;
  readonly repaired: number;
}

/** Reads each text as every top rule by lezer's driver, by ours as it is shipped, and by ours on lezer's classes. */
export async function driverComparison(): Promise<(texts: Iterable<GrammarText>) => Comparison> {
  const shipped = await ourDriver("as shipped");
  const onLezersClasses = await ourDriver("on lezer's classes");
  return (texts) => compare(texts, shipped, onLezersClasses);
}

function compare(texts: Iterable<GrammarText>, shipped: Driver, onLezersClasses: Driver): Comparison {
  const different: object[] = [];
  const counts = { trees: 0, errors: 0, repaired: 0 };
  for (const { text, names } of texts) {
    for (const top of TOPS) {
      const lezers = byLezer(text, top, names);
      const ours = shipped.parse(text, top, names);
      const unbundled = onLezersClasses.parse(text, top, names);
      if (lezers === null) counts.repaired += 1;
      else if (lezers.startsWith(" ")) counts.trees += 1;
      else counts.errors += 1;
      const isAlike = unbundled === ours && (lezers === null || lezers === ours);
      if (!isAlike && different.length < 5) different.push({ text, top, lezers, ours, unbundled });
    }
  }
  return { different, ...counts };
}
