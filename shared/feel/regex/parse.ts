import { propertyNamed, shorthand } from "./character-classes.ts";
import { choice, literal, type Part, type Program, programOf, repeat, sequence } from "./program.ts";
import { type CharacterSet, PatternError, type SetMember } from "./syntax.ts";

const UNBOUNDED = Number.POSITIVE_INFINITY;
/** How often something may be repeated by count: `x{1000}` is written out when compiled. */
const MAXIMUM_COUNT = 1000;
const MAXIMUM_NESTING = 100;

/**
 * Compiles a pattern as XPath 3.1 defines them on top of XML Schema, which is what FEEL's `matches`, `replace` and
 * `split` take (DMN 1.5, 10.3.4.3). They differ from JavaScript's: class subtraction, Unicode blocks, no lookaround,
 * other escapes. Throws PatternError. `dotAll` lets `.` match line ends.
 */
export function compilePattern(source: string, dotAll: boolean): Program {
  const parser = new PatternParser(source, dotAll);
  const body = parser.choice();
  if (!parser.atEnd()) throw parser.error("`)` closes nothing");
  return programOf(body, parser.groups, parser.loops);
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
const ESCAPABLE = "\\|.-^?*+{}()[]$";

class PatternParser {
  readonly points: readonly string[];
  readonly dotAll: boolean;
  index = 0;
  groups = 0;
  loops = 0;
  depth = 0;
  readonly closed = new Set<number>();

  constructor(source: string, dotAll: boolean) {
    this.points = Array.from(source);
    this.dotAll = dotAll;
  }

  atEnd(): boolean {
    return this.index >= this.points.length;
  }

  error(message: string): PatternError {
    return new PatternError(message, this.index);
  }

  private peek(offset = 0): string {
    return this.points[this.index + offset] ?? "";
  }

  private next(): string {
    const char = this.peek();
    this.index += 1;
    return char;
  }

  private take(expected: string): boolean {
    if (this.atEnd() || this.peek() !== expected) return false;
    this.index += 1;
    return true;
  }

  choice(): Part {
    this.depth += 1;
    if (this.depth > MAXIMUM_NESTING) throw this.error("the pattern is nested too deeply");
    const branches = [this.branch()];
    while (this.take("|")) branches.push(this.branch());
    this.depth -= 1;
    return branches.reduceRight((rest, branch) => choice(branch, rest));
  }

  private branch(): Part {
    const parts: Part[] = [];
    while (!this.atEnd() && this.peek() !== "|" && this.peek() !== ")") parts.push(this.repeated());
    return sequence(parts);
  }

  private repeated(): Part {
    const body = this.atom();
    const count = this.quantifier();
    if (!count) return body;
    const lazy = this.take("?");
    if (this.quantifier()) throw this.error("a quantifier follows a quantifier");
    this.loops += 1;
    return repeat(body, { ...count, lazy, slot: -this.loops });
  }

  private quantifier(): { minimum: number; maximum: number } | null {
    if (this.take("*")) return { minimum: 0, maximum: UNBOUNDED };
    if (this.take("+")) return { minimum: 1, maximum: UNBOUNDED };
    if (this.take("?")) return { minimum: 0, maximum: 1 };
    if (!this.take("{")) return null;
    const minimum = this.count();
    if (minimum === null) throw this.error("a count is missing");
    const maximum = this.take(",") ? (this.count() ?? UNBOUNDED) : minimum;
    if (!this.take("}")) throw this.error("`{` is not closed");
    if (maximum < minimum) throw this.error("the counts are the wrong way round");
    return { minimum, maximum };
  }

  private count(): number | null {
    let digits = "";
    while (/^\d$/.test(this.peek())) {
      digits += this.next();
    }
    if (digits === "") return null;
    if (digits.length > 6 || Number(digits) > MAXIMUM_COUNT)
      throw this.error(`more than ${MAXIMUM_COUNT} repetitions`);
    return Number(digits);
  }

  private atom(): Part {
    const char = this.next();
    switch (char) {
      case "(":
        return this.group();
      case "[":
        return [{ op: "class", set: this.set() }];
      case "\\":
        return this.escape();
      case ".":
        return [{ op: "class", set: { negated: true, members: this.dotAll ? [] : LINE_ENDS } }];
      case "^":
        return [{ op: "start" }];
      case "$":
        return [{ op: "end" }];
      case "*":
      case "+":
      case "?":
      case "{":
        throw this.error(`\`${char}\` repeats nothing`);
      case "}":
      case "]":
        throw this.error(`\`${char}\` closes nothing`);
      default:
        return [literal(char)];
    }
  }

  private group(): Part {
    let index: number | null = null;
    if (this.take("?")) {
      if (!this.take(":")) throw this.error("only `(?:` groups are known");
    } else {
      this.groups += 1;
      index = this.groups;
    }
    const body = this.choice();
    if (!this.take(")")) throw this.error("`(` is not closed");
    if (index === null) return body;
    this.closed.add(index);
    return sequence([[{ op: "save", slot: index * 2 }], body, [{ op: "save", slot: index * 2 + 1 }]]);
  }

  private escape(): Part {
    if (/^[1-9]$/.test(this.peek())) return this.backreference();
    const member = this.escapedMember();
    return [{ op: "class", set: { negated: false, members: [member] } }];
  }

  /** As many digits belong to it as name a group that is closed by then. */
  private backreference(): Part {
    let index = Number(this.next());
    while (/^\d$/.test(this.peek()) && this.closed.has(index * 10 + Number(this.peek()))) {
      index = index * 10 + Number(this.next());
    }
    if (!this.closed.has(index)) throw this.error(`there is no group ${index}`);
    return [{ op: "backreference", index }];
  }

  private escapedMember(): SetMember {
    const char = this.next();
    if (char === "p" || char === "P") return this.property(char === "P");
    const known = shorthand(char);
    if (known) return known;
    const single = Object.hasOwn(SINGLE_ESCAPES, char) ? SINGLE_ESCAPES[char] : undefined;
    if (single !== undefined) return range(single);
    if (char === "" || !ESCAPABLE.includes(char)) throw this.error(`\`\\${char}\` is no escape`);
    return range(char);
  }

  private property(negated: boolean): SetMember {
    if (!this.take("{")) throw this.error("`{` is missing after \\p");
    let name = "";
    while (!this.atEnd() && this.peek() !== "}") {
      name += this.next();
    }
    const member = this.take("}") ? propertyNamed(name, negated) : undefined;
    if (!member) throw this.error(`there is no character property \`${name}\``);
    return member;
  }

  private set(): CharacterSet {
    this.depth += 1;
    if (this.depth > MAXIMUM_NESTING) throw this.error("the pattern is nested too deeply");
    const negated = this.take("^");
    const members: SetMember[] = [];
    let except: CharacterSet | undefined;
    while (!this.take("]")) {
      if (this.atEnd()) throw this.error("`[` is not closed");
      if (this.peek() === "-" && this.peek(1) === "[") {
        this.index += 2;
        except = this.set();
        if (this.peek() !== "]") throw this.error("a subtraction ends its class");
        continue;
      }
      members.push(this.setMember());
    }
    this.depth -= 1;
    if (members.length === 0) throw this.error("the class is empty");
    return except ? { negated, members, except } : { negated, members };
  }

  private setMember(): SetMember {
    const from = this.setCharacter();
    const isRange = this.peek() === "-" && this.peek(1) !== "]" && this.peek(1) !== "[";
    if (from.kind !== "range" || !isRange) return from;
    this.index += 1;
    const to = this.setCharacter();
    if (to.kind !== "range" || to.from < from.from) throw this.error("the range is the wrong way round");
    return { kind: "range", from: from.from, to: to.from };
  }

  private setCharacter(): SetMember {
    const char = this.next();
    if (char === "\\") return this.escapedMember();
    if (char === "[" || char === "") throw this.error("`[` inside a class must be escaped");
    return range(char);
  }
}

function range(char: string): SetMember {
  const point = char.codePointAt(0) ?? 0;
  return { kind: "range", from: point, to: point };
}

const LINE_ENDS = [range("\n"), range("\r")];
