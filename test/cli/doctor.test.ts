import { describe, expect, it } from "vitest";
import { type MemoryAccount, memoryAccount } from "#adapters/memory/account.ts";
import { doctor } from "#cli/doctor.ts";
import type { Finding } from "#ports/checkup.ts";

const STACKS = ["data", "bus", "api", "observe", "send-mail"].map((id) => ({
  id,
  status: "CREATE_COMPLETE",
}));
const WHOLE: MemoryAccount = {
  stacks: STACKS,
  published: {
    "tables/playbooks": "playbooks",
    "api/url": "https://hub",
    "topics/alarms": "arn:alarms",
    "secrets/identifier-key": "one",
    "secrets/link-key": "two",
    "secrets/identity-key": "three",
  },
  secrets: ["one", "two", "three"],
  subscribers: { confirmed: 1, pending: 0 },
  live: { version: "pb_1", providers: { mail: "pigeon" }, from: { mail: "Shop <hello@shop.example>" } },
  reachable: { "https://hub/openapi.json": 200 },
};

const examine = async (there: Partial<MemoryAccount>, found: readonly Finding[] = [], stage = "prod") => {
  const lines: string[] = [];
  const asked: unknown[] = [];
  const look = async (_: object, sender: unknown) => {
    asked.push(sender);
    return found;
  };
  const terminal = { environment: {}, out: (line: string) => lines.push(line), error: () => {} };
  const code = await doctor({ stage }, terminal, {
    accountOf: () => memoryAccount({ ...WHOLE, ...there }),
    checkups: new Map([["pigeon", { look }]]),
  });
  return { code, asked, text: lines.join("\n") };
};

describe("rapport doctor", () => {
  it("ends with 0 where nothing is missing, and asks each channel's provider about its sender", async () => {
    const { asked, code, text } = await examine({});
    expect(code, text).toBe(0);
    expect(text).toContain("nothing that blocks is missing");
    expect(asked).toEqual([{ channel: "mail", stage: "prod", from: "Shop <hello@shop.example>" }]);
  });

  it.each<[string, Partial<MemoryAccount>, RegExp]>([
    ["nothing is deployed", { stacks: [] }, /no stack data, bus, api, observe\.\n +npm run deploy/],
    [
      "a stack is broken",
      { stacks: [...STACKS, { id: "decide-api", status: "UPDATE_ROLLBACK_FAILED" }] },
      /decide-api is UPDATE_ROLLBACK_FAILED\.\n +aws cloudformation describe-stack-events --stack-name rapport-prod-decide-api/,
    ],
    [
      "a first deploy was rolled back",
      { stacks: [...STACKS, { id: "decide-api", status: "ROLLBACK_COMPLETE" }] },
      /decide-api is ROLLBACK_COMPLETE/,
    ],
    [
      "nothing sends a channel of the playbook",
      { stacks: STACKS.slice(0, 4) },
      /sends by mail, and no stack .*\n +npm run deploy -- send\/mail/,
    ],
    ["a secret is gone", { secrets: ["one", "three"] }, /secret link-key is not there/],
    [
      "no playbook is live",
      { live: null },
      /No playbook is published.*\n +npx rapport push <folder> --publish/,
    ],
    ["the address leads nowhere", { reachable: {} }, /https:\/\/hub answers nothing/],
    ["the address is somebody else's", { reachable: { "https://hub/openapi.json": 404 } }, /answers 404/],
  ])("ends with 1 where %s, and says what mends it", async (_, there, words) => {
    const { code, text } = await examine(there);
    expect(text).toMatch(words);
    expect(text).toContain("MISSING");
    expect(code).toBe(1);
  });

  it("names the stage in the commands, where it is not prod", async () => {
    const { text } = await examine({ stacks: [] }, [], "test");
    expect(text).toContain("npm run deploy -- -c rapport:stage=test");
  });

  it.each([
    [0, 0, /Nobody hears of alarms/],
    [0, 1, /has not said yes/],
  ])("only advises where %i hear of alarms and %i might", async (confirmed, pending, words) => {
    const { code, text } = await examine({ subscribers: { confirmed, pending } });
    expect(text).toMatch(words);
    expect(code).toBe(0);
  });

  it.each([
    ["missing", 1],
    ["advice", 0],
    ["unanswered", 0],
  ] as const)("ends with what a provider says is %s as %i", async (verdict, expected) => {
    const { code, text } = await examine({}, [
      { verdict, says: "Two wings are needed.", mend: "npm run wings" },
    ]);
    expect(text).toMatch(/mail: Two wings are needed\.\n +npm run wings/);
    expect(code).toBe(expected);
  });
});
