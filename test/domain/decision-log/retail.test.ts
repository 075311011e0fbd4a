import { beforeAll, describe, expect, it } from "vitest";
import { replay } from "#domain/decision-log/replay.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { seeded } from "#lab/seeded.ts";
import { person } from "#lab/simulate/people.ts";
import { retailPlaybook } from "../../support/playbook/retail.ts";

const NOW = Date.parse("2026-03-29T00:30:00.000Z");

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await retailPlaybook();
});

const throughJson = (record: LogRecord): LogRecord => JSON.parse(JSON.stringify(record));

describe("the retail playbook's decisions", () => {
  it("replay to the same bytes at every placement, on the night the clocks change too", () => {
    const random = seeded(3);
    for (const placement of playbook.actionsByPlacement.keys()) {
      for (let index = 0; index < 20; index += 1) {
        const now = NOW + Math.floor(random() * 48) * 1_800_000;
        const record = throughJson(
          recordOfProfile(person(random), playbook, { simulationId: "sim", index, placement, now }),
        );
        expect(JSON.stringify(replay(record, playbook).decision)).toBe(JSON.stringify(record.decision));
      }
    }
  });
});
