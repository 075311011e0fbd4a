import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { StateDatabase } from "../state/database.ts";
import { createMessageLog } from "./message-log.ts";
import type { QueueSettings } from "./model.ts";
import { createQueue, type Queue } from "./queue.ts";

/** Every queue of the assembly. */
export type Queues = {
  readonly byName: (name: string) => Queue | undefined;
  readonly byArn: (arn: string) => Queue | undefined;
  readonly all: () => readonly Queue[];
};

type Around = { readonly database: StateDatabase; readonly clock: CloudClock; readonly agenda: Agenda };

export function createQueues(settings: readonly QueueSettings[], around: Around): Queues {
  const log = createMessageLog(around.database);
  const found = new Map<string, Queue>();
  const byArn = (arn: string): Queue | undefined => found.get(arn);
  for (const one of settings) found.set(one.arn, createQueue(one, { ...around, log, byArn }));
  const byName = new Map([...found.values()].map((queue) => [queue.settings.name, queue]));
  return { byName: (name) => byName.get(name), byArn, all: () => [...found.values()] };
}
