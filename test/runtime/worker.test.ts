import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import { parse } from "#runtime/parse.ts";
import type { QueueControl, SqsRecord } from "#runtime/queue-control.ts";
import { type Work, type WorkTogether, workerHandler } from "#runtime/worker.ts";
import { keepLines } from "../support/handlers/written-lines.ts";

let lines: readonly string[] = [];
beforeEach(() => {
  lines = keepLines();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const record = (
  id: string,
  group?: string,
  more: { body?: string; receiveCount?: number; sentAt?: number; firstAt?: number } = {},
): SqsRecord => ({
  messageId: id,
  receiptHandle: `handle-${id}`,
  body: more.body ?? JSON.stringify({ id }),
  eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:rapport-test-inbox.fifo",
  attributes: {
    ApproximateReceiveCount: String(more.receiveCount ?? 1),
    ...(more.sentAt === undefined ? {} : { SentTimestamp: String(more.sentAt) }),
    ...(more.firstAt === undefined ? {} : { ApproximateFirstReceiveTimestamp: String(more.firstAt) }),
    ...(group === undefined ? {} : { MessageGroupId: group }),
  },
});

/** Hands the records over and tells which were given back, dead-lettered, and put off by how many seconds. */
const run = async (
  work: Work,
  records: readonly SqsRecord[],
  {
    remainingMs = () => 10_000,
    ...options
  }: { remainingMs?: () => number; mostReceives?: number; together?: WorkTogether } = {},
) => {
  const dead: string[] = [];
  const putOff: (readonly [readonly string[], number])[] = [];
  const control: QueueControl = {
    deadLetter: async ({ messageId }, { code }) => {
      dead.push(`${messageId}: ${code}`);
    },
    retryIn: async (some, seconds) => {
      putOff.push([some.map(({ messageId }) => messageId), seconds]);
    },
  };
  const { batchItemFailures } = await workerHandler(work, { control, ...options })(
    { Records: records },
    { getRemainingTimeInMillis: remainingMs },
  );
  return { back: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), dead, putOff };
};

const busy = new RapportError("unavailable", "busy");
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("order", () => {
  it("should work on the records of a group one after another, and on groups side by side", async () => {
    const seen: string[] = [];
    const { back } = await run(
      async ({ id }) => {
        seen.push(`${id} starts`);
        await turn();
        seen.push(`${id} ends`);
      },
      [record("a1", "a"), record("b1", "b"), record("a2", "a")],
    );
    expect(seen).toEqual(["a1 starts", "b1 starts", "a1 ends", "a2 starts", "b1 ends", "a2 ends"]);
    expect(back).toEqual([]);
  });

  it("should give back a group from its first failure on, and no other group", async () => {
    const done: string[] = [];
    const work: Work = async ({ id }) => {
      if (id === "a2") throw busy;
      done.push(id);
    };
    const { back, putOff } = await run(work, [
      record("a1", "a"),
      record("a2", "a"),
      record("b1", "b"),
      record("a3", "a"),
      record("b2", "b"),
    ]);
    expect(done.toSorted()).toEqual(["a1", "b1", "b2"]);
    expect(back).toEqual(["a2", "a3"]);
    expect(putOff).toEqual([[["a2", "a3"], 1]]);
  });

  it("should let records of a queue without groups fail alone", async () => {
    const work: Work = async ({ id }) => {
      if (id === "first") throw busy;
    };
    expect((await run(work, [record("first"), record("second")])).back).toEqual(["first"]);
  });
});

describe("records of a group that can be done together", () => {
  const watched = (fails = false) => {
    const seen: string[] = [];
    const together: WorkTogether = async (records) => {
      seen.push(records.map(({ id }) => id).join("+"));
      if (fails) throw busy;
    };
    const work: Work = async ({ id }) => {
      seen.push(id);
      if (fails && id === "a2") throw busy;
    };
    return { seen, together, work };
  };

  it("should be done at once and in order, each group by itself, and a lone one as ever", async () => {
    const { seen, together, work } = watched();
    const records = [record("a1", "a"), record("b1", "b"), record("a2", "a"), record("a3", "a")];
    const { back } = await run(work, records, { together });
    expect(seen.toSorted()).toEqual(["a1+a2+a3", "b1"]);
    expect(back).toEqual([]);
  });

  it("should be done one by one where they fail together, so that those before the failure are done", async () => {
    const { seen, together, work } = watched(true);
    const { back, putOff } = await run(work, [record("a1", "a"), record("a2", "a"), record("a3", "a")], {
      together,
    });
    expect(seen).toEqual(["a1+a2+a3", "a1", "a2"]);
    expect(back).toEqual(["a2", "a3"]);
    expect(putOff).toEqual([[["a2", "a3"], 1]]);
  });

  it("should be done one by one when any came before: one of them may have ended its worker", async () => {
    const { seen, together, work } = watched();
    await run(work, [record("a1", "a", { receiveCount: 2 }), record("a2", "a")], { together });
    expect(seen).toEqual(["a1", "a2"]);
  });

  it("should be done one by one where a body among them is not JSON, which is dead-lettered alone", async () => {
    const { seen, together, work } = watched();
    const { back, dead } = await run(work, [record("a1", "a"), record("a2", "a", { body: "{" })], {
      together,
    });
    expect(seen).toEqual(["a1"]);
    expect({ back, dead }).toEqual({ back: [], dead: ["a2: malformed_json"] });
  });

  it("should be left untouched when time is up", async () => {
    const { seen, together, work } = watched();
    const { back } = await run(work, [record("a1", "a"), record("a2", "a")], {
      together,
      remainingMs: () => 1_000,
    });
    expect(seen).toEqual([]);
    expect(back).toEqual(["a1", "a2"]);
  });
});

describe("what fails", () => {
  it.each([
    [1, 1],
    [2, 2],
    [5, 16],
    [7, 60],
    [900, 60],
  ])("should be retried, when received %i times, in %i seconds", async (receiveCount, seconds) => {
    const work: Work = async () => {
      throw busy;
    };
    const { putOff, dead } = await run(work, [record("r", "g", { receiveCount })]);
    expect({ putOff: putOff.at(-1), dead }).toEqual({ putOff: [["r"], seconds], dead: [] });
  });

  it.each([
    [1, 14, 14],
    [7, 14, 60],
    [1, 600, 60],
  ])(
    "should be retried, when received %i times and good in %i seconds, in %i seconds",
    async (receiveCount, retryAfter, seconds) => {
      const work: Work = async () => {
        throw new RapportError("unavailable", "held", { retryAfter });
      };
      const { putOff } = await run(work, [record("r", "g", { receiveCount })]);
      expect(putOff.at(-1)).toEqual([["r"], seconds]);
    },
  );

  it("should tell how old it is, because the queue forgets what was received three times", async () => {
    const work: Work = async ({ id }) => {
      if (id !== "fine") throw busy;
    };
    const ago = (seconds: number) => ({ sentAt: Date.now() - seconds * 1_000 });
    await run(work, [
      record("old", "a", ago(600)),
      record("young", "b", ago(5)),
      record("fine", "c", ago(900)),
    ]);
    const metric = lines.map((line) => JSON.parse(line)).find((line) => "FailedRecordAge" in line);
    expect(metric).toMatchObject({ queue: "rapport-test-inbox.fifo", FailedRecordAge: 600 });
  });

  it("should be retried when nobody foresaw it", async () => {
    const work: Work = async () => {
      throw new TypeError("x is not a function");
    };
    expect(await run(work, [record("r")])).toMatchObject({ back: ["r"], dead: [] });
  });

  it("should be dead-lettered within a quarter of a minute when nobody foresaw it and it stays so", async () => {
    const work: Work = async () => {
      throw new TypeError("x is not a function");
    };
    expect(await run(work, [record("r", "g", { receiveCount: 4 })])).toMatchObject({ back: ["r"], dead: [] });
    const last = await run(work, [record("r", "g", { receiveCount: 5 })]);
    expect(last).toEqual({ back: [], dead: ["r: internal"], putOff: [] });
  });

  it("should be dead-lettered by the worker, with the reason, before the queue does it without one", async () => {
    const work: Work = async () => {
      throw busy;
    };
    const at = (receiveCount: number) => run(work, [record("r", "g", { receiveCount })]);
    expect(await at(989)).toMatchObject({ back: ["r"], dead: [] });
    expect(await at(990)).toMatchObject({ back: [], dead: ["r: unavailable"] });
  });

  it("should not be judged by a receive count that it got behind another of its group", async () => {
    const work: Work = async ({ id }) => {
      if (id === "behind") throw new TypeError("x is not a function");
    };
    const spent = { receiveCount: 400 };
    const { back, dead } = await run(work, [record("head", "g", spent), record("behind", "g", spent)]);
    expect({ back, dead }).toEqual({ back: ["behind"], dead: [] });
  });

  it("should not be tried again when it ended every worker that took it, nor hold up the next", async () => {
    const done: string[] = [];
    const work: Work = async ({ id }) => {
      done.push(id);
    };
    const died = (times: number, everySeconds: number) => ({
      receiveCount: times,
      firstAt: Date.now() - (times - 1) * everySeconds * 1_000,
    });
    const deadly = await run(work, [record("deadly", "g", died(20, 30)), record("next", "g", died(20, 30))]);
    expect(deadly).toMatchObject({ back: [], dead: ["deadly: poison_event"] });
    // Put off again and again by a service that is down, it is received as often in a longer time.
    await run(work, [record("patient", "g", died(20, 50))]);
    expect(done).toEqual(["next", "patient"]);
  });

  it("should be worked on however often no worker was free to take it: an account may run ten at once", async () => {
    const done: string[] = [];
    for (const times of [20, 60, 500]) {
      const firstAt = Date.now() - (times - 1) * 60_000;
      const work: Work = async ({ id }) => {
        done.push(id);
      };
      await run(work, [record(`throttled-${times}`, "g", { receiveCount: times, firstAt })]);
    }
    expect(done).toEqual(["throttled-20", "throttled-60", "throttled-500"]);
  });

  it("should be back soon after the worker's time, with its group, where it came back often", async () => {
    const work: Work = async () => {};
    const often = { receiveCount: 6, firstAt: Date.now() - 300_000 };
    const { putOff } = await run(work, [record("suspect", "g", often), record("behind", "g", often)], {
      remainingMs: () => 9_400,
    });
    expect(putOff).toEqual([[["suspect", "behind"], 11]]);
    expect((await run(work, [record("r", "g", { receiveCount: 5 })])).putOff).toEqual([]);
  });

  it("should be given up after as many receives as its worker says", async () => {
    const tried = vi.fn(async () => Promise.reject(busy));
    const worker = (receiveCount: number) =>
      run(tried, [record("r", undefined, { receiveCount })], { mostReceives: 9 });
    expect(await worker(8)).toMatchObject({ back: ["r"], dead: [] });
    expect(await worker(9)).toMatchObject({ back: [], dead: ["r: unavailable"] });
    expect(tried).toHaveBeenCalledTimes(2);
    expect(await worker(10)).toMatchObject({ back: [], dead: ["r: poison_event"] });
    expect(tried).toHaveBeenCalledTimes(2);
  });

  it("should be dead-lettered at once when the service says that it can never be", async () => {
    const tooLarge = Object.assign(new Error("Item size has exceeded"), { name: "ValidationException" });
    const cancelled = Object.assign(new Error("Transaction cancelled"), {
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "None" }, { Code: "ValidationError" }],
    });
    for (const error of [tooLarge, cancelled]) {
      const result = await run(() => Promise.reject(error), [record("r", "g")]);
      expect(result).toEqual({ back: [], dead: ["r: impossible"], putOff: [] });
    }
  });

  it("should be dead-lettered with its reason when no retry can help, and not stop its group", async () => {
    const done: string[] = [];
    const work: Work = async ({ id }) => {
      if (id === "poison") throw new RapportError("poison_event", "ada@shop.example can never be applied");
      done.push(id);
    };
    const result = await run(work, [record("poison", "g"), record("next", "g")]);
    expect(result).toEqual({ back: [], dead: ["poison: poison_event"], putOff: [] });
    expect(done).toEqual(["next"]);
    expect(lines.join("")).toContain('"code":"poison_event"');
    expect(lines.join("")).not.toContain("ada@shop.example");
  });

  it.each([
    ["is no JSON", "{", "malformed_json"],
    ["has another shape", '{"name":1}', "invalid_request"],
  ])("should be dead-lettered when its body %s", async (_name, body, code) => {
    const Body = z.object({ name: z.string() });
    const work: Work = async (given) => {
      parse(Body, given.body);
    };
    expect((await run(work, [record("r", "g", { body })])).dead).toEqual([`r: ${code}`]);
  });

  it("should come back when the dead-letter queue does not take it", async () => {
    const control: QueueControl = {
      deadLetter: async () => {
        throw busy;
      },
      retryIn: async () => undefined,
    };
    const { batchItemFailures } = await workerHandler(async () => undefined, { control })(
      { Records: [record("r", "g", { body: "{" })] },
      { getRemainingTimeInMillis: () => 10_000 },
    );
    expect(batchItemFailures).toEqual([{ itemIdentifier: "r" }]);
  });
});

it("should give back untouched what there is no time for, and not put it off", async () => {
  const done: string[] = [];
  const work: Work = async ({ id }) => {
    done.push(id);
  };
  const result = await run(work, [record("a1", "a"), record("a2", "a"), record("a3", "a")], {
    remainingMs: () => (done.length === 0 ? 2_000 : 1_999),
  });
  expect(done).toEqual(["a1"]);
  expect(result).toEqual({ back: ["a2", "a3"], dead: [], putOff: [] });
});

it("should tell the handler by which queue a record came, in which group, and how often", async () => {
  const work = vi.fn<Work>(async () => undefined);
  await run(work, [record("r", "g", { receiveCount: 3 })]);
  expect(work).toHaveBeenCalledWith({
    id: "r",
    body: { id: "r" },
    group: "g",
    queue: "rapport-test-inbox.fifo",
    receiveCount: 3,
    isLastTry: false,
  });
});
