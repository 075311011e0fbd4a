import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memorySimulationStore } from "#adapters/memory/simulation-store.ts";
import { toRecoveredRecord } from "#domain/decision-log/record.ts";
import {
  type DataKey,
  NONCE_BYTES,
  openRecord,
  parseSealed,
  sealRecord,
} from "#domain/decision-log/sealed-record.ts";
import { newSimulation, type Simulation } from "#domain/simulation/job.ts";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { operations } from "#functions/playbook/simulations-api/operations.ts";
import { simulationCalls } from "#functions/playbook/simulations-api/simulations.ts";
import { RapportError } from "#kernel/errors.ts";
import { keyName } from "#ports/decision-log.ts";
import { system } from "#runtime/system.ts";
import { runSimulation, type SimulateDependencies } from "#usecases/simulate/run-simulation.ts";
import { action, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { callerOf } from "../../support/handlers/requests.ts";

const shop = (goldValue: number) =>
  playbookOf({
    actions: [
      action("cart"),
      action("gold", { eligible: ['customer.tier = "gold"'], value: goldValue, valueToCustomer: goldValue }),
    ],
  });
const live = shop(5);
const tried = shop(50);
const versions = new Map([
  ["live", live],
  ["tried", tried],
]);

/** A log of sealed records in files of so many, with keys; the reader gives a few lines at a time. */
const logOf = (count: number, perFile: number) => {
  const keys = new Map<string, DataKey>();
  const files = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const record = recordOfProfile({ traits: { tier: index % 2 === 0 ? "gold" : "none" } }, live, {
      simulationId: "log",
      index,
      placement: "trigger.cart",
      now: NOON + index * 1_000,
    });
    const key = system.newDataKey();
    const sealed = sealRecord(record, key, randomBytes(NONCE_BYTES));
    keys.set(keyName(sealed), key);
    const name = `decisions/day=2026-03-11/hour=11/part-${String(Math.floor(index / perFile)).padStart(3, "0")}`;
    files.set(
      name,
      Buffer.concat([files.get(name) ?? Buffer.alloc(0), Buffer.from(`${JSON.stringify(sealed)}\n`)]),
    );
  }
  return { keys, files };
};

/** What a second delivery of the same work writes into the log about all its decisions. */
const recoveredLines = ({ keys, files }: ReturnType<typeof logOf>): Buffer =>
  Buffer.concat(
    [...files.values()].flatMap((body) =>
      body
        .toString("utf8")
        .split("\n")
        .flatMap((line) => {
          const sealed = parseSealed(line);
          const key = sealed === null ? undefined : keys.get(keyName(sealed));
          const record = sealed === null || key === undefined ? null : openRecord(sealed, key);
          if (record === null || key === undefined) return [];
          const again = sealRecord(toRecoveredRecord(record.decision), key, randomBytes(NONCE_BYTES));
          return [Buffer.from(`${JSON.stringify(again)}\n`)];
        }),
    ),
  );

