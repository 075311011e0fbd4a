import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import { METRICS } from "#ports/metric-names.ts";
import { accountSecretName } from "#ports/provider-accounts.ts";
import { ENV, NO_DOMAIN } from "#runtime/names.ts";
import type { Acknowledgement, OwnAlarm, OwnResources, OwnResourcesScope, Settings } from "./definition.ts";

/** Below what mails lie among the originals. */
export const MAILS = "mail/";

/** Domains whose mail comes to the hub, for who asks for answers and who takes them in. */
export const inboundDomainsIn = ({ inboundDomains }: Settings): Readonly<Record<string, string>> => ({
  [ENV.inboundDomains]: inboundDomains.join(",") || NO_DOMAIN,
});

/** Secrets of the stage's accounts at a provider: `rapport providers connect` makes them, so no stack knows them by name. */
const accountSecrets = (stage: string, provider: string): string =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${accountSecretName({ stage, provider, account: "*" })}`;

/**
 * The right to read what is secret of accounts at a provider (`*`: at any), for a function's stack. No deploy is needed for
 * an account that is new.
 */
export const readAccountsOf = (provider: string) => ({
  add: ({ settings }: Pick<OwnResourcesScope, "settings">): OwnResources => ({
    statements: [
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [accountSecrets(settings.stage, provider)],
      }),
    ],
  }),
  acknowledged: [
    {
      rule: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:rapport/<stage>/providers/${provider}/*]`,
      resource: "Role/Resource",
      reason:
        "Accounts at providers are made and named by people after the deploy; nothing else has a name that begins so.",
    },
  ] satisfies readonly Acknowledgement[],
});

/** A provider brought what nobody reads: one is enough, for it may be somebody's question. */
export const UNREAD: OwnAlarm = {
  alarm: "unread",
  metrics: { unread: { name: METRICS.payloadsUnread } },
  expression: "FILL(unread, 0)",
  threshold: 1,
  periodMinutes: 5,
};
