import { describe, expect, it } from "vitest";
import { cutReply } from "#functions/receive/email/reply/cut-reply.ts";
import { markedText } from "#functions/receive/email/reply/marked-html.ts";
import { CLIENTS, repliesOf } from "../corpus/clients.ts";

const cut = (text: string): string => cutReply(text, { isForward: false }).text;
/** Empty lines are the program's: HTML makes paragraphs of lines. */
const dense = (text: string): string => text.replace(/\n+/g, "\n").trim();

describe("a reply of the corpus", () => {
  it.each(Object.keys(CLIENTS))("of %s is what the customer wrote, in at least 95 of 100", (client) => {
    const replies = repliesOf(client);
    const wrong = replies.filter(({ body, wrote }) => {
      const text = "text" in body ? body.text : markedText(body.html);
      return dense(cut(text)) !== dense(wrote);
    });
    console.log(`${client}: ${replies.length - wrong.length} of ${replies.length} cut right`);
    expect(replies.length).toBeGreaterThanOrEqual(20);
    expect(wrong.length / replies.length, wrong.map(({ name }) => name).join(", ")).toBeLessThanOrEqual(0.05);
  });
});

describe("what a customer wrote", () => {
  it("keeps answers between quoted lines, with those", () => {
    const text = "On Mon, Nov 30, 2026, Shop wrote:\n> Blue or red?\nBlue.\n> When?\nFriday.\n> Bye";
    expect(cut(text)).toBe("On Mon, Nov 30, 2026, Shop wrote:\n> Blue or red?\nBlue.\n> When?\nFriday.");
  });

  it("keeps what only looks like the end of a letter", () => {
    const said = "The courier wrote on 3 May at 10:30:\nnobody was at home.\nFrom: the door\nTo: me";
    expect(cut(said)).toBe(said);
    const long = `My list:\n--\n${Array.from({ length: 30 }, (_, n) => `item ${n}`).join("\n")}`;
    expect(cut(long)).toBe(long);
  });

  it("is all of a mail that is passed on", () => {
    const passed =
      "See below.\n\n---------- Forwarded message ---------\nFrom: A <a@b.example>\nDate: x\nSubject: y\n\nHello";
    expect(cut(passed)).toBe(passed);
    const headed = "Von: A <a@b.example>\nGesendet: Montag\nAn: Kim\nBetreff: y\n\nHallo";
    expect(cut(headed)).toBe(headed);
    expect(cutReply(`Bitte lesen\n\n${headed}`, { isForward: true }).text).toContain("Hallo");
  });

  it("is nothing where they only sent the mail back", () => {
    expect(cut("On Mon, Nov 30, 2026 at 10:00 AM Shop <a@b.example> wrote:\n> Hello\n> Bye")).toBe("");
  });

  it.each([
    ["blanks", " "],
    ["rules", "_"],
    ["attributions", "On 2026 10:00 a@b.c wrote:\n"],
    ["attributions with quotes", "On 2026 10:00 a@b.c wrote:\n> x\n"],
    ["verbs", "Op 1 schreef\n"],
    ["headers", "From: a\nSent: b\n"],
    ["colons", ":\n"],
    ["marks", ">"],
    ["empty lines", "\n"],
    ["signatures", "--\n"],
  ])("is found in bounded work in 64 KB of %s", (_, piece) => {
    const { text } = cutReply(piece.repeat(Math.ceil(65_536 / piece.length)), { isForward: false });
    expect(text.split("\n").length).toBeLessThanOrEqual(4_000);
  });
});
