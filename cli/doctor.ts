import type { Account } from "#ports/account.ts";
import type { Finding, ProviderCheckup } from "#ports/checkup.ts";
import { CHECKUP } from "#providers/all.checkup.ts";
import { accessAdvice } from "./aws-access.ts";
import { awsAccount } from "./aws-account.ts";
import { examineHub, type Part } from "./examine-hub.ts";
import { type Stage, type StageOptions, stageOf } from "./stage.ts";
import { counted, type Terminal } from "./terminal.ts";

/** Whom the doctor asks. */
export type Surroundings = {
  readonly accountOf: (stage: Stage) => Account;
  /** By provider. */
  readonly checkups: ReadonlyMap<string, ProviderCheckup>;
};

const REAL: Surroundings = { accountOf: awsAccount, checkups: CHECKUP };

const MARKS: Readonly<Record<Finding["verdict"], string>> = {
  fine: "ok     ",
  advice: "better ",
  missing: "MISSING",
  unanswered: "?      ",
};

const channelParts = async (
  { checkups }: Surroundings,
  stage: Stage,
  live: NonNullable<Awaited<ReturnType<typeof examineHub>>["live"]>,
): Promise<readonly Part[]> =>
  Promise.all(
    Object.entries(live.providers).map(async ([channel, provider]): Promise<Part> => {
      const checkup = checkups.get(provider);
      const findings =
        checkup === undefined
          ? [{ verdict: "unanswered", says: `${provider} has no checkup.` } as const]
          : await checkup.look(stage.aws, { channel, stage: stage.name, from: live.from[channel] });
      return { part: channel, findings };
    }),
  );

/**
 * `rapport doctor`: asks the account of a stage, by calls that only read, what is still missing, channel by channel, and
 * prints one sentence each with the command that mends it. Ends with 1 when something is missing that blocks.
 */
export const doctor = async (
  options: StageOptions,
  terminal: Terminal,
  around: Surroundings = REAL,
): Promise<number> => {
  const stage = stageOf(options, terminal);
  const examined = async (): Promise<readonly Part[]> => {
    const { live, parts } = await examineHub(around.accountOf(stage), stage.name);
    return live === undefined ? parts : [...parts, ...(await channelParts(around, stage, live))];
  };
  const parts = await examined().catch((cause: unknown) => {
    const advice = stage.name === "local" ? undefined : accessAdvice(cause);
    throw advice === undefined ? cause : new Error(advice, { cause });
  });
  for (const { part, findings } of parts) {
    for (const { mend, says, verdict } of findings) {
      terminal.out(`${MARKS[verdict]} ${part}: ${says}`);
      if (mend !== undefined) terminal.out(`          ${mend}`);
    }
  }
  const missing = parts.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict === "missing");
  terminal.out(
    missing.length === 0
      ? "nothing that blocks is missing"
      : `${counted(missing.length, "thing")} missing before "${stage.name}" can do its work`,
  );
  return missing.length === 0 ? 0 : 1;
};
