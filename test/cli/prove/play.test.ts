import { describe, expect, it } from "vitest";
import { play } from "#cli/prove/play.ts";
import type { ProofAccount } from "#cli/prove/port.ts";
import { localReceipt } from "#cli/prove/receipt-files.ts";
import { provingIn } from "../../support/prove/proof.ts";

const playIn = async (account: Partial<ProofAccount>, signal = new AbortController().signal) => {
  const lines: string[] = [];
  const { steps, figures } = await play(provingIn(account), {
    hidden: ["kims-own.example"],
    signal,
    now: () => 0,
    tell: (line) => lines.push(line),
  });
  return { lines, figures, step: (name: string) => steps.find((step) => step.name === name) };
};

describe("a story in an account", () => {
  it("takes the stage away though deploying it failed half-way", async () => {
    const done: string[] = [];
    const { step } = await playIn({
      deploy: async () => {
        done.push("deploy");
        throw new Error("cdk deploy ended with 1");
      },
      destroy: async () => {
        done.push("destroy");
        return [];
      },
    });
    expect(done).toEqual(["deploy", "destroy"]);
    expect(step("deploy")).toMatchObject({ ok: false, seen: "cdk deploy ended with 1" });
    expect(step("event")).toMatchObject({ ok: false, seen: expect.stringContaining("an earlier step") });
    expect(step("destroy")).toMatchObject({ ok: true });
    expect(step("put back")).toMatchObject({ ok: null });
  });

  it("takes the stage away when the caller stops while it is deployed, and begins nothing more", async () => {
    const stopping = new AbortController();
    const { step } = await playIn(
      {
        deploy: async () => {
          stopping.abort();
          throw new Error("cdk deploy ended with SIGINT");
        },
        destroy: async () => [],
      },
      stopping.signal,
    );
    expect(step("key")).toMatchObject({ ok: null, seen: "the run was stopped before" });
    expect(step("destroy")).toMatchObject({ ok: true });
  });

  it("says which stacks are left", async () => {
    const { step } = await playIn({ deploy: async () => 4, destroy: async () => ["data"] });
    expect(step("deploy")).toMatchObject({ ok: true, seen: "4 stacks are complete" });
    expect(step("destroy")).toMatchObject({ ok: false, seen: "these stacks are left: data" });
  });

  it("tells nothing personal that others said, on the terminal neither", async () => {
    const { step, lines } = await playIn({
      doctor: async () => ({
        fine: false,
        lines: ["MISSING mail: ada@shop.example of kims-own.example, arn:aws:iam::123456789012:x"],
      }),
    });
    expect(step("doctor")?.seen).toBe("MISSING mail: <address> of <hidden>, arn:aws:iam::<account>:x");
    expect(lines.join("\n")).not.toMatch(/@|123456789012/);
  });

  it("asks for the figures when the stage is gone, which AWS tells late", async () => {
    const done: string[] = [];
    const { figures } = await playIn({
      destroy: async () => {
        done.push("destroy");
        return [];
      },
      figures: async () => {
        done.push("figures");
        return localReceipt().figures;
      },
    });
    expect(done).toEqual(["destroy", "figures"]);
    expect(figures).toEqual(localReceipt().figures);
  });
});
