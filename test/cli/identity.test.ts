import { beforeEach, describe, expect, it } from "vitest";
import { showIdentity } from "#cli/identity.ts";
import { proves } from "#domain/identity/proof.ts";

let output: string[];
beforeEach(() => {
  output = [];
});
const terminal = { environment: {}, out: (line: string) => output.push(line), error: () => {} };
const show = (options: Record<string, string>) =>
  showIdentity(options, terminal, async ({ name }) => `secret of ${name}`);

describe("rapport keys identity", () => {
  it("prints a proof that holds from now on", async () => {
    expect(await show({ user: "kim", stage: "test" })).toBe(0);
    const proof = JSON.parse(output[0] ?? "");
    expect(proof).toEqual({ userId: "kim", at: expect.stringMatching(/Z$/), proof: expect.any(String) });
    expect(proves(["secret of test"], proof, Date.now())).toBe(true);
  });

  it("prints one for another time, as it was written", async () => {
    await show({ user: "kim", at: "2026-11-30T09:30:00+01:00" });
    expect(JSON.parse(output[0] ?? "")).toMatchObject({ at: "2026-11-30T09:30:00+01:00" });
    await expect(show({ user: "kim", at: "soon" })).rejects.toThrow("--at is a time");
  });

  it("prints the secret for the servers that make proofs", async () => {
    await show({});
    expect(output).toEqual(["secret of prod"]);
  });
});
