import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRow,
  type GridState,
  moveRow,
  newGrid,
  paste,
  readClipboard,
  redo,
  removeRow,
  setCell,
  undo,
} from "#console/places/playbook/grid-model.ts";

const table = (...rows: readonly (readonly string[])[]): GridState =>
  newGrid(rows.map((cells, origin) => ({ origin, cells })));
const cells = ({ rows }: GridState) => rows.map((row) => row.cells);

describe("a decision table in the editor", () => {
  it("takes cells, rows and moves, and says where one stands afterwards", () => {
    const begun = table(["1", "a"], ["2", "b"]);
    expect(cells(setCell(begun, { row: 1, column: 0 }, "< 2"))).toEqual([
      ["1", "a"],
      ["< 2", "b"],
    ]);
    const added = addRow(begun, 1, 2);
    expect([cells(added)[1], added.at]).toEqual([["", ""], { row: 1, column: 0 }]);
    const moved = moveRow(begun, 0, 1);
    expect([cells(moved), moved.at.row]).toEqual([
      [
        ["2", "b"],
        ["1", "a"],
      ],
      1,
    ]);
    expect(moveRow(begun, 1, 1)).toBe(begun);
    expect(removeRow(begun, 1).at.row).toBe(0);
    expect(setCell(begun, { row: 0, column: 0 }, "1")).toBe(begun);
  });

  it("takes what a spreadsheet copies, adds the rows it needs, and leaves out what does not fit", () => {
    const pasted = paste(table(["1", "a"]), { row: 0, column: 1 }, [["x", "too wide"], ["y"]], 2);
    expect(cells(pasted)).toEqual([
      ["1", "x"],
      ["", "y"],
    ]);
  });

  it("takes any changes back, one by one, and makes them again", () => {
    const step = fc.record({
      kind: fc.nat(4),
      row: fc.nat(5),
      column: fc.nat(1),
      text: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const begun = table(["1", "a"], ["2", "b"], ["3", "c"]);
        const states = [begun];
        for (const { kind, row, column, text } of steps) {
          const state = states.at(-1) ?? begun;
          const at = Math.min(row, Math.max(0, state.rows.length - 1));
          const next = [
            () => setCell(state, { row: at, column }, text),
            () => addRow(state, at, 2),
            () => removeRow(state, at),
            () => moveRow(state, at, 1),
            () => paste(state, { row: at, column }, [[text]], 2),
          ][kind]?.();
          if (next !== undefined && next !== state) states.push(next);
        }
        const last = states.at(-1) ?? begun;
        const back = states.slice(1).reduce(undo, last);
        expect(cells(back)).toEqual(cells(begun));
        expect(cells(states.slice(1).reduce(redo, back))).toEqual(cells(last));
        expect(undo(back)).toBe(back);
      }),
    );
  });
});

describe("what a spreadsheet puts on the clipboard", () => {
  it.each([
    [
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a\t\n", [["a", ""]]],
    ['"two\nlines"\t"say ""hi"""', [["two\nlines", 'say "hi"']]],
    ['"gold"\t< 5', [['"gold"', "< 5"]]],
    ['"gold", "silver"\t-', [['"gold", "silver"', "-"]]],
    ["one", [["one"]]],
    ["", []],
  ])("%j is read by rows and columns", (text, expected) => {
    expect(readClipboard(text)).toEqual(expected);
  });
});
