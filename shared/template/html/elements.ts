import type { HtmlToken } from "./scan.ts";

export type Tag = Extract<HtmlToken, { kind: "open" | "close" }>;

/** Elements that hold nothing and are never closed (WHATWG HTML, 13.1.2). */
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** What begins a paragraph of its own, and so ends one that was left open (WHATWG HTML, 13.2.6.4.7). */
const ENDS_PARAGRAPH = new Set(
  "address article aside blockquote center details div dl dd dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section table ul".split(
    " ",
  ),
);

type Implied = { readonly ends: readonly string[]; readonly within: readonly string[] };
/** Elements that end those of their kind which nobody closed, as far as the element around them. */
const IMPLIED: Readonly<Record<string, Implied>> = {
  body: { ends: ["head"], within: ["html"] },
  li: { ends: ["li"], within: ["ul", "ol", "menu"] },
  dt: { ends: ["dt", "dd"], within: ["dl"] },
  dd: { ends: ["dt", "dd"], within: ["dl"] },
  td: { ends: ["td", "th"], within: ["tr", "table"] },
  th: { ends: ["td", "th"], within: ["tr", "table"] },
  tr: { ends: ["tr"], within: ["table"] },
  tbody: { ends: ["tbody", "thead", "tfoot"], within: ["table"] },
};
const PARAGRAPH: Implied = { ends: ["p"], within: ["table", "td", "th", "button", "object"] };

/** Nobody nests deeper; what does is read as part of the element around it, so that no text takes long. */
const MAX_DEPTH = 200;

type Open<Facts> = { readonly name: string; readonly facts: Facts };

/** The elements that are open at a place in a document, each with what is known of it, as a browser would nest them. */
export class OpenElements<Facts> {
  private readonly open: Open<Facts>[] = [];
  private readonly outside: Facts;
  private tooDeep = 0;

  constructor(outside: Facts) {
    this.outside = outside;
  }

  /** Of the innermost one. */
  get facts(): Facts {
    return this.open.at(-1)?.facts ?? this.outside;
  }

  /** @param factsOf what holds inside the element, by what holds around it */
  enter(tag: Tag, factsOf: (around: Facts) => Facts): void {
    this.endImplied(tag.name);
    if (VOID.has(tag.name)) return;
    if (this.open.length >= MAX_DEPTH) this.tooDeep += 1;
    else this.open.push({ name: tag.name, facts: factsOf(this.facts) });
  }

  leave(name: string): void {
    if (this.tooDeep > 0) {
      this.tooDeep -= 1;
      return;
    }
    const at = this.open.findLastIndex((one) => one.name === name);
    if (at !== -1) this.open.length = at;
  }

  private endImplied(name: string): void {
    if (ENDS_PARAGRAPH.has(name)) this.end(PARAGRAPH);
    const implied = Object.hasOwn(IMPLIED, name) ? IMPLIED[name] : undefined;
    if (implied !== undefined) this.end(implied);
  }

  private end({ ends, within }: Implied): void {
    const at = this.open.findLastIndex((one) => ends.includes(one.name) || within.includes(one.name));
    if (at !== -1 && ends.includes(this.open[at]?.name ?? "")) this.open.length = at;
  }
}
