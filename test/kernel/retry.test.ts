import { describe, expect, it } from "vitest";
import { backoff, CONFLICT, retry, retryConflicts } from "#kernel/retry.ts";

/** An attempt that meets others so many times, and what was waited for in between. */
const meeting = (times: number) => {
  const pauses: number[] = [];
  const options = {
    tries: 4,
    between: async (attempt: number) => {
      pauses.push(backoff(attempt, 5, 15));
    },
  };
  const attempt = async (number: number) => (number < times ? CONFLICT : `written at ${number}`);
  return { attempt, options, pauses };
};

describe("a conditional write", () => {
  it("is attempted until nobody else wrote first, with pauses that double up to the longest", async () => {
    const { attempt, options, pauses } = meeting(3);
    expect(await retry(options, attempt)).toBe("written at 3");
    expect(pauses).toEqual([5, 10, 15]);
  });

  it("is given up after so many attempts", async () => {
    const { attempt, options } = meeting(4);
    expect(await retry(options, attempt)).toBe(CONFLICT);
    await expect(retryConflicts({ ...options, message: "too busy" }, attempt)).rejects.toMatchObject({
      code: "conflict",
      message: "too busy",
      retryAfter: 1,
      transient: true,
    });
  });

  it("that fails for another reason is not attempted again", async () => {
    let attempts = 0;
    const failing = async () => {
      attempts += 1;
      throw new Error("no answer");
    };
    await expect(retry({ tries: 4 }, failing)).rejects.toThrow("no answer");
    expect(attempts).toBe(1);
  });
});
