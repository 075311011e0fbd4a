import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progressBar } from "#cli/progress.ts";
import { runCli } from "#cli/run.ts";

let [out, error]: [string[], string[]] = [[], []];
let asked: string[] = [];
beforeEach(() => {
  [out, error, asked] = [[], [], []];
});
afterEach(() => vi.unstubAllGlobals());

const run = (...args: readonly string[]): Promise<number> =>
  runCli(args, { environment: {}, out: (line) => out.push(line), error: (line) => error.push(line) });

const SEND = {
  sendId: "snd_1",
  name: "news",
  status: "done",
  dryRun: true,
  segment: "vip",
  placement: "news.monthly",
  total: 9,
  decided: 9,
  sent: 6,
  refused: { cap: 1, consent: 2 },
  channels: { email: 5, sms: 1 },
  cost: 0.6,
  bounced: 0,
  complained: 0,
  failed: 0,
  failures: [],
};
const JOB = {
  jobId: "snd_1",
  kind: "send",
  status: "done",
  done: 12,
  total: 12,
  failed: 0,
  failures: [],
  units: 7.5,
};

/** A hub that answers by path, each time with the next of its answers. */
const hubSays = (answers: Readonly<Record<string, readonly object[]>>): void => {
  const left = new Map(Object.entries(answers).map(([path, all]) => [path, [...all]]));
  vi.stubGlobal(
    "fetch",
    async (url: string, { method = "GET", body }: { method?: string; body?: string } = {}) => {
      const path = `${method} ${new URL(url).pathname}`;
      asked.push(body === undefined ? path : `${path} ${body}`);
      const [next, ...rest] = left.get(path) ?? [];
      if (rest.length > 0) left.set(path, rest);
      return Response.json(next ?? { code: "not_found", message: "nothing" }, {
        status: next === undefined ? 404 : 200,
      });
    },
  );
};

describe("rapport sends", () => {
  it("tries one dry, and says who would get what, why not the others, and how to begin it", async () => {
    hubSays({ "POST /v1/sends": [{ sendId: "snd_1" }], "GET /v1/sends/snd_1": [SEND] });
    expect(await run("sends", "try", "--segment", "vip", "--placement", "news.monthly", "--rate", "50")).toBe(
      0,
    );
    expect(asked[0]).toBe(
      'POST /v1/sends {"name":"news.monthly","segment":"vip","placement":"news.monthly","rate":50,"dryRun":true}',
    );
    expect(out).toEqual([
      "snd_1  news: done, a dry run",
      "  9 decided of 9, 6 would get a message (email 5, sms 1), for 0.6",
      "  nothing for: consent 2, cap 1",
      "begin it with: rapport sends start snd_1",
    ]);
  });

  it("asks for an audience and a placement before it asks the hub", async () => {
    hubSays({});
    expect(await run("sends", "try", "--segment", "vip")).toBe(2);
    expect(await run("sends", "try", "--placement", "p", "--segment", "vip", "--if", "true")).toBe(2);
    expect(await run("sends", "start")).toBe(2);
    expect(asked).toEqual([]);
  });

  it("begins one and shows its progress until it stands, with 1 where it failed", async () => {
    const running = { ...SEND, status: "running", dryRun: false };
    const failed = { ...running, status: "failed", reason: "the playbook is gone" };
    hubSays({
      "POST /v1/sends/snd_1/start": [running],
      "GET /v1/sends/snd_1": [running, failed],
      "GET /v1/jobs/snd_1": [{ ...JOB, status: "running", done: 3 }],
    });
    expect(await run("sends", "start", "snd_1")).toBe(1);
    expect(error).toEqual(["[#######-----------------------]  25 %  3 of 12"]);
    expect(out[0]).toBe("snd_1  news: failed (the playbook is gone)");
  });

  it("lists the last ones", async () => {
    hubSays({ "GET /v1/sends": [{ items: [SEND, { ...SEND, bounced: 2 }], cursor: null }] });
    expect(await run("sends")).toBe(0);
    expect(out).toContain("  2 bounced, 0 complaints");
    expect(out.at(-1)).toBe("2 sends");
  });
});

describe("rapport jobs", () => {
  it("shows how far each came, and why some of it failed", async () => {
    const failures = [{ customerId: "cus_1", code: "conflict" }];
    hubSays({ "GET /v1/jobs": [{ items: [{ ...JOB, failed: 1, failures }], cursor: null }] });
    expect(await run("jobs")).toBe(0);
    expect(out).toEqual([
      "snd_1  send     done",
      `  ${progressBar(JOB)}, 8 read units`,
      "  1 failed: conflict",
      "1 job",
    ]);
  });
});

describe("rapport preview", () => {
  const preview = {
    previewId: "prv_1",
    version: "pb_2",
    live: "pb_1",
    status: "done",
    token: "cnf_1",
    done: 10,
    total: 10,
    journeys: [{ journey: "weeks", step: "settle", stay: 4, move: 0, exit: 1, dueNow: 3 }],
    messagesFirstHour: 3,
    // biome-ignore lint/suspicious/noThenProperty: the word of the API's promise
    segments: [{ name: "vip", now: 1, then: 2, of: "all" }],
    removed: ["journeys/old"],
  };

  it("shows what a version would do, and the token to publish it with", async () => {
    hubSays({
      "POST /v1/playbooks/pb_2/preview": [{ previewId: "prv_1" }],
      "GET /v1/previews/prv_1": [preview],
    });
    expect(await run("preview", "pb_2")).toBe(0);
    expect(out).toEqual([
      "pb_2 over the live pb_1",
      "                    stay   move   exit dueNow",
      "  weeks, settle        4      0      1      3",
      "at most 3 messages in the first hour, by time alone",
      "segment vip: 1 now, 2 then",
      "gone: journeys/old",
      "publish it with: rapport publish pb_2 --confirm cnf_1",
    ]);
  });

  it("ends with 1 where it came to nothing", async () => {
    hubSays({
      "POST /v1/playbooks/pb_2/preview": [{ previewId: "prv_1" }],
      "GET /v1/previews/prv_1": [{ ...preview, status: "cancelled" }],
    });
    expect(await run("preview", "pb_2")).toBe(1);
  });
});
