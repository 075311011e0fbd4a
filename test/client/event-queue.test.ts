import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queued } from "#client/event.ts";
import { eventQueue, type OnProblem, type QueuedEvent } from "#client/event-queue.ts";
import { ownProblem, problemIn } from "#client/problem.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const event = (name: string, text = ""): QueuedEvent =>
  queued({ type: "track", userId: "kim", event: name, properties: { text } });
const namesOf = (batch: readonly { readonly event?: string | null }[]) => batch.map((each) => each.event);

type Answer =
  | Error
  | { readonly success: true; readonly rejected?: { index: number; code: "invalid_request" }[] };

/** A queue whose hub answers as planned, then well; with the batches and problems that there were. */
const queueOf = (plan: readonly Answer[] = [], flushAt?: number) => {
  const batches: (readonly QueuedEvent[])[] = [];
  const problems: { code: string; lost: unknown }[] = [];
  const onProblem: OnProblem = ({ code }, lost) => problems.push({ code, lost: namesOf(lost) });
  const queue = eventQueue(
    async (batch) => {
      const answer = plan[batches.length] ?? { success: true };
      batches.push(batch);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    { onProblem, flushAt },
  );
  return { queue, batches, problems };
};

describe("events", () => {
  it("wait a second and travel together, in order", async () => {
    const { queue, batches } = queueOf();
    for (const name of ["a", "b", "c"]) queue.add(event(name));
    await vi.advanceTimersByTimeAsync(999);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches.map(namesOf)).toEqual([["a", "b", "c"]]);
  });

  it("leave at once when enough wait, and those that come meanwhile follow", async () => {
    const { queue, batches } = queueOf([], 2);
    for (const name of ["a", "b", "c"]) queue.add(event(name));
    await vi.advanceTimersByTimeAsync(0);
    expect(batches.map(namesOf)).toEqual([["a", "b"], ["c"]]);
  });

  it("are split before a batch is more than the hub takes", async () => {
    const { queue, batches } = queueOf([], 100);
    for (let n = 0; n < 20; n += 1) queue.add(event(String(n), "é".repeat(15_000)));
    await queue.flush();
    expect(batches.flatMap(namesOf)).toHaveLength(20);
    for (const batch of batches) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(450_000);
  });

  it("keep id and time through a failure, and leave a hub alone that does not answer", async () => {
    const { queue, batches, problems } = queueOf([ownProblem("unreachable", "nothing answers")], 1);
    queue.add(event("a"));
    await vi.advanceTimersByTimeAsync(0);
    queue.add(event("b"));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(batches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(batches.map(namesOf)).toEqual([["a"], ["a", "b"]]);
    expect(batches[1]?.[0]).toEqual(batches[0]?.[0]);
    expect(problems).toEqual([{ code: "unreachable", lost: [] }]);
  });

  it("wait as long as the hub asks for", async () => {
    const { queue, batches } = queueOf([problemIn(429, undefined, 300)]);
    queue.add(event("a"));
    await vi.advanceTimersByTimeAsync(290_000);
    expect(batches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(batches).toHaveLength(2);
  });

  it("that the hub refuses are lost, and named", async () => {
    const { queue, batches, problems } = queueOf([problemIn(401, { code: "key_unknown", message: "no" })]);
    queue.add(event("a"));
    await expect(queue.flush()).rejects.toMatchObject({ code: "key_unknown" });
    expect(problems).toEqual([{ code: "key_unknown", lost: ["a"] }]);
    await queue.flush();
    expect(batches).toHaveLength(1);
  });

  it("that the hub leaves out of a batch are named, and the others are done", async () => {
    const { queue, problems } = queueOf([
      { success: true, rejected: [{ index: 1, code: "invalid_request" }] },
    ]);
    for (const name of ["a", "b", "c"]) queue.add(event(name));
    await queue.flush();
    expect(problems).toEqual([{ code: "invalid_request", lost: ["b"] }]);
  });

  it("are at most a thousand that wait: the oldest go, and are named", async () => {
    const { queue, batches, problems } = queueOf([ownProblem("unreachable", "nothing answers")], 5000);
    for (let n = 0; n < 1002; n += 1) queue.add(event(String(n)));
    expect(problems).toEqual([
      { code: "queue_full", lost: ["0"] },
      { code: "queue_full", lost: ["1"] },
    ]);
    await expect(queue.flush()).rejects.toMatchObject({ code: "unreachable" });
    await queue.flush();
    expect(batches.at(-1)).toHaveLength(1000);
  });
});

describe("a page that is left", () => {
  it("hands over what waits in batches that a beacon takes, each event once, and still waits for an answer", async () => {
    const { queue, batches } = queueOf([], 100);
    for (let n = 0; n < 10; n += 1) queue.add(event(String(n), "x".repeat(15_000)));
    const taken: (readonly QueuedEvent[])[] = [];
    queue.leave((batch) => taken.push(batch));
    queue.leave((batch) => taken.push(batch));
    expect(taken.flatMap(namesOf)).toHaveLength(10);
    for (const batch of taken) expect(JSON.stringify(batch).length).toBeLessThan(64_000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(batches.flat()).toEqual(taken.flat());
  });
});
