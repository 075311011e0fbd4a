import type { Figures, Proof } from "./port.ts";
import { withoutPersonalData } from "./receipt.ts";
import { runSteps, type StepReport } from "./steps.ts";
import { STORY, TAKING_AWAY } from "./story.ts";

type Playing = {
  /** Texts of the caller's that are personal, such as a mailbox; they stand in no report. */
  readonly hidden: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
};

const MARKS = { true: "ok  ", false: "NO  ", null: "-   " } as const;

/** Plays the whole story and then, however it ended, takes away what it made. */
export const play = async (
  proof: Proof,
  { hidden, signal, now, tell }: Playing,
): Promise<{ readonly steps: readonly StepReport[]; readonly figures: Figures | null }> => {
  const { account } = proof;
  const clean = (report: StepReport): StepReport => ({
    ...report,
    seen: withoutPersonalData(report.seen, hidden),
  });
  const show = ({ ok, name, seen, milliseconds }: StepReport): void =>
    tell(`${MARKS[`${ok}`]} ${name.padEnd(12)} ${String(milliseconds).padStart(7)} ms  ${seen}`);
  // A count that nobody gives is no reason to leave anything undone.
  const asked = (): Promise<Figures | null> => account.figures().catch(() => null);
  await account.startCounting();
  const common = { proof, now, tell: (report: StepReport) => show(clean(report)) };
  const story = await runSteps(STORY, { ...common, found: {}, signal });
  const early = account.kind === "local" ? await asked() : null;
  const after = await runSteps(TAKING_AWAY, {
    ...common,
    found: story.found,
    signal: new AbortController().signal,
  });
  // CloudWatch shows a minute some minutes later, and keeps it when what it tells of is gone.
  const figures = early ?? (account.kind === "aws" ? await asked() : null);
  return { steps: [...story.reports, ...after.reports].map(clean), figures };
};