/** What a worker needs, over such a log; `failAt` makes the n-th call of anything fail as a crash would. */
const workerOver = (log: ReturnType<typeof logOf>, chunk = 10_000) => {
  const simulations = memorySimulationStore();
  const published: string[] = [];
  let now = NOON;
  let calls = 0;
  let failAt = Number.POSITIVE_INFINITY;
  const orCrash =
    <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A) => {
      calls += 1;
      if (calls === failAt) throw new Error("crashed before");
      const result = await work(...given);
      calls += 1;
      if (calls === failAt) throw new Error("crashed after");
      return result;
    };
  const dependencies: SimulateDependencies = {
    simulations: { ...simulations, save: orCrash(simulations.save), get: orCrash(simulations.get) },
    playbooks: {
      get: async (version) => {
        const found = versions.get(version);
        if (found === undefined) throw new RapportError("not_found", `there is no playbook ${version}`);
        return found;
      },
    },
    files: {
      list: orCrash(async ({ after = "" }) =>
        [...log.files].flatMap(([name, body]) => (name > after ? [{ name, size: body.length }] : [])),
      ),
      read: orCrash(async (name, offset, length) =>
        (log.files.get(name) ?? Buffer.alloc(0)).subarray(offset, offset + Math.min(length, chunk)),
      ),
    },
    dataKeys: { keysOf: orCrash(async () => log.keys) },
    outcomes: { rewardOf: async ({ actions }) => (actions[0]?.action === "gold" ? 1 : 0) },
    bus: {
      publish: async (events) => {
        published.push(...events.map(({ name }) => name));
      },
    },
    clock: {
      now: () => {
        now += 2_000;
        return now;
      },
    },
  };
  return {
    dependencies,
    simulations,
    published,
    crashAtCall: (call: number) => {
      calls = 0;
      failAt = call;
    },
    calls: () => calls,
  };
};

const asked = (changes: Partial<Simulation> = {}): Simulation => ({
  ...newSimulation(
    {
      simulationId: "sim_1",
      version: "tried",
      live: "live",
      source: { kind: "log", from: iso(NOON), to: iso(NOON + 24 * HOUR) },
    },
    iso(NOON),
  ),
  ...changes,
});

/** Delivers the message as the queue does: again after a failure, until the simulation is over. */
const runToEnd = async (worker: ReturnType<typeof workerOver>): Promise<Simulation> => {
  for (let delivery = 0; delivery < 200; delivery += 1) {
    const found = await worker.simulations.get("sim_1");
    if (found !== null && found.status !== "running") return found;
    await runSimulation(worker.dependencies, { v: 1, simulationId: "sim_1" }).catch(() => undefined);
  }
  throw new Error("the simulation does not end");
};

const simulate = async (log: ReturnType<typeof logOf>, changes: Partial<Simulation> = {}, chunk = 10_000) => {
  const worker = workerOver(log, chunk);
  await worker.simulations.create(asked(changes), []);
  return runToEnd(worker);
};

