import { parser, trackVariables } from "lezer-feel";
import { beforeAll, describe, expect, it } from "vitest";
import { type CodedTokenizer, type Grammar, grammarOf, trackerOf } from "#feel/lr/grammar.ts";
import { StrictParser } from "#feel/lr/parse.ts";
import { LRParser } from "#feel/lr/stand-in.ts";
import { byLezer, type Driver, ourDriver } from "../support/grammar-drivers.ts";

const NO_NAMES = trackVariables({});
const strict = new StrictParser(parser);

let shipped: Driver;

beforeAll(async () => {
  shipped = await ourDriver("as shipped");
});

/** The tables with functions replaced by what they answer. */
function plain(grammar: Grammar): object {
  const { states, data, goto, tokenizers, specialized, specializers, tokenPrecTable, dialect } = grammar;
  const { minRepeatTerm, maxNode, topRules, dynamicPrecedences, nodeSet } = grammar;
  const keywords = ["for", "in", "list", "date", "days", "function", "null", "other", "__proto__"];
  return {
    states: [...states],
    data: [...data],
    goto: [...goto],
    tokenizers: tokenizers.map((each) =>
      "data" in each ? { data: [...each.data], id: each.id } : { contextual: each.contextual },
    ),
    specialized: Array.from(specialized),
    specializers: specializers.map((get) => keywords.map((word) => get(word, { pos: 0, context: null }))),
    disabled: Array.from(dialect.disabled ?? []),
    names: nodeSet.types.slice(0, minRepeatTerm).map(({ name }) => name),
    ...{ tokenPrecTable, minRepeatTerm, maxNode, topRules, dynamicPrecedences },
  };
}

describe("parsing by the grammar's tables", () => {
  it("gives a tree whose nodes know their rule, their place, and their neighbours", () => {
    const tree = strict.parse("[1..x)", "Expression", NO_NAMES);

    expect(tree).toMatchObject({ name: "Expression", from: 0, to: 6 });
    const interval = tree.firstChild?.firstChild;
    expect(interval).toMatchObject({ name: "Interval", from: 0, to: 6, nextSibling: null });
    expect(interval?.firstChild).toMatchObject({ name: "[", from: 0, to: 1 });
    expect(interval?.firstChild?.nextSibling).toMatchObject({ name: "NumericLiteral", from: 1, to: 2 });
    expect(interval?.lastChild).toMatchObject({ name: ")", from: 5, to: 6, nextSibling: null });
  });

  it("says behind which place nothing fits", () => {
    expect(() => strict.parse("1 + * 2", "Expression", NO_NAMES)).toThrow(new SyntaxError("No parse at 4"));
    expect(() => strict.parse("", "Expression", NO_NAMES)).toThrow(new SyntaxError("No parse at 0"));
  });

  it("ends where the tracker of names gives up", () => {
    const refuse = () => {
      throw new Error("uncleared name");
    };
    const tracker = { ...trackerOf(NO_NAMES), reduce: refuse };

    expect(() => strict.parse("  a + b", "Expression", tracker)).toThrow(new SyntaxError("No parse at 2"));
  });

  it("tells mistakes of the tables from those of the text", () => {
    const grammar = grammarOf(parser);
    const reducing = new Uint32Array(grammar.states.length);
    // The first state always reduces a symbol more than there is.
    reducing.set([0, 0, 0, 0, (1 << 19) | (1 << 16) | 1, 0]);
    const broken = new StrictParser({ ...grammar, states: reducing });

    expect(() => broken.parse("1", "Expression", NO_NAMES)).toThrow("reduce more than there is");
  });

  it("knows no other top rules than the grammar's", () => {
    expect(() => strict.parse("1", "Statement", NO_NAMES)).toThrow("no top rule Statement");
  });

  it("reads a long chain, in which lezer's driver begins to repair as it does for editors", () => {
    const line = `"${"a".repeat(76)}"`;
    const chain = Array.from({ length: 390 }, () => line).join(" + ");

    expect(byLezer(chain, "Expression", {})).toBeNull();
    expect(shipped.parse(chain, "Expression", {})).toMatch(
      /^ Expression@0-31587\( ArithmeticExpression@0-31587\(/,
    );
  });

  it("does not follow a text deeper than any tree that may be compiled", () => {
    const deep = `${"-".repeat(30_000)}1`;

    expect(shipped.parse(deep, "Expression", {})).toBe("SyntaxError: No parse at 2800");
  });

  it("ends with tables that reduce for ever", () => {
    const term = 1;
    const endless: Grammar = {
      ...grammarOf(parser),
      states: Uint32Array.of(0, 0, 0, 0, 0x10000 | term, 0),
      data: Uint16Array.of(0xffff, 0),
      goto: Uint16Array.of(2, 3, 3, 1, 0),
      topRules: { Endless: [0, term] },
    };

    expect(() => new StrictParser(endless).parse("1", "Endless", NO_NAMES)).toThrow("No parse at 0");
  });
});

describe("the tables", () => {
  it("are in a bundle what they are with lezer's own classes", () => {
    expect(plain(shipped.grammar)).toEqual(plain(grammarOf(parser)));
  });

  it("are refused where they are none, or of another format", () => {
    const specification = {
      ...{ version: 15, states: "", stateData: "", goto: "", tokenData: "", tokenPrec: 0, tokenizers: [] },
      ...{ topRules: {}, nodeNames: "", repeatNodeCount: 0, maxTerm: 0 },
    };

    expect(() => new StrictParser({})).toThrow("not in the format this driver reads");
    expect(() => LRParser.deserialize(specification)).toThrow("tables of version 15");
  });

  it("are refused where they ask for more than the driver does", () => {
    const grammar = grammarOf(parser);
    const eager: CodedTokenizer = {
      token: () => undefined,
      contextual: false,
      fallback: true,
      extend: false,
    };

    expect(() => new StrictParser({ ...grammar, tokenizers: [eager] })).toThrow("stand back are unknown");
    expect(() => new StrictParser({ ...grammar, states: Uint32Array.of(1, 0, 0, 0, 0, 0) })).toThrow(
      "skip rules of several tokens are unknown",
    );
  });

  it("need a tracker of names", () => {
    expect(() => strict.parse("1", "Expression", {})).toThrow("not a context tracker");
  });
});
