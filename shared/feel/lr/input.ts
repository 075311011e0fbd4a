/** A token at a place of the text, as a tokenizer found it. */
export interface Token {
  start: number;
  end: number;
  /** The term, or NONE while none is found. */
  value: number;
  /** A second term that the same text may be (a keyword that is also a name), or NONE. */
  extended: number;
  /** How far into the text the tokenizer had to look: one past the last character. */
  seen: number;
}

export const NONE = -1;

export function newToken(): Token {
  return { start: NONE, end: NONE, value: NONE, extended: NONE, seen: 0 };
}

/** The text as tokenizers see it: UTF-16 units from a place on, and where to leave the token they found. */
export class TextInput {
  readonly text: string;
  pos = 0;
  /** The unit at `pos`, or -1 at the end. */
  next: number;
  /** Takes what nobody asked for. */
  private readonly unused = newToken();
  private token: Token = this.unused;

  constructor(text: string) {
    this.text = text;
    this.next = this.unitAt(0);
  }

  private unitAt(pos: number): number {
    return pos >= 0 && pos < this.text.length ? this.text.charCodeAt(pos) : -1;
  }

  private see(pos: number): void {
    if (pos >= this.token.seen) this.token.seen = pos + 1;
  }

  /** Goes to a place; what is accepted there is written to `token`. */
  moveTo(pos: number, token: Token = this.unused): this {
    token.start = pos;
    token.seen = pos + 1;
    token.value = NONE;
    token.extended = NONE;
    this.token = token;
    this.pos = pos;
    this.next = this.unitAt(pos);
    return this;
  }

  peek(offset: number): number {
    const pos = this.pos + offset;
    const unit = this.unitAt(pos);
    if (unit >= 0) this.see(pos);
    return unit;
  }

  /** Goes on by so many units, at most to the end; answers with the unit there. */
  advance(count = 1): number {
    this.pos = Math.min(this.pos + count, this.text.length);
    if (this.pos < this.text.length) this.see(this.pos);
    this.next = this.unitAt(this.pos);
    return this.next;
  }

  /** @throws {RangeError} where the token would end outside of the text or before it starts. */
  acceptToken(term: number, offset = 0): void {
    const end = this.pos + offset;
    if (end < this.token.start || end > this.text.length) throw new RangeError("a token ends out of bounds");
    this.token.value = term;
    this.token.end = end;
  }

  read(from: number, to: number): string {
    return this.text.slice(from, to);
  }
}
