import { describe, expect, it } from "vitest";
import { takingTurns } from "#kernel/turns.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("taking turns", () => {
  it("should run at most so many at once, in the order they came, and all of them", async () => {
    const inTurn = takingTurns(3);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 10 }, (_, n) =>
      inTurn(async () => {
        begun.push(n);
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return n;
      }),
    );
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(3);
  });

  it("should hand the turn of what fails on to the next", async () => {
    const inTurn = takingTurns(1);
    const failed = inTurn(async () => {
      throw new Error("no");
    });
    const next = inTurn(async () => "done");
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe("done");
    expect(await inTurn(async () => "free again")).toBe("free again");
  });
});
