import { wasChosen } from "#domain/decision-log/replay.ts";
import { openRecord, parseSealed, type SealedRecord } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import type { Tried } from "#domain/simulation/fired-rows.ts";
import type { Simulation, SimulationCursor, SimulationSource } from "#domain/simulation/job.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import { countSkipped, type Tally } from "#domain/simulation/tally.ts";
import { type DataKeys, type DecisionLogFiles, keyName } from "#ports/decision-log.ts";
import type { OutcomeFacts } from "#ports/outcome-facts.ts";
import { seenBefore } from "./seen.ts";

export type LogDependencies = {
  readonly files: DecisionLogFiles;
  readonly dataKeys: DataKeys;
  readonly outcomes: OutcomeFacts;
};

/** A thousand records and more; larger than the largest record that the stream takes (1,000 KiB). */
const STEP_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;
/** Outcomes are asked for one decision at a time, so many at once. */
const PARALLEL = 16;

type LogSource = Extract<SimulationSource, { kind: "log" }>;

/** The file to read from, opening the next one where there is none; null at the end of the log. */
const currentFile = async (
  files: DecisionLogFiles,
  source: LogSource,
  { file, after }: SimulationCursor,
): Promise<NonNullable<SimulationCursor["file"]> | null> => {
  if (file !== undefined) return file;
  const [next] = await files.list({ ...source, ...(after === undefined ? {} : { after }) });
  return next === undefined ? null : { ...next, offset: 0 };
};

const isWanted = (record: SealedRecord, { from, to, placement }: LogSource): boolean =>
  record.at >= from && record.at < to && (placement === undefined || record.placement === placement);

/** The record of each decision, counting those that nobody can read. */
const openAll = async (
  { dataKeys }: LogDependencies,
  decisions: readonly (readonly SealedRecord[])[],
  tally: Tally,
): Promise<readonly LogRecord[]> => {
  if (decisions.length === 0) return [];
  const keys = await dataKeys.keysOf(decisions.flatMap(([first]) => first ?? []));
  return decisions.flatMap((lines) => {
    const [first] = lines;
    const key = first === undefined ? undefined : keys.get(keyName(first));
    const opened = key === undefined ? [] : lines.flatMap((sealed) => openRecord(sealed, key) ?? []);
    if (opened.length === 0) countSkipped(tally, key === undefined ? "erased" : "damaged");
    // Recovered ones lack what the decision was made on: the whole record is the better, wherever it stands.
    return opened.find(({ recovered }) => recovered !== true) ?? opened[0] ?? [];
  });
};

/** Those whose decision was not read before; only whole records count as read. */
const notSeen = (
  records: readonly LogRecord[],
  seen: ReturnType<typeof seenBefore>,
): readonly LogRecord[] => {
  const fresh = records.filter(({ decisionId }) => !seen.has(decisionId));
  for (const { decisionId, recovered } of fresh) if (recovered !== true) seen.add(decisionId);
  return fresh;
};

const replayAll = async (
  deps: LogDependencies,
  { tally, goal }: Simulation,
  records: readonly LogRecord[],
  tried: Tried,
): Promise<void> => {
  for (let start = 0; start < records.length; start += PARALLEL) {
    const some = records.slice(start, start + PARALLEL);
    const rewards =
      goal === undefined
        ? []
        : await Promise.all(
            some.map((record) =>
              wasChosen(record) ? deps.outcomes.rewardOf(record.decision, goal) : undefined,
            ),
          );
    for (const [index, record] of some.entries()) simulateRecord(tally, record, tried, rewards[index]);
  }
};

/** The records of the lines, by decision: the stream may deliver a line twice, and a recovered one stand beside it. */
const readLines = (text: string, source: LogSource, tally: Tally): readonly (readonly SealedRecord[])[] => {
  const byId = new Map<string, SealedRecord[]>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const record = parseSealed(line);
    if (record === null) countSkipped(tally, "damaged");
    else if (isWanted(record, source)) {
      const known = byId.get(record.decisionId);
      if (known === undefined) byId.set(record.decisionId, [record]);
      else known.push(record);
    }
  }
  return [...byId.values()];
};

/** The next two megabytes of the log: whole lines only, the rest is read again with the next step. */
export const logStep = async (
  deps: LogDependencies,
  simulation: Simulation,
  tried: Tried,
): Promise<Simulation> => {
  const { source, cursor, tally } = simulation;
  if (source.kind !== "log") return simulation;
  const file = await currentFile(deps.files, source, cursor);
  if (file === null) return { ...simulation, status: "done", cursor: { profile: 0 } };
  const bytes = await deps.files.read(file.name, file.offset, Math.min(STEP_BYTES, file.size - file.offset));
  const isLast = bytes.length === 0 || file.offset + bytes.length >= file.size;
  const end = isLast ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
  // A line longer than a step is none of ours: it is given up, not waited for.
  const read = end === 0 ? bytes.length : end;
  const lines = readLines(Buffer.from(bytes.subarray(0, end)).toString("utf8"), source, tally);
  const seen = seenBefore(cursor.seen);
  await replayAll(deps, simulation, notSeen(await openAll(deps, lines, tally), seen), tried);
  const offset = file.offset + read;
  const next: SimulationCursor =
    isLast || offset >= file.size
      ? { after: file.name, profile: 0, seen: seen.kept() }
      : {
          file: { ...file, offset },
          profile: 0,
          seen: seen.kept(),
          ...(cursor.after === undefined ? {} : { after: cursor.after }),
        };
  return { ...simulation, cursor: next, bytes: simulation.bytes + read };
};
