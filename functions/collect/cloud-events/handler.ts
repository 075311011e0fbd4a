import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import { mapEnvelope } from "#domain/sources/map-envelope.ts";
import { dynamo, sqs } from "#runtime/aws.ts";
import { systemClock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { METRICS } from "#runtime/metric-names.ts";
import { count } from "#runtime/metrics.ts";
import { parse } from "#runtime/parse.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { readSecret } from "#runtime/secrets.ts";
import { workerHandler } from "#runtime/worker.ts";
import { EnvelopeSchema } from "./schema.ts";

const env = readEnv("inboxUrl", "identifierKeySecret", "playbooksTable");
const playbooks = playbookCache(
  dynamoPlaybookStore({ client: dynamo(), table: env.playbooksTable }),
  systemClock,
);
const inbox = sqsInbox({
  client: sqs(),
  queueUrl: env.inboxUrl,
  key: await readSecret(env.identifierKeySecret),
});

/** Events of AWS services, partners and devices: what the playbook's sources map goes to the inbox, the rest concerns nobody. */
export const handler = workerHandler(async function collectCloudEvent(record) {
  const envelope = parse(EnvelopeSchema, record.body);
  const { sources } = await playbooks.current();
  const events = mapEnvelope(sources, envelope, new Date(systemClock.now()).toISOString());
  if (events.length === 0) return count(METRICS.eventsRejected, 1, "no-source");
  await inbox.send(events);
  count(METRICS.eventsCollected, events.length);
});
