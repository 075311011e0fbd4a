import { describe, expect, it } from "vitest";
import { memoryJobStore } from "#adapters/memory/job-store.ts";
import { inputOf } from "#domain/audience/input.ts";
import { newJob, newSlices } from "#domain/audience/job.ts";
import { breaks, DEFAULT_STOP } from "#domain/audience/send.ts";
import { walkedAnew } from "#domain/audience/steer.ts";
import type { Decision } from "#domain/records/decision.ts";
import { watchSend } from "#usecases/audience/watch-send.ts";

const AT = "2026-11-21T10:00:00.000Z";
const INPUT = inputOf({
  name: "news",
  audience: { segment: "vip" },
  placement: "news",
  dryRun: false,
  stopAt: DEFAULT_STOP,
});

/** A send that is half-way, with so many messages out. */
const halfWay = async (sent: number) => {
  const jobs = memoryJobStore();
  const job = {
    ...newJob({ jobId: "snd_1", kind: "send", input: INPUT, expected: 0, slices: 1 }, AT),
    status: "running" as const,
  };
  await jobs.create(
    job,
    newSlices(job).map((slice) => ({ ...slice, counts: { sent } })),
  );
  const decision = (id: string): Decision | null =>
    id.startsWith("dec_") ? ({ eventId: id === "dec_other" ? "evt_1" : "snd_1" } as Decision) : null;
  const deps = {
    jobs,
    bus: { publish: async () => undefined },
    timers: { set: async () => undefined, cancel: async () => undefined },
    clock: { now: () => Date.parse(AT) },
    decisions: { get: async (id: string) => decision(id) },
  };
  const tell = (outcome: string, event: string, decisionId = "dec_1") =>
    watchSend(deps, { decisionId, outcome, eventId: event });
  return { jobs, tell };
};

describe("a send of which too much goes wrong", () => {
  it("pauses at the share of complaints that it stops at, however often one is told, and says why", async () => {
    const { jobs, tell } = await halfWay(100);
    for (const event of ["e1", "e1", "e2", "e1", "e2"]) await tell("complained", event);
    expect((await jobs.get("snd_1"))?.status).toBe("running");
    await tell("complained", "e3");
    expect(await jobs.get("snd_1")).toMatchObject({ status: "paused", reason: "complained" });
    expect((await jobs.read("snd_1"))?.told).toEqual({ bounced: 0, complained: 3 });
  });

  it("hears of its own messages alone, and of nothing that goes well", async () => {
    const { jobs, tell } = await halfWay(10);
    for (let at = 0; at < 20; at += 1) {
      await tell("bounced", `o${at}`, "dec_other");
      await tell("clicked", `c${at}`);
      await tell("bounced", `u${at}`, "unknown");
    }
    expect((await jobs.read("snd_1"))?.told).toEqual({ bounced: 0, complained: 0 });
  });

  it("is none where it is few, or few of many", () => {
    const told = (bounced: number, complained = 0) => ({ bounced, complained });
    expect(breaks(DEFAULT_STOP, told(9), 10)).toBeNull();
    expect(breaks(DEFAULT_STOP, told(10), 100)).toBe("bounced");
    expect(breaks(DEFAULT_STOP, told(50), 1_000)).toBeNull();
    expect(breaks(DEFAULT_STOP, told(51), 1_000)).toBe("bounced");
    expect(breaks(DEFAULT_STOP, told(0, 3), 1_000)).toBeNull();
    expect(breaks(DEFAULT_STOP, told(0, 4), 1_000)).toBe("complained");
  });

  it("once walked anew begins a round of its own, without what was planned or came of the one before", () => {
    const job = newJob({ jobId: "snd_1", kind: "send", input: INPUT, expected: 0, startsAt: AT }, AT);
    const done = { ...job, status: "failed" as const, reason: "why", startedAt: AT, finishedAt: AT };
    const { startsAt: _, ...rest } = job;
    expect(walkedAnew(done)).toEqual({ ...rest, round: 2 });
  });
});
