/** What mails put in to fill or to break lines, and nobody sees. A joiner between letters belongs to their word. */
const UNSEEN = /\u034f|[\u00ad\u061c\u180e\u200b\u2060\ufeff]|(?<!\p{L})\u200c|\u200c(?!\p{L})/gu;

/** Text that grows by words and breaks; runs of white space and of breaks collapse on the way. */
export class Lines {
  private text = "";
  private breaks = 0;
  private space = false;
  /** Of a list's item, until its first words come. */
  private pending = "";

  break(count: number): void {
    this.breaks = Math.max(this.breaks, this.pending === "" ? count : 0);
  }

  /** Begins an item. @param depth of its list, from 1 */
  mark(mark: string, depth: number): void {
    this.break(1);
    this.pending = `${"  ".repeat(Math.min(depth, 10) - 1)}${mark} `;
  }

  write(words: string): void {
    const seen = words.replace(UNSEEN, "");
    if (/^\s/.test(seen)) this.space = true;
    const clean = seen.trim().replace(/[^\S\u00a0]+/g, " ");
    if (clean === "") return;
    this.append(clean);
    this.space = /\s$/.test(seen);
  }

  /** Words whose lines stand as they are written. */
  writeLines(words: string): void {
    words.split(/\r?\n/).forEach((line, index) => {
      if (index > 0) this.breaks += 1;
      if (line.trim() !== "") this.append(line.replace(UNSEEN, "").trimEnd());
    });
  }

  /** Where the next words begin, for `since`. */
  get end(): number {
    return this.text.length;
  }

  since(position: number): string {
    return this.text.slice(position).trim();
  }

  toString(): string {
    return this.text.replaceAll("\u00a0", " ").trim();
  }

  private append(words: string): void {
    if (this.text !== "" && this.breaks > 0) this.text += "\n".repeat(this.breaks);
    else if (this.text !== "" && this.space) this.text += " ";
    this.text += this.pending + words;
    this.breaks = 0;
    this.space = false;
    this.pending = "";
  }
}
