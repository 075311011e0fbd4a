import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod/mini";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbooks/playbook-store.ts";
import type { Account, DeployedStack, LivePlaybook } from "#ports/account.ts";
import { ask } from "#ports/checkup.ts";
import { awsQuery, elementIn } from "./aws/query.ts";
import type { Stage } from "./stage.ts";

const Document = z.object({
  brand: z.catchall(z.object({ providers: z.record(z.string(), z.string()) }), z.unknown()),
});
const Sender = z.object({ from: z.string() });

/** Stacks of an account, page by page, as far as they are of the stage. */
const stacksOf = async ({ aws, name }: Stage): Promise<readonly DeployedStack[]> => {
  const prefix = `rapport-${name}-`;
  const found: DeployedStack[] = [];
  let next: string | undefined;
  do {
    const xml = await awsQuery(aws, {
      service: "cloudformation",
      version: "2010-05-15",
      action: "DescribeStacks",
      parameters: next === undefined ? {} : { NextToken: next },
    });
    const names = [...xml.matchAll(/<StackName>([^<]*)<\/StackName>/g)].map(([, one = ""]) => one);
    const statuses = [...xml.matchAll(/<StackStatus>([^<]*)<\/StackStatus>/g)].map(([, one = ""]) => one);
    found.push(
      ...names.flatMap((one, index) =>
        one.startsWith(prefix) ? [{ id: one.slice(prefix.length), status: statuses[index] ?? "" }] : [],
      ),
    );
    next = elementIn(xml, "NextToken");
  } while (next !== undefined && next !== "");
  return found;
};

const subscribersOf = async (aws: object, topicArn: string) => {
  const xml = await awsQuery(aws, {
    service: "sns",
    version: "2010-03-31",
    action: "ListSubscriptionsByTopic",
    parameters: { TopicArn: topicArn },
  });
  const arns = [...xml.matchAll(/<SubscriptionArn>([^<]*)<\/SubscriptionArn>/g)].map(([, arn = ""]) => arn);
  const pending = arns.filter((arn) => !arn.startsWith("arn:")).length;
  return { confirmed: arns.length - pending, pending };
};

const livePlaybookIn = async (aws: object, table: string): Promise<LivePlaybook | null> => {
  const store = dynamoPlaybookStore({ client: new DynamoDBClient(aws), table });
  const version = await store.current();
  const text = version === null ? null : await store.document(version);
  if (version === null || text === null) return null;
  const { brand } = z.parse(Document, JSON.parse(text));
  const from = Object.entries(brand).flatMap(([channel, fields]) => {
    const sender = z.safeParse(Sender, fields);
    return sender.success ? [[channel, sender.data.from] as const] : [];
  });
  return { version, providers: brand.providers, from: Object.fromEntries(from) };
};

/** A stage in AWS, or in a local cloud that plays a part of it. */
export const awsAccount = (stage: Stage): Account => {
  const { aws, name } = stage;
  const parameters = new SSMClient(aws);
  const secrets = new SecretsManagerClient(aws);
  return {
    stacks: () => ask(stacksOf(stage)),
    published: (what) =>
      ask(
        parameters
          .send(new GetParameterCommand({ Name: `/rapport/${name}/${what}` }))
          .then(({ Parameter }) => Parameter?.Value ?? ""),
      ),
    hasSecret: (id) =>
      ask(
        secrets
          .send(new DescribeSecretCommand({ SecretId: id }))
          .then(
            ({ DeletedDate, VersionIdsToStages = {} }) =>
              DeletedDate === undefined && Object.keys(VersionIdsToStages).length > 0,
          ),
      ),
    subscribers: (topicArn) => ask(subscribersOf(aws, topicArn)),
    livePlaybook: (table) => ask(livePlaybookIn(aws, table)),
    reach: (url) =>
      fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
        ({ status }) => status,
        () => null,
      ),
  };
};
