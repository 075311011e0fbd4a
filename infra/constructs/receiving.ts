import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import { METRICS } from "#ports/metric-names.ts";
import { accountSecretName } from "#ports/provider-accounts.ts";
import type { Acknowledgement, FunctionDefinition, OwnAlarm, OwnResources, Settings } from "./definition.ts";

/** Secrets of the stage's accounts at providers: `rapport providers connect` makes them, so no stack knows them by name. */
const accountSecrets = ({ stage }: Pick<Settings, "stage">): string =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${accountSecretName({ stage, provider: "*", account: "*" })}`;

const acknowledged: readonly Acknowledgement[] = [
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:rapport/<stage>/providers/*/*]",
    resource: "Role/Resource",
    reason:
      "Accounts at providers are made and named by people after the deploy; nothing else has a name that begins so.",
  },
];

/** The right to read what is secret of any account at a provider, for a function's stack. */
export const readAccounts = {
  resources: ({ settings }): OwnResources => ({
    statements: [
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [accountSecrets(settings)],
      }),
    ],
  }),
  acknowledged,
} satisfies Pick<FunctionDefinition, "resources" | "acknowledged">;

/** A provider brought what nobody reads: one is enough, for it may be somebody's question. */
export const UNREAD: OwnAlarm = {
  alarm: "unread",
  metrics: { unread: { name: METRICS.payloadsUnread } },
  expression: "FILL(unread, 0)",
  threshold: 1,
  periodMinutes: 5,
};
