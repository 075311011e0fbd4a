import { afterAll, describe, expect, it } from "vitest";
import { dynamoSimulationStore } from "#adapters/dynamodb/simulations/simulation-store.ts";
import { memorySimulationStore } from "#adapters/memory/simulation-store.ts";
import { newSimulation } from "#domain/simulation/job.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

const AT = "2026-11-21T10:00:00.000Z";
const simulation = (simulationId: string) =>
  newSimulation(
    {
      simulationId,
      version: "v2",
      live: "v1",
      source: { kind: "profiles", count: 2, placements: ["web.home.hero"] },
    },
    AT,
  );

const engines: Dynalite[] = [];
const technologies: Record<string, () => Promise<SimulationStore>> = {
  memory: async () => memorySimulationStore(),
  dynamodb: async () => {
    const engine = await startDynalite();
    engines.push(engine);
    return dynamoSimulationStore({ client: engine.client, table: await engine.table("playbooks") });
  },
};
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

describe.each(Object.entries(technologies))("simulations kept in %s", (_, fresh) => {
  it("come back as they were kept, with their profiles", async () => {
    const store = await fresh();
    const profiles = Array.from({ length: 10_000 }, (_unused, index) => ({
      traits: {
        index,
        noise: Array.from({ length: 20 }, (_each, part) => Math.sin(index * 31 + part)).join(),
      },
    }));
    await store.create(simulation("sim_1"), profiles);
    await store.create(simulation("sim_2"), []);
    expect(await store.get("sim_1")).toEqual(simulation("sim_1"));
    expect(await store.profiles("sim_1")).toEqual(profiles);
    expect(await store.profiles("sim_2")).toEqual([]);
    expect(await store.get("sim_3")).toBeNull();
    expect(await store.get("pointer")).toBeNull();
  }, 30_000);

  it("take each step once", async () => {
    const store = await fresh();
    await store.create(simulation("sim_1"), []);
    const next = { ...simulation("sim_1"), step: 1, bytes: 10 };
    expect(await store.save(next)).toBe("saved");
    expect(await store.save({ ...next, bytes: 99 })).toBe("conflict");
    expect(await store.save({ ...next, step: 3 })).toBe("conflict");
    expect((await store.get("sim_1"))?.bytes).toBe(10);
    expect(await store.save({ ...next, step: 2, bytes: 20 })).toBe("saved");
  });
});
