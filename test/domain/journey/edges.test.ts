import { describe, expect, it } from "vitest";
import type { JourneyContext } from "#domain/journey/context.ts";
import { edgeFrom } from "#domain/journey/edges.ts";
import type { CompiledStep } from "#domain/playbook/model/journeys.ts";
import type { JourneyRun } from "#domain/records/journey.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const [MINUTE, HOUR] = [60_000, 3_600_000];
const iso = (time: number): string => new Date(time).toISOString();
const run = (more: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: "run_1",
  home: "cus_1",
  journey: "welcome",
  key: "",
  entryId: "ent_1",
  entry: { id: "evt_1", name: "Signed Up", at: iso(NOW), properties: {} },
  enteredAt: iso(NOW),
  depth: 0,
  step: "here",
  visit: 1,
  since: iso(NOW),
  by: { id: "evt_1", at: iso(NOW) },
  choices: {},
  goesOn: [],
  path: [],
  playbook: "v1",
  ...more,
});
const context = (hours?: Readonly<Record<string, Readonly<Record<string, number>>>>, now = NOW) =>
  ({ now, state: { ...(hours === undefined ? {} : { hours }) } }) as unknown as JourneyContext;
const step = (fields: object) => ({ name: "here", rules: {}, ...fields }) as unknown as CompiledStep;
const edge = (of: CompiledStep, by: JourneyRun = run(), within = context()) =>
  edgeFrom(of, by, within, false);

describe("a step that waits", () => {
  const wait = (more: object = {}) => step({ kind: "wait", ms: HOUR, next: "there", ...more });
  const waitedFor = (ms: number) => edge(wait(), run({ since: iso(NOW - ms) }));

  it("is over to the millisecond", () => {
    expect(waitedFor(HOUR - 1)).toEqual({ goes: "nowhere", due: NOW + 1 });
    expect(waitedFor(HOUR)).toEqual({ goes: "on", to: "there", since: NOW });
    expect(waitedFor(HOUR + MINUTE)).toEqual({ goes: "on", to: "there", since: NOW - MINUTE });
  });

  it("counts what comes after from when it was over, unless that is more than a quarter of an hour ago", () => {
    const quarter = 15 * MINUTE;
    expect(waitedFor(HOUR + quarter)).toMatchObject({ since: NOW - quarter });
    expect(waitedFor(HOUR + quarter + 1)).toMatchObject({ since: NOW });
  });

  it("goes on to the hour at which the customer clicks most, on all channels together", () => {
    const late = { email: { "15": 3, "18": 2 }, sms: { "18": 2, "15": 0 } };
    const best = wait({ untilBestHour: true });
    expect(edge(best, run(), context(late))).toEqual({ goes: "nowhere", due: NOW + 7 * HOUR });
    expect(edge(best, run(), context({ email: { "15": 3 } }))).toEqual({
      goes: "nowhere",
      due: NOW + 4 * HOUR,
    });
    expect(edge(best)).toEqual({ goes: "nowhere", due: NOW + HOUR });
    expect(edge(wait(), run(), context(late))).toEqual({ goes: "nowhere", due: NOW + HOUR });
  });
});

describe("a step that decides", () => {
  const decide = step({ kind: "decide", next: "made", otherwise: "nothing" });
  const asks = { goes: "nowhere", due: NOW + 10 * MINUTE, asks: true };
  const on = (to: string) => ({ goes: "on", to, since: NOW });

  it.each([
    ["asks when it is come to", {}, asks],
    ["goes on by what came of it", { answer: "made" }, on("made")],
    ["goes otherwise where nothing came of it", { answer: "nothing" }, on("nothing")],
    ["rests while an answer may come", { asked: 1, due: iso(NOW + 1) }, { goes: "nowhere", due: NOW + 1 }],
    ["asks again when none came", { asked: 1, due: iso(NOW) }, asks],
    ["asks three times", { asked: 2, due: iso(NOW) }, asks],
    ["goes otherwise after the third", { asked: 3, due: iso(NOW) }, on("nothing")],
    ["asks at once whatever time another step was due", { due: iso(NOW + 1) }, asks],
    ["asks where it was kept still", { asked: 1 }, asks],
  ] as const)("%s", (_what, more, expected) => {
    expect(edge(decide, run(more))).toEqual(expected);
  });

  it("goes on at once where nothing hangs on the answer", () => {
    expect(edge(step({ kind: "decide", next: "there", otherwise: "there" }))).toEqual(on("there"));
  });
});