describe("a simulation over the log", () => {
  const log = logOf(200, 70);

  it("replays every decision of all files, in steps, and asks for the rest when its time is up", async () => {
    const worker = workerOver(log);
    await worker.simulations.create(asked(), []);
    await runSimulation(worker.dependencies, { v: 1, simulationId: "sim_1" });
    expect((await worker.simulations.get("sim_1"))?.status).toBe("running");
    expect(worker.published).toEqual(["simulation.requested"]);
    const done = await runToEnd(worker);
    expect(done.step).toBeGreaterThan(10);
    expect(reportOf(done.tally)).toMatchObject({
      decisions: 200,
      changed: 100,
      skipped: {},
      moves: [{ from: "cart", to: "gold", decisions: 100 }],
    });
  });

  it("of the live version changes nothing", async () => {
    const { tally } = await simulate(log, { version: "live" });
    expect(reportOf(tally)).toMatchObject({ decisions: 200, changed: 0, moves: [], skipped: {} });
  });

  it("finds the same after a crash before or after any call it makes", async () => {
    const small = logOf(24, 10);
    const wanted = reportOf((await simulate(small)).tally);
    const measure = workerOver(small, 6_000);
    await measure.simulations.create(asked(), []);
    await runToEnd(measure);
    expect(measure.calls()).toBeGreaterThan(20);
    for (let call = 1; call <= measure.calls(); call += 1) {
      const worker = workerOver(small, 6_000);
      await worker.simulations.create(asked(), []);
      worker.crashAtCall(call);
      expect(reportOf((await runToEnd(worker)).tally)).toEqual(wanted);
    }
  });

  it("counts each decision once when two workers have the same message", async () => {
    const worker = workerOver(log);
    await worker.simulations.create(asked(), []);
    const message = { v: 1, simulationId: "sim_1" } as const;
    await Promise.all([
      runSimulation(worker.dependencies, message),
      runSimulation(worker.dependencies, message),
    ]);
    expect((await runToEnd(worker)).tally.decisions).toBe(200);
  });

  it("leaves out other times and placements", async () => {
    const source = { kind: "log", from: iso(NOON + 10_000), to: iso(NOON + 20_000) } as const;
    expect((await simulate(log, { source })).tally.decisions).toBe(10);
    expect((await simulate(log, { source: { ...source, placement: "web.home.hero" } })).tally.decisions).toBe(
      0,
    );
  });

  it("counts what was erased or damaged, and reads on", async () => {
    const damaged = logOf(10, 10);
    const [name, body] = [...damaged.files][0] ?? ["", Buffer.alloc(0)];
    damaged.files.set(name, Buffer.concat([Buffer.from("no record\n"), body]));
    const [erased] = damaged.keys.keys();
    damaged.keys.delete(erased ?? "");
    const { tally } = await simulate(damaged);
    expect(tally).toMatchObject({ decisions: 9, skipped: { erased: 1, damaged: 1 } });
  });

  it("counts a decision once that the stream delivered twice, in one step, in two, and in two files", async () => {
    const twice = logOf(5, 5);
    for (const [name, body] of [...twice.files]) {
      twice.files.set(name, Buffer.concat([body, body]));
      twice.files.set(`${name}-again`, body);
    }
    for (const chunk of [100_000, 3_000]) {
      expect((await simulate(twice, {}, chunk)).tally).toMatchObject({ decisions: 5, skipped: {} });
    }
  });

  it("takes the whole record of a decision rather than one that was recovered, wherever it stands", async () => {
    for (const places of ["before", "behind", "in a later file"] as const) {
      const both = logOf(6, 6);
      const [name = "", body = Buffer.alloc(0)] = [...both.files][0] ?? [];
      const recovered = recoveredLines(both);
      if (places === "in a later file") both.files.set(`${name}-later`, recovered);
      else both.files.set(name, Buffer.concat(places === "before" ? [recovered, body] : [body, recovered]));
      expect((await simulate(both, {}, 100_000)).tally).toMatchObject({ decisions: 6, skipped: {} });
    }
  });

  it("replays no decision of which only what was decided is known, and counts it", async () => {
    const lost = logOf(6, 6);
    const [name = ""] = lost.files.keys();
    lost.files.set(name, recoveredLines(lost));
    expect((await simulate(lost)).tally).toMatchObject({ decisions: 0, skipped: { recovered: 6 } });
  });

  it("estimates what the version would have earned when a goal is named", async () => {
    const goal = { outcome: "clicked", withinMs: HOUR, value: false };
    const { estimate } = reportOf((await simulate(log, { goal })).tally);
    expect(estimate?.samples).toBe(200);
    expect(estimate?.logged.value).toBe(0);
    expect(estimate?.warnings).toContain("no-overlap");
  });

  it("estimates from decisions alone of which anybody can tell what came of them", async () => {
    const worker = workerOver(log);
    const { dependencies } = worker;
    const outcomes = {
      rewardOf: async ({ at }: { at: string }) => (at < iso(NOON + 50_000) ? 1 : undefined),
    };
    const goal = { outcome: "Cart Updated", withinMs: HOUR, value: false };
    await worker.simulations.create(asked({ goal }), []);
    const { tally } = await runToEnd({ ...worker, dependencies: { ...dependencies, outcomes } });
    const { decisions, estimate } = reportOf(tally);
    expect(decisions).toBe(200);
    expect(estimate).toMatchObject({ samples: 50, logged: { value: 1 } });
  });

  it("of a version that is gone ends as failed and says why", async () => {
    expect(await simulate(log, { version: "gone" })).toMatchObject({
      status: "failed",
      reason: "there is no playbook gone",
    });
  });
});

