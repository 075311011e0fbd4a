import { describe, expect, it } from "vitest";
import { newSimulation, progressOf, type Simulation } from "#domain/simulation/job.ts";
import { newTally } from "#domain/simulation/tally.ts";

const AT = "2026-03-11T11:00:00.000Z";
const LOG = { kind: "log", from: "2026-03-01T00:00:00.000Z", to: "2026-03-01T10:00:00.000Z" } as const;
const asked = { simulationId: "sim_1", version: "v2", live: "v1", source: LOG };
const job = (changes: Partial<Simulation>): Simulation => ({ ...newSimulation(asked, AT), ...changes });

describe("a new simulation", () => {
  it("has done nothing yet", () => {
    expect(newSimulation(asked, AT)).toEqual({
      ...asked,
      status: "running",
      step: 0,
      cursor: { profile: 0 },
      bytes: 0,
      tally: newTally(),
      createdAt: AT,
      updatedAt: AT,
    });
  });
});

describe("the progress of a simulation", () => {
  const file = (name: string) => ({ profile: 0, file: { name, size: 10, offset: 5 } });
  const at = (day: string, hour: string) => `decisions/day=${day}/hour=${hour}/a.ndjson`;
  const profiles = (count: number) => ({ kind: "profiles", count, placements: ["home"] }) as const;

  it.each([
    ["all once it is done", job({ status: "done" }), 1],
    ["the share of profiles", job({ source: profiles(4), cursor: { profile: 1 } }), 0.25],
    ["all where there are no profiles", job({ source: profiles(0) }), 1],
    ["nothing before a file is read", job({}), 0],
    [
      "nothing where a file's name has no hour",
      job({ cursor: file("decisions/day=2026-03-01/a.ndjson") }),
      0,
    ],
    ["the hour of the file being read", job({ cursor: file(at("2026-03-01", "04")) }), 0.4],
    [
      "the hour of the file being read, whatever was done before",
      job({ cursor: { ...file(at("2026-03-01", "04")), after: at("2026-03-01", "03") } }),
      0.4,
    ],
    ["that of the last file done", job({ cursor: { profile: 0, after: at("2026-03-01", "03") } }), 0.3],
    ["nothing where a file is of before", job({ cursor: file(at("2026-02-28", "23")) }), 0],
    ["never all while a last file is being read", job({ cursor: file(at("2026-03-01", "10")) }), 0.99],
    [
      "nothing at the beginning of no time at all",
      job({ source: { ...LOG, to: LOG.from }, cursor: file(at("2026-03-01", "00")) }),
      0,
    ],
    [
      "half of two milliseconds after one",
      job({
        source: { ...LOG, from: "2026-02-28T23:59:59.999Z", to: "2026-03-01T00:00:00.001Z" },
        cursor: file(at("2026-03-01", "00")),
      }),
      0.5,
    ],
    [
      "almost all of one millisecond after it",
      job({
        source: { ...LOG, from: "2026-02-28T23:59:59.999Z", to: "2026-03-01T00:00:00.000Z" },
        cursor: file(at("2026-03-01", "00")),
      }),
      0.99,
    ],
  ])("is %s", (_what, simulation, progress) => {
    expect(progressOf(simulation)).toBe(progress);
  });
});
