import { statSync, watch, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { plainMjml } from "#domain/rehearsal/plain-mjml.ts";
import {
  type PlayedTest,
  playTests,
  type Rehearsable,
  rehearsable,
  tryMutants,
} from "#runtime/rehearsal/tests.ts";
import { readFolder } from "./folder.ts";
import { junitOf } from "./junit.ts";
import { counted, showFindings, type Terminal } from "./terminal.ts";

type Options = { readonly watch?: boolean; readonly mutate?: boolean; readonly junit?: string };

/** An editor writes a file in several steps. */
const SETTLED_MS = 100;

type Place = PlayedTest["test"]["place"];

const placeIn = (folder: string, { file, line, column }: Place): string =>
  `${folder.endsWith("/") ? folder : `${folder}/`}${file}:${line}:${column}`;

/** Reads the playbook. Null: what is wrong with it was told. */
const read = async (folder: string, terminal: Terminal): Promise<Rehearsable | null> => {
  const parsed = await parsePlaybook(readFolder(folder), plainMjml);
  const playbook = rehearsable(parsed);
  const told =
    playbook === null ? parsed.errors : parsed.warnings.filter(({ file }) => file.startsWith("tests/"));
  showFindings(told, playbook === null ? terminal.error : terminal.out, folder);
  if (playbook === null) terminal.error(`\n${counted(parsed.errors.length, "error")}: no test was played`);
  return playbook;
};

const play = async (
  playbook: Rehearsable,
  folder: string,
  { out, error }: Terminal,
): Promise<readonly PlayedTest[]> => {
  const played: PlayedTest[] = [];
  for await (const one of playTests(playbook)) {
    played.push(one);
    const { test, failures } = one;
    const print = failures.length === 0 ? out : error;
    print(`${failures.length === 0 ? "ok    " : "FAILED"}  ${test.place.file}  ${test.fields.it}`);
    for (const { place, message } of failures) error(`        ${placeIn(folder, place)}  ${message}`);
  }
  return played;
};

/** Turns every rule and branch round; gives how many nobody noticed. */
const mutate = async (playbook: Rehearsable, folder: string, { out }: Terminal): Promise<number> => {
  let [tried, unfound] = [0, 0];
  for await (const { mutant, foundBy } of tryMutants(playbook)) {
    tried += 1;
    if (foundBy !== null) continue;
    unfound += 1;
    out(`unfound ${placeIn(folder, mutant.place)}  turned round, and every test still holds: ${mutant.what}`);
  }
  out(
    tried === 0
      ? "there is no rule and no branch to turn round"
      : `${tried - unfound} of ${tried} turned-round rules and branches were found`,
  );
  return unfound;
};

const runOnce = async (folder: string, options: Options, terminal: Terminal): Promise<number> => {
  const start = performance.now();
  const playbook = await read(folder, terminal);
  if (playbook === null) return 1;
  const played = await play(playbook, folder, terminal);
  if (options.junit !== undefined) writeFileSync(options.junit, junitOf(folder, played));
  const failed = played.filter(({ failures }) => failures.length > 0).length;
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  terminal.out(`${counted(played.length, "test")}, ${failed} failed, ${seconds} s`);
  if (played.length === 0) {
    terminal.error(`${folder} has no tests: write some in tests/*.yaml (docs/playbook-tests.md)`);
    return 1;
  }
  if (failed > 0) {
    if (options.mutate) terminal.error("nothing is turned round before every test holds");
    return 1;
  }
  if (options.mutate !== true) return 0;
  return (await mutate(playbook, folder, terminal)) === 0 ? 0 : 1;
};

/** Runs again whenever a file of the folder changes, until the program is ended. */
const keepRunning = async (folder: string, options: Options, terminal: Terminal): Promise<never> => {
  // What is not there cannot change: watching it would say nothing for ever.
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`there is no folder ${folder}`);
  let changed = (): void => {};
  watch(folder, { recursive: true }, () => changed());
  for (;;) {
    const change = new Promise<void>((resolve) => {
      changed = resolve;
    });
    await runOnce(folder, options, terminal).catch((thrown: unknown) =>
      terminal.error(`rapport: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
    );
    terminal.out("waiting for a change");
    await change;
    await sleep(SETTLED_MS);
    terminal.out("");
  }
};

/**
 * `rapport test <folder>`: plays the playbook's tests on virtual time, without a hub. Gives 1 where one fails, where there
 * is none, and with `--mutate` where a rule can be turned round unnoticed.
 */
export const testFolder = (folder: string, options: Options, terminal: Terminal): Promise<number> =>
  options.watch ? keepRunning(folder, options, terminal) : runOnce(folder, options, terminal);