describe("the calls for simulations", () => {
  const calls = () => {
    const worker = workerOver(logOf(4, 4));
    const call = callerOf(
      operations,
      simulationCalls({
        simulations: worker.simulations,
        store: {
          current: async () => "live",
          document: async (version) => (versions.has(version) ? "{}" : null),
        },
        playbooks: worker.dependencies.playbooks,
        bus: worker.dependencies.bus,
        clock: { now: () => NOON },
        ids: { id: (prefix) => `${prefix}_1` },
      }),
    );
    const start = (version: string, body: unknown) =>
      call("POST /v1/playbooks/{version}/simulate", { params: { version }, body });
    const show = (id: string) => call("GET /v1/simulations/{id}", { params: { id } });
    return { start, show, worker };
  };

  it("take profiles and show who gets something else", async () => {
    const { start, show, worker } = calls();
    const profiles = [{ traits: { tier: "gold" }, segments: ["vip"] }, { traits: {} }];
    expect(await start("tried", { profiles, placements: ["trigger.cart"] })).toMatchObject({
      status: 202,
      json: { simulationId: "sim_1" },
    });
    expect((await show("sim_1")).json).toMatchObject({ status: "running", progress: { share: 0 } });
    await runToEnd(worker);
    expect((await show("sim_1")).json).toMatchObject({
      version: "tried",
      live: "live",
      status: "done",
      progress: { share: 1, decisions: 2 },
      report: {
        changed: 1,
        segments: [
          { segment: "(none)", decisions: 1, changed: 0 },
          { segment: "vip", decisions: 1, changed: 1 },
        ],
      },
    });
  });

  it("take a time of the log, by default the last seven days", async () => {
    const { start, worker } = calls();
    await start("tried", { goal: { outcome: "clicked" } });
    expect(await worker.simulations.get("sim_1")).toMatchObject({
      source: { kind: "log", from: iso(NOON - 7 * 24 * HOUR), to: iso(NOON) },
      goal: { outcome: "clicked", withinMs: 7 * 24 * HOUR, value: false },
    });
  });

  it.each([
    [{ placement: "web.home.heroo" }, "placement"],
    [{ goal: { outcome: "clikced" } }, "goal.outcome"],
    [{ goal: { outcome: "Cart Updatd" } }, "goal.outcome"],
    [{ profiles: [{ traits: { nope: 1 } }], placements: ["trigger.cart"] }, "profiles.0.traits.nope"],
    [{ profiles: [{ computed: { ordrs: 1 } }], placements: ["trigger.cart"] }, "profiles.0.computed.ordrs"],
    [{ profiles: [{ channels: ["fax"] }], placements: ["trigger.cart"] }, "profiles.0.channels.0"],
    [
      { profiles: [{ event: { name: "Nothing", properties: {} } }], placements: ["trigger.cart"] },
      "profiles.0.event.name",
    ],
  ])("refuse names that neither version knows: %j", async (body, path) => {
    const { start } = calls();
    await expect(start("tried", body)).rejects.toMatchObject({
      code: "invalid_request",
      errors: [{ path }],
    });
  });

  it("refuse what makes no sense", async () => {
    const { start, show } = calls();
    for (const body of [
      { from: iso(NOON), to: iso(NOON - 1) },
      { profiles: [{}] },
      { placements: ["trigger.cart"] },
      { profiles: [{}], placements: ["trigger.cart"], from: iso(NOON) },
      { profiles: [{}], placements: ["nowhere"] },
      { profiles: [], placements: ["trigger.cart"] },
      { goal: { outcome: "clicked", days: 0 } },
      { unknown: true },
    ]) {
      await expect(start("tried", body)).rejects.toMatchObject({ code: "invalid_request" });
    }
    await expect(start("gone", {})).rejects.toMatchObject({ code: "not_found" });
    await expect(show("sim_2")).rejects.toMatchObject({ code: "not_found" });
  });
});
