import { RENDERS } from "#channels/all.renders.ts";
import { buildTests } from "#domain/playbook/build/build-tests.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { writtenRules } from "#domain/playbook/compile/parse-rules.ts";
import type { RuleSource } from "#domain/playbook/compile/rule-source.ts";
import { storedRules } from "#domain/playbook/compile/stored-rules.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { PlaybookTest } from "#domain/playbook/model/tests.ts";
import type { ParsedPlaybook } from "#domain/playbook/parse.ts";
import type { Draft } from "#domain/playbook/read/sources.ts";
import { arrange } from "#domain/rehearsal/arrange.ts";
import { type Mutant, mutantsOf } from "#domain/rehearsal/mutants.ts";
import type { RehearsalDependencies } from "#usecases/rehearse/dependencies.ts";
import { type Failure, rehearse } from "#usecases/rehearse/rehearse.ts";
import { rehearsalStores } from "./stores.ts";

const DEPENDENCIES: RehearsalDependencies = {
  stores: rehearsalStores,
  renders: RENDERS,
  dataKey: new TextEncoder().encode("rehearsal".padEnd(32)),
};

/** A rehearsal is told by no version: what it decides is kept nowhere. */
const VERSION = "pb_rehearsal";

/** Rules as they were parsed already; those that were changed since from their text. */
const rulesOf = (parsed: PlaybookDocument, written: RuleSource): RuleSource => {
  const stored = storedRules(parsed);
  return {
    decisionsOf: stored.decisionsOf,
    treeOf: (text, setting) =>
      parsed.syntax?.rules[setting.key]?.[text] === undefined
        ? written.treeOf(text, setting)
        : stored.treeOf(text, setting),
  };
};

/** The playbook as each test arranges it; tests that arrange nothing share one. */
const arranger = (document: PlaybookDocument, rules: RuleSource) => {
  const made = new Map<string, CompiledPlaybook>();
  return ({ fields: { given = {} } }: PlaybookTest): CompiledPlaybook => {
    const { holdout, experiments, splits } = given;
    const key = JSON.stringify({ holdout, experiments, splits });
    const compiled = made.get(key) ?? compilePlaybook(VERSION, arrange(document, given), rules);
    made.set(key, compiled);
    return compiled;
  };
};

export type PlayedTest = {
  readonly test: PlaybookTest;
  readonly failures: readonly Failure[];
  /** Milliseconds. */
  readonly took: number;
};

/** A playbook's files, read and found to be right. */
export type Rehearsable = { readonly document: PlaybookDocument; readonly draft: Draft };

/** Null: the files are not right yet. */
export const rehearsable = ({ document, draft }: ParsedPlaybook): Rehearsable | null =>
  document === null || draft === null ? null : { document, draft };

/** Plays the tests of a playbook one after the other, each from the beginning. */
export async function* playTests({ document, draft }: Rehearsable): AsyncGenerator<PlayedTest> {
  const arranged = arranger(document, rulesOf(document, writtenRules(draft.document.decisions)));
  for (const test of buildTests(draft.sources)) {
    const start = performance.now();
    const failures = await rehearse(DEPENDENCIES, arranged(test), test);
    yield { test, failures, took: performance.now() - start };
  }
}

/** A mutant, and whether a test noticed it. */
export type TriedMutant = { readonly mutant: Mutant; readonly foundBy: PlaybookTest | null };

/**
 * Turns each rule and branch round in turn and plays the tests until one fails. They must all hold without: else nothing
 * is learnt of them.
 */
export async function* tryMutants({ document, draft }: Rehearsable): AsyncGenerator<TriedMutant> {
  const rules = rulesOf(document, writtenRules(draft.document.decisions));
  const tests = buildTests(draft.sources);
  let order = tests;
  for (const mutant of mutantsOf(draft)) {
    const arranged = arranger(mutant.document, rules);
    let foundBy: PlaybookTest | null = null;
    for (const test of order) {
      const failures = await rehearse(DEPENDENCIES, arranged(test), test);
      if (failures.length === 0) continue;
      foundBy = test;
      break;
    }
    // Rules of one file stand together, and so do the tests that notice them.
    if (foundBy !== null) order = [foundBy, ...order.filter((test) => test !== foundBy)];
    yield { mutant, foundBy };
  }
}
