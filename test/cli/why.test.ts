import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "#cli/run.ts";

let [out, error]: [string[], string[]] = [[], []];
let asked: unknown[] = [];
beforeEach(() => {
  [out, error, asked] = [[], [], []];
});
afterEach(() => vi.unstubAllGlobals());

const run = (...args: readonly string[]): Promise<number> =>
  runCli(["why", ...args], {
    environment: {},
    out: (line) => out.push(line),
    error: (line) => error.push(line),
  });

const PLAYBOOK = {
  actions: [
    { action: "welcome", category: "news", placements: ["trigger.welcome", "web.home"], treatments: [] },
    { action: "quiet", category: "news", placements: [], treatments: [] },
  ],
};
const decision = (placement: string, more: object) => ({
  placement,
  customerId: "cus_1",
  actions: [],
  ...more,
});

/** A hub with one playbook, which decides as it is told. */
const hubDecides = (...decisions: readonly object[]): void => {
  vi.stubGlobal("fetch", async (url: string, { body }: { body?: string } = {}) => {
    if (body !== undefined) asked.push(JSON.parse(body));
    return Response.json(new URL(url).pathname === "/v1/decisions" ? { decisions } : PLAYBOOK);
  });
};

describe("rapport why", () => {
  it("says at each placement whether somebody would get the action, and why not, and changes nothing", async () => {
    const rejected = [{ action: "welcome", reason: "consent", detail: "No consent for news by email." }];
    hubDecides(
      decision("trigger.welcome", { rejected }),
      decision("web.home", { actions: [{ action: "welcome", channel: "web" }] }),
    );
    expect(await run("userId:kim", "welcome")).toBe(0);
    expect(out).toEqual([
      "trigger.welcome  no (consent): No consent for news by email.",
      "web.home  yes by web",
    ]);
    expect(asked).toEqual([
      { customer: "userId:kim", placements: ["trigger.welcome", "web.home"], dryRun: true, explain: true },
    ]);
  });

  it("ends with 1 where they would get it nowhere", async () => {
    hubDecides(decision("web.home", { rejected: [] }));
    expect(await run("userId:kim", "welcome")).toBe(1);
    expect(await run("userId:kim", "quiet")).toBe(1);
    expect(out.at(-1)).toContain("offered nowhere");
  });

  it("knows what was probably meant, and takes nobody for somebody", async () => {
    hubDecides(decision("web.home", { customerId: null }));
    expect(await run("userId:kim", "welcom")).toBe(1);
    expect(error.at(-1)).toContain('did you mean "welcome"');
    expect(await run("userId:nobody", "welcome")).toBe(1);
    expect(error.at(-1)).toBe("rapport: there is no customer userId:nobody");
  });
});
