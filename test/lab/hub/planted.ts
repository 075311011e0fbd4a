import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Consent } from "#domain/records/permission.ts";
import { JobTurn } from "#events/job-turn.ts";
import { OutcomeCounted } from "#events/outcome-counted.ts";
import type { Planted } from "#lab/hub/environment.ts";
import type { Ports } from "#lab/hub/stores.ts";
import { sendOne } from "#usecases/send/send-one.ts";

/** A mistake that this repository once made, put in again around what is right today. */
export type Mistake = {
  readonly what: string;
  /** The commit that mended it. */
  readonly mendedBy: string;
  /** The promise that it breaks. */
  readonly breaks: string;
  readonly planted: Planted;
};

const around = (change: (ports: Ports) => Partial<Ports>): Planted => ({
  ports: (ports) => ({ ...ports, ...change(ports) }),
});

const names = (one: string, other: string): boolean => one !== "*" && other === "*";

/** Without withdrawals that a later yes would undo if it did not matter that it leaves open what they name. */
const withoutOverruled = (record: CustomerRecord | null): CustomerRecord | null => {
  if (record === null) return null;
  const all = Object.values(record.consent.entries);
  const isUndone = ({ status, at, channel, topic }: Consent): boolean =>
    status === "withdrawn" &&
    all.some(
      (grant) =>
        grant.status === "granted" &&
        grant.at > at &&
        (names(channel, grant.channel) || names(topic, grant.topic)),
    );
  const entries = Object.entries(record.consent.entries).filter(([, entry]) => !isUndone(entry));
  return { ...record, consent: { ...record.consent, entries: Object.fromEntries(entries) } };
};

/** As if the company itself had said everything. */
const trusting = (record: CustomerRecord | null): CustomerRecord | null => {
  if (record === null) return null;
  const entries = Object.values(record.consent.entries).map(
    (entry) => [`${entry.channel}|${entry.topic}`, { ...entry, standing: "trusted" as const }] as const,
  );
  return { ...record, consent: { ...record.consent, entries: Object.fromEntries(entries) } };
};

/** Mistakes that nobody made, of promises that came later. */
export const NEVER_MADE: readonly Omit<Mistake, "mendedBy">[] = [
  {
    what: "a decision is reported as often as it is told",
    breaks: "what is recorded is reported once",
    planted: around(({ reports }) => ({
      reports: {
        ...reports,
        marks: async (ids) => (await reports.marks(ids)).map((mark) => ({ ...mark, decided: false })),
      },
    })),
  },
  {
    what: "how far a customer's messages are taken is not written with them",
    // What tells of the message is tried until it lies among the dead letters.
    breaks: "an accepted event is applied exactly once",
    planted: around(({ conversations }) => ({
      conversations: { ...conversations, save: ({ threads }) => conversations.save({ threads }) },
    })),
  },
  {
    what: "a message is reported as sent by those alone that were not killed",
    breaks: "what is recorded is reported once",
    planted: around(({ bus }) => ({
      bus: {
        publish: async (events) =>
          bus.publish(
            events.filter(
              ({ name, detail }) => name !== OutcomeCounted.name || !String(detail.eventId).endsWith("0"),
            ),
          ),
      },
    })),
  },
  {
    what: "a part of a send's walk is never asked for",
    breaks: "a send asks everybody who was there, once",
    planted: around(({ bus }) => ({
      bus: {
        publish: async (events) =>
          bus.publish(events.filter(({ name, detail }) => name !== JobTurn.name || detail.slice !== 3)),
      },
    })),
  },
  {
    what: "senders ask a person what they want, and not the mailbox",
    breaks: "no offer leaves after a withdrawal was applied, and no consent is lost",
    planted: around(({ suppressions }) => ({
      suppressions: {
        ...suppressions,
        find: async (channel, addresses) => {
          const found = await suppressions.find(channel, addresses);
          return new Map([...found].map(([address, facts]) => [address, { ...facts, said: [] }]));
        },
      },
    })),
  },
  {
    what: "a yes by a public key counts before it is confirmed",
    breaks: "no offer leaves after a withdrawal was applied, and no consent is lost",
    planted: around(({ customers }) => ({
      customers: {
        ...customers,
        load: async (customerId) => trusting(await customers.load(customerId)),
        find: async (ref) => trusting(await customers.find(ref)),
      },
    })),
  },
  {
    what: "whoever is made up for an address has it asked to confirm once more",
    breaks: "an address is asked to confirm once a day, until it answers",
    planted: around(({ confirmations }) => ({
      confirmations: { ...confirmations, mayAsk: async () => true },
    })),
  },
];

export const MISTAKES: readonly Mistake[] = [
  {
    what: "what never left keeps its place under caps",
    mendedBy: "e7f27ea",
    breaks: "nobody gets more offers than the caps allow, and what never left takes no place",
    planted: around(() => ({ contacts: { save: async () => true } })),
  },
  {
    what: "a decision whose worker died before the log is not logged when its work comes again",
    mendedBy: "0c9b041",
    breaks:
      "every message that leaves has its decision, and every decision is in the log or counted as missing",
    planted: around(() => ({ dataKeys: { keysOf: async () => new Map() } })),
  },
  {
    what: "senders ask the version that decided, not the one that is live",
    mendedBy: "64828b8",
    breaks: "no offer leaves in the quiet hours of the version that is live",
    planted: {
      send: async (deps, requested) => {
        const message = await deps.messages.get(requested.messageId);
        const version = message?.playbook;
        const livePlaybook = version === undefined ? deps.livePlaybook : () => deps.playbook(version);
        await sendOne({ ...deps, livePlaybook }, requested);
      },
    },
  },
  {
    what: "a general yes undoes the withdrawal for a channel",
    mendedBy: "0915970",
    breaks: "no offer leaves after a withdrawal was applied, and no consent is lost",
    planted: around(({ customers }) => ({
      customers: {
        ...customers,
        load: async (customerId) => withoutOverruled(await customers.load(customerId)),
        find: async (ref) => withoutOverruled(await customers.find(ref)),
      },
    })),
  },
  {
    what: "a visitor whose merge is told first is counted beside whom they have become",
    mendedBy: "e020154",
    breaks: "a person counts once in an experiment",
    planted: around(({ experiments }) => ({
      experiments: {
        ...experiments,
        count: (experiment, change) => {
          const units = [...change.units].filter(([, unit]) => !("movedTo" in unit && unit.version === 1));
          return experiments.count(experiment, { ...change, units: new Map(units) });
        },
      },
    })),
  },
  {
    what: "nobody looks after a message whose sender could not be told",
    mendedBy: "96bdbba",
    breaks: "nothing stays requested past its deadline",
    planted: around(({ decisions }) => ({
      decisions: {
        ...decisions,
        commit: (write) =>
          decisions.commit({
            ...write,
            messages: write.messages.map(({ sweepAt: _, ...message }) => message),
          }),
      },
    })),
  },
];
