import type { Proof, ProofHub } from "./port.ts";

/** What earlier steps found out and later ones need. */
export type Found = {
  readonly hub?: ProofHub;
  /** Version of the playbook that the story is played by, and of the one that was live before. */
  readonly version?: string;
  readonly previous?: string | null;
  readonly customerId?: string;
  readonly decisionId?: string;
  readonly action?: string;
  readonly messageId?: string;
  /** Whether the mail's link was followed. */
  readonly clicked?: true;
};

export type StepResult = {
  /** One sentence, without personal data. */
  readonly seen: string;
  readonly found?: Found;
};

/** One step of the story: what is claimed, what is done to see it, and how. */
export type Step = {
  readonly name: string;
  readonly claim: string;
  readonly does: string;
  /** Why the step is left out here; undefined: it is not. */
  readonly leftOut?: (proof: Proof) => string | undefined;
  /** Throws when it sees something else than is claimed. */
  readonly run: (proof: Proof, found: Found) => Promise<StepResult>;
};

export type StepReport = Pick<Step, "name" | "claim" | "does"> & {
  /** null: left out. */
  readonly ok: boolean | null;
  readonly seen: string;
  /** As long as the caller waited. */
  readonly milliseconds: number;
};

/** Throws when the step that was to find it did not. */
export const need = <K extends keyof Found>(found: Found, name: K): NonNullable<Found[K]> => {
  const value = found[name];
  if (value === undefined || value === null) throw new Error(`no ${name}: an earlier step did not find it`);
  return value;
};

type Running = {
  readonly proof: Proof;
  readonly found: Found;
  readonly now: () => number;
  /** Once it is aborted no further step begins. */
  readonly signal: AbortSignal;
  readonly tell: (report: StepReport) => void;
};

/** Plays steps one after the other. One that fails holds up none but those that need what it was to find. */
export const runSteps = async (
  steps: readonly Step[],
  { proof, found, now, signal, tell }: Running,
): Promise<{ readonly reports: readonly StepReport[]; readonly found: Found }> => {
  const reports: StepReport[] = [];
  let known = found;
  for (const step of steps) {
    const { name, claim, does } = step;
    const began = now();
    const end = (ok: boolean | null, seen: string): void => {
      const report = { name, claim, does, ok, seen, milliseconds: Math.round(now() - began) };
      reports.push(report);
      tell(report);
    };
    const leftOut = signal.aborted ? "the run was stopped before" : step.leftOut?.(proof);
    if (leftOut !== undefined) {
      end(null, leftOut);
      continue;
    }
    try {
      const result = await step.run(proof, known);
      known = { ...known, ...result.found };
      end(true, result.seen);
    } catch (error) {
      end(false, error instanceof Error ? error.message : String(error));
    }
  }
  return { reports, found: known };
};
