import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { sqsInbox } from "../../../shared/adapters/sqs/inbox.ts";
import { mapEnvelope } from "../../../shared/domain/sources/map-envelope.ts";
import { dynamo, sqs } from "../../../shared/runtime/aws.ts";
import { systemClock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { METRICS } from "../../../shared/runtime/metric-names.ts";
import { count } from "../../../shared/runtime/metrics.ts";
import { parse } from "../../../shared/runtime/parse.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
import { readSecret } from "../../../shared/runtime/secrets.ts";
import { workerHandler } from "../../../shared/runtime/worker.ts";
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
