import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readFolder } from "#cli/folder.ts";
import { editYaml, readYamlForm } from "#domain/draft/edit/yaml-edit.ts";
import type { YamlEdit } from "#domain/draft/edit/yaml-tree.ts";
import { RETAIL_FOLDER } from "#test/support/playbook/retail.ts";

const POLICY = `# Who may be contacted.
categories:
  marketing:
    consent: express # asked for
    titles: { en: Offers, de: Angebote }

# Phones buzz.
quietHours:
  - from: "21:00"
    to: "08:00"
    channels: [sms, push]
  # Sundays are longer.
  - from: "08:00"
    to: "10:00"

caps:
  - { name: a day, max: 2, window: P1D } # both channels
  - { name: a week, max: 5, window: P7D }
holdout: 0
`;

const changed = (edit: YamlEdit, text = POLICY): readonly string[] => {
  const next = editYaml(text, edit)?.split("\n") ?? ["(not edited)"];
  const before = text.split("\n");
  return [
    ...before.filter((line) => !next.includes(line)).map((line) => `- ${line}`),
    ...next.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
};

describe("an edit of a YAML file", () => {
  it("changes a value where it stands, and keeps its quotes and the comment behind it", () => {
    expect(changed({ kind: "set", path: ["quietHours", 0, "from"], value: "22:00" })).toEqual([
      '-   - from: "21:00"',
      '+   - from: "22:00"',
    ]);
    expect(changed({ kind: "set", path: ["categories", "marketing", "consent"], value: "implied" })).toEqual([
      "-     consent: express # asked for",
      "+     consent: implied # asked for",
    ]);
    expect(changed({ kind: "set", path: ["caps", 0, "max"], value: 3 })).toEqual([
      "-   - { name: a day, max: 2, window: P1D } # both channels",
      "+   - { name: a day, max: 3, window: P1D } # both channels",
    ]);
  });

  it("lets two items of a list change places, each with the comment above it and the one behind it", () => {
    const next = editYaml(POLICY, { kind: "move", path: ["quietHours", 1], by: -1 });
    expect(next?.slice(next.indexOf("quietHours"), next.indexOf("\ncaps"))).toBe(`quietHours:
  # Sundays are longer.
  - from: "08:00"
    to: "10:00"
  - from: "21:00"
    to: "08:00"
    channels: [sms, push]
`);
    const caps = editYaml(POLICY, { kind: "move", path: ["caps", 0], by: 1 });
    expect(caps?.slice(caps.indexOf("caps"))).toBe(`caps:
  - { name: a week, max: 5, window: P7D }
  - { name: a day, max: 2, window: P1D } # both channels
holdout: 0
`);
    expect(changed({ kind: "move", path: ["quietHours", 0, "channels", 1], by: -1 })).toEqual([
      "-     channels: [sms, push]",
      "+     channels: [push, sms]",
    ]);
    expect(changed({ kind: "move", path: ["caps", 1], by: 1 })).toEqual([]);
  });

  it("moves items of any layout, and says then what the list says with them moved", () => {
    const item = fc.constantFrom(
      "a",
      "null",
      "{ b: 1 } # one",
      "k: v\n    l: w",
      "|\n    lines\n    more",
      "- c\n    - d",
      "[e, f]",
    );
    const parted = fc.constantFrom("\n", "\n\n", "\n  # about it\n", "\n\n  # about it\n\n");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(parted, item), { minLength: 2, maxLength: 5 }),
        fc.nat(3),
        fc.boolean(),
        (items, at, isLast) => {
          const index = at % (items.length - 1);
          const text = `list:${items.map(([gap, one]) => `${gap}  - ${one}`).join("")}${isLast ? "" : "\nother: 1\n"}`;
          const { list } = parse(text) as { list: unknown[] };
          const [one, other] = [list[index], list[index + 1]];
          const next = editYaml(text, { kind: "move", path: ["list", index], by: 1 });
          expect(parse(next ?? "").list).toEqual(list.with(index, other).with(index + 1, one));
          // Nothing is lost on the way, and moved back it is as it was, but for the lines between.
          expect(next?.split(/\s+/).toSorted()).toEqual(text.split(/\s+/).toSorted());
        },
      ),
    );
  });

  it("puts a new name where it stands in the order of names", () => {
    const order = ["from", "to", "days", "channels"];
    expect(changed({ kind: "set", path: ["quietHours", 0, "days"], value: ["sunday"], order })).toEqual([
      "+     days: [sunday]",
    ]);
    const next = editYaml(POLICY, { kind: "set", path: ["quietHours", 0, "days"], value: ["sunday"], order });
    expect(next).toContain('    to: "08:00"\n    days: [sunday]\n    channels: [sms, push]');
  });

  it("adds an entry that looks as the one before it, and takes one away with its line alone", () => {
    const value = { name: "a month, of texts", max: 2, window: "P30D" };
    expect(changed({ kind: "insert", path: ["caps", 2], value })).toEqual([
      '+   - {name: "a month, of texts", max: 2, window: P30D}',
    ]);
    expect(
      changed({ kind: "insert", path: ["quietHours", 2], value: { from: "12:00", to: "13:00" } }),
    ).toEqual(['+   - from: "12:00"', '+     to: "13:00"']);
    expect(changed({ kind: "remove", path: ["caps", 0] })).toEqual([
      "-   - { name: a day, max: 2, window: P1D } # both channels",
    ]);
    expect(changed({ kind: "remove", path: ["categories", "marketing", "titles", "en"] })).toEqual([
      "-     titles: { en: Offers, de: Angebote }",
      "+     titles: { de: Angebote }",
    ]);
  });

  it("makes the maps that lead to a value, and calls an entry by another name", () => {
    expect(changed({ kind: "set", path: ["categories", "service", "consent"], value: "none" })).toEqual([
      "+   service:",
      "+     consent: none",
    ]);
    expect(changed({ kind: "rename", path: ["categories", "marketing"], name: "offers: news" })).toEqual([
      "-   marketing:",
      '+   "offers: news":',
    ]);
  });

  it("writes texts that YAML would read as something else so that they stay texts", () => {
    for (const value of [
      "true",
      "21:00",
      "no",
      "a: b",
      "# not a comment",
      "",
      " x ",
      "one\ntwo",
      "[",
      "*a",
      "1e3",
    ]) {
      for (const path of [
        ["categories", "marketing", "consent"],
        ["caps", 0, "name"],
      ]) {
        const next = editYaml(POLICY, { kind: "set", path, value });
        expect(next).not.toBeNull();
        expect(next).toContain("# Sundays are longer.");
        const form = readYamlForm(next ?? "");
        expect(path.reduce((at, step) => (at as Record<string, unknown>)[step], form?.value)).toBe(value);
      }
    }
  });

  it("takes quotes away that a half-written text needed, and keeps those that somebody chose", () => {
    const type = (text: string, values: readonly string[]): string =>
      values.reduce((now, value) => editYaml(now, { kind: "set", path: ["if"], value }) ?? "", text);
    expect(type("if: a > 1\n", ["a >= ", "a >= 5"])).toBe("if: a >= 5\n");
    expect(type("if: 'a > 1'\n", ["a >= 5"])).toBe("if: 'a >= 5'\n");
  });

  it("leaves alone what it cannot show whole: anchors, lists, what cannot be read", () => {
    for (const text of ["a: &x 1\nb: *x\n", "- 1\n", "a: [", "text"])
      expect(editYaml(text, { kind: "set", path: ["a"], value: 2 })).toBeNull();
    expect(editYaml("", { kind: "set", path: ["a"], value: 2 })).toBe("a: 2\n");
    expect(editYaml("# head\n", { kind: "set", path: ["a"], value: 2 })).toContain("# head");
  });

  it("shows what says nothing as empty, and no list or bare text", () => {
    for (const text of ["", "~\n", "null\n", "# only a comment\n"])
      expect([text, readYamlForm(text)?.value]).toEqual([text, {}]);
    for (const text of ["- 1\n", "[]\n", "false\n", "0\n"])
      expect([text, readYamlForm(text)]).toEqual([text, null]);
  });

  it("only looks at a file with anchors, and at none that would grow beyond measure by them", () => {
    const text = "a: &x { n: 1 }\nb: *x\n";
    expect(readYamlForm(text)).toBeNull();
    expect(readYamlForm(text, { anchors: true })?.value).toEqual({ a: { n: 1 }, b: { n: 1 } });
    const bomb = [
      "a0: &a0 [x]",
      ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(", ")}]`),
    ];
    expect(readYamlForm(bomb.join("\n"), { anchors: true })).toBeNull();
  });

  it("keeps a text in the block that somebody chose for it, until it is empty", () => {
    const set = (text: string, value: string) => editYaml(text, { kind: "set", path: ["note"], value });
    expect(set("note: |\n  one\n  two\n", "three\nfour\n")).toBe("note: |\n  three\n  four\n");
    expect(set("note: >\n  one\n  two\n", "three\n")).toBe("note: >\n  three\n");
    expect(parse(set("note: |\n  one\n", " ") ?? "")).toEqual({ note: " " });
    expect(set("note: |\n  one\n", " ")).not.toContain("|");
  });

  it("changes one value of the example's files without touching another line", () => {
    let edits = 0;
    for (const [path, text] of Object.entries(readFolder(RETAIL_FOLDER))) {
      if (!/^(actions\/.*|triggers|segments|contact-policy)\.yaml$/.test(path)) continue;
      const lines = text.split("\n");
      for (const leaf of leavesOf(readYamlForm(text)?.value).filter(isEarly)) {
        const next = editYaml(text, { kind: "set", path: leaf, value: "another, text: here" }) ?? "";
        const after = next.split("\n");
        // The same lines before it and behind it: a text that ran over several is one change.
        const same = lines.findIndex((line, index) => line !== after[index]);
        const behind = lines.length - (after.length - same - 1);
        expect([path, leaf, lines.slice(behind)]).toEqual([path, leaf, after.slice(same + 1)]);
        expect(valueAt(parse(next), leaf)).toBe("another, text: here");
        edits += 1;
      }
    }
    expect(edits).toBeGreaterThan(150);
  });

  it("loses no comment and no value, whatever is edited", () => {
    const paths = leavesOf(parse(POLICY));
    const edit = fc.record({
      path: fc.constantFrom(...paths),
      kind: fc.constantFrom("set" as const, "remove" as const),
      value: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        let text = POLICY;
        for (const each of edits) {
          if (valueAt(parse(text), each.path) === undefined) continue;
          const isItem = typeof each.path.at(-1) === "number";
          const next = editYaml(text, each);
          expect(next).not.toBeNull();
          text = next ?? text;
          if (each.kind === "set") expect(valueAt(parse(text), each.path)).toBe(each.value);
          else if (!isItem) expect(valueAt(parse(text), each.path)).toBeUndefined();
        }
        for (const comment of ["# Who may be contacted.", "# Phones buzz."]) expect(text).toContain(comment);
      }),
      { numRuns: 60 },
    );
  });
});

type Path = readonly (string | number)[];

const leavesOf = (value: unknown, path: Path = []): readonly Path[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((at: unknown, step) => (at as Record<string | number, unknown> | undefined)?.[step], value);

/** Of long lists the first ones are enough. */
const isEarly = (path: Path): boolean => path.every((step) => typeof step === "string" || step < 2);
