import type { AccountSecrets } from "#ports/provider-accounts.ts";
import type { Alarms } from "./alarms/alarms.ts";
import { createCloudwatchService } from "./alarms/service.ts";
import { arn } from "./aws/place.ts";
import { createPeopleBook } from "./cognito/people.ts";
import { createUserPoolService } from "./cognito/service.ts";
import { createDynamoService, declareTable } from "./dynamodb/service.ts";
import { createTableStore, type TableStore } from "./dynamodb/store.ts";
import { createTransactions } from "./dynamodb/transactions.ts";
import { createTimeToLive, type TimeToLive } from "./dynamodb/ttl.ts";
import { createEventBridgeService } from "./eventbridge/buses.ts";
import { createFirehoseService } from "./firehose/service.ts";
import type { Services } from "./gateway.ts";
import type { Foundation, Messaging } from "./messaging.ts";
import { triedAccounts } from "./providers/accounts.ts";
import { createCounter, createOutbox, type Outbox } from "./providers/outbox.ts";
import { type Providers, playProviders } from "./providers/play.ts";
import { createObjectStore } from "./s3/objects.ts";
import { createPutObject } from "./s3/put-object.ts";
import { createS3Service } from "./s3/service.ts";
import { createSecretsService, type KnownSecrets, readSecrets } from "./secretsmanager/service.ts";
import { createSnsService } from "./sns/topics.ts";
import { createSqsService } from "./sqs/service.ts";
import { createParametersService } from "./ssm/service.ts";

type Around = Foundation & {
  readonly messaging: Messaging;
  readonly alarms: Pick<Alarms, "list">;
  readonly smtpUrl: string | undefined;
  /** Whether it is for real customers: then nothing is only played. */
  readonly served: boolean;
  readonly knownSecrets: KnownSecrets;
  /** What is secret of accounts that lead to a port of this machine, by provider. */
  readonly listening: Readonly<Record<string, AccountSecrets>>;
};

export type Emulation = {
  readonly services: Services;
  readonly outbox: Outbox;
  readonly providers: Providers;
  readonly store: TableStore;
  readonly timeToLive: TimeToLive;
};

/** Every AWS service the functions may call, over the state and the wiring. */
export function createServices(around: Around): Emulation {
  const { database, settings, clock, agenda, usage, place, deployment, messaging, smtpUrl, served } = around;
  const { now } = clock;
  const store = createTableStore(database);
  const timeToLive = createTimeToLive(database, store, now);
  const arnOf = (table: string): string => arn(place, "dynamodb", `table/${table}`);
  for (const table of deployment.tables) {
    const declared = declareTable({ store, arnOf, now }, table.definition);
    timeToLive.set(declared.TableName, table.ttlAttribute);
  }
  const transactions = createTransactions(database, store, now);
  const outbox = served ? createCounter() : createOutbox(database);
  const secrets = readSecrets(deployment, around.knownSecrets, settings);
  const objects = createObjectStore(database);
  const put = createPutObject({
    objects,
    buckets: deployment.resources("AWS::S3::Bucket"),
    buses: messaging.buses,
    now,
  });
  const providers = playProviders({ place, deployment, messaging, outbox, put, now, smtpUrl, served });
  return {
    outbox,
    providers,
    store,
    timeToLive,
    services: {
      dynamodb: createDynamoService({ store, transactions, timeToLive, usage, arnOf, now }),
      sqs: createSqsService({ queues: messaging.queues, clock, agenda }),
      events: createEventBridgeService(messaging.buses),
      sns: createSnsService(messaging.topics),
      ssm: createParametersService(deployment.parameters),
      secretsmanager: createSecretsService({
        secrets: [...secrets, ...(served ? [] : triedAccounts(settings, around.listening))],
        settings,
        place,
        now,
      }),
      s3: createS3Service({ objects, buckets: new Set(deployment.buckets), put }),
      "cognito-idp": createUserPoolService(place.logsIn === true ? createPeopleBook(settings) : null),
      cloudwatch: createCloudwatchService(deployment, around.alarms),
      firehose: createFirehoseService(deployment.streams, objects, now),
      ...providers.services,
    },
  };
}
