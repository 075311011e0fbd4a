import { mapEnvelope } from "#domain/sources/map-envelope.ts";
import { METRICS } from "#ports/metric-names.ts";
import { systemClock } from "#runtime/clock.ts";
import { count } from "#runtime/metrics.ts";
import { parse } from "#runtime/parse.ts";
import { inbox, playbooks } from "#runtime/stores.ts";
import { workerHandler } from "#runtime/worker.ts";
import { EnvelopeSchema } from "./schema.ts";

const live = playbooks().current;
const toInbox = await inbox();

/** Events of AWS services, partners and devices: what the playbook's sources map goes to the inbox, the rest concerns nobody. */
export const handler = workerHandler(async function collectCloudEvent(record) {
  const envelope = parse(EnvelopeSchema, record.body);
  const { sources } = await live();
  const events = mapEnvelope(sources, envelope, new Date(systemClock.now()).toISOString());
  if (events.length === 0) return count(METRICS.eventsRejected, 1, "no-source");
  await toInbox.send(events);
  count(METRICS.eventsCollected, events.length);
});
