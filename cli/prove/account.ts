import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { dynamoKeyRegister } from "#adapters/dynamodb/keys/key-register.ts";
import { inUse } from "#kernel/keyring.ts";
import { type RegisteredKey, SCOPES } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";
import type { CoreName } from "#runtime/names.ts";
import { readSecret } from "#runtime/secrets.ts";
import { countedHub } from "./hub.ts";
import type { Proof, ProofAccount } from "./port.ts";

export type AccountOptions = {
  readonly stage: string;
  /** Settings of an AWS client. */
  readonly aws: object;
  /** Where the hub answers; default: as its stage published. */
  readonly url: string | undefined;
  /** What the stage's core published under a name. */
  readonly published: (name: CoreName) => Promise<string>;
  /** The text of a new secret key. */
  readonly newKey: () => string;
  readonly doctor: ProofAccount["doctor"];
  readonly run: string;
  readonly until: Proof["until"];
  /** Called with each request of the hub. */
  readonly onRequest: () => void;
};

/** What lies there of others is theirs to move. */
const checkEmpty = async (client: SQSClient, url: string): Promise<void> => {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  if (count > 0) throw new Error(`${count} other dead letters lie there: nothing was moved`);
};

/** What the account of AWS and a local cloud have in common: a stage's keys, secrets and queues, over AWS clients. */
export const commonAccount = (given: AccountOptions) => {
  const { aws, doctor, newKey, published, run, until, onRequest } = given;
  let own: RegisteredKey | undefined;
  const register = async () =>
    dynamoKeyRegister({
      client: new DynamoDBClient(aws),
      table: await published("tables/keys"),
    });
  return {
    openHub: async () => {
      const text = newKey();
      const createdAt = new Date().toISOString();
      own = { hash: hashKey(text), kind: "secret", scopes: SCOPES, name: `prove ${run}`, createdAt };
      await (await register()).put(own);
      const url = given.url ?? (await published("api/url"));
      return countedHub({ url: url.replace(/\/+$/, ""), key: text, onRequest });
    },
    revokeKey: async () => {
      if (own !== undefined) await (await register()).revoke(own, new Date().toISOString());
    },
    doctor,
    linkKeys: async () => {
      const keys = await readSecret(await published("secrets/link-key"), aws);
      return inUse(keys, Date.now()).map(({ key }) => key);
    },
    redrive: async ({ body, group }) => {
      const client = new SQSClient(aws);
      const [url, source, destination] = await Promise.all([
        published("queues/inbox-dlq-url"),
        published("queues/inbox-dlq-arn"),
        published("queues/inbox-arn"),
      ]);
      await checkEmpty(client, url);
      const once = { MessageGroupId: group, MessageDeduplicationId: randomBytes(12).toString("hex") };
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...once }));
      await client.send(new StartMessageMoveTaskCommand({ SourceArn: source, DestinationArn: destination }));
      return until("the move to end", async () => {
        const { Results: [task] = [] } = await client.send(
          new ListMessageMoveTasksCommand({ SourceArn: source }),
        );
        return task?.Status === "RUNNING" ? undefined : task?.Status?.toLowerCase();
      });
    },
  } satisfies Partial<ProofAccount>;
};
