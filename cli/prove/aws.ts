import type { DeployedStack } from "#ports/account.ts";
import { type AccountOptions, commonAccount } from "./account.ts";
import { runCdk, stageArguments } from "./cdk.ts";
import { cloudWatchFigures } from "./figures.ts";
import type { ProofAccount } from "./port.ts";
import { rollBack } from "./roll-back.ts";

/** A function of its own route, whose alias is moved back and forth. */
const MOVED = "api-openapi";

type AwsOptions = AccountOptions & {
  /** What is deployed for sending. */
  readonly channels: readonly string[];
  readonly signal: AbortSignal;
  /** Stacks of the stage that there are. */
  readonly stacks: () => Promise<readonly DeployedStack[]>;
};

/** The caller's own account. Everything it makes there carries the stage's name. */
export const awsProof = (given: AwsOptions): ProofAccount => {
  const { stage, aws, channels, signal, stacks, until } = given;
  const arguments_ = stageArguments(stage, channels);
  let since = new Date();
  return {
    ...commonAccount(given),
    kind: "aws",
    deploy: async () => {
      await runCdk(["deploy", "--all", "--require-approval", "never", ...arguments_], signal);
      return (await stacks()).length;
    },
    rollBack: () => rollBack({ aws, functionName: `rapport-${stage}-${MOVED}`, until }),
    // Not by the signal: what was made is taken away even when the run is stopped.
    destroy: async () => {
      await runCdk(["destroy", "--all", "--force", ...arguments_]);
      return (await stacks()).map(({ id }) => id);
    },
    report: async () => {},
    mailAt: async () => null,
    startCounting: async () => {
      since = new Date();
    },
    figures: () => cloudWatchFigures(aws, stage, since, new Date()),
  };
};
