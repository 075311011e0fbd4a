import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import type { EmailMessage } from "#channels/email/message.ts";
import { render } from "#channels/email/render.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Address, CustomerRecord } from "#domain/records/customer.ts";
import type { DomainEvent, Timer } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import type { AddressConsent, Consent, Contact } from "#domain/records/permission.ts";
import type { MessageRequested } from "#events/message-requested.ts";
import type { Json } from "#kernel/json.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { ConnectedSender, SendResult } from "#ports/provider.ts";
import { system } from "#runtime/system.ts";
import type { SendDependencies } from "#usecases/send/dependencies.ts";
import { onlyRoute, type Routing } from "#usecases/send/routing.ts";
import { sendOne } from "#usecases/send/send-one.ts";
import { unlimitedRate } from "#usecases/send/sending-rate.ts";
import { NOW } from "../customers/events.ts";
import { type MortalProcess, mortalProcess } from "./mortal-process.ts";

export const AT = new Date(NOW - 3_600_000).toISOString();

export const customer = (
  options: {
    traits?: Record<string, Json>;
    addresses?: readonly Partial<Address>[];
    consent?: readonly Partial<Consent>[];
    contacts?: readonly Contact[];
  } = {},
): CustomerRecord => {
  const addresses = options.addresses ?? [{}];
  const consent = options.consent ?? [{}];
  return {
    ...newRecord({
      ...newState("cus_test", AT),
      version: 1,
      traits: Object.fromEntries(
        Object.entries(options.traits ?? {}).map(([name, value]) => [name, { value, at: AT, by: "evt_1" }]),
      ),
      addresses: addresses.map((address) => ({
        channel: "email",
        value: "ada@example.com",
        status: "active",
        at: AT,
        ...address,
      })),
    }),
    contact: { version: 4, entries: options.contacts ?? [], coolDowns: {} },
    consent: {
      entries: Object.fromEntries(
        consent.map((given) => {
          const entry: Consent = {
            channel: "email",
            topic: "marketing",
            status: "granted",
            kind: "express",
            source: "test",
            at: AT,
            ...given,
          };
          return [`${entry.channel}|${entry.topic}`, entry] as const;
        }),
      ),
    },
  };
};

export const requestFor = (message: Message): MessageRequested => ({
  v: 1,
  messageId: message.messageId,
  customerId: message.customerId,
  decisionId: message.decisionId,
  channel: message.channel,
  lane: message.lane,
  attempt: 0,
});

export type SendingWorld = {
  readonly messages: Map<string, Message>;
  readonly sent: EmailMessage[];
  readonly timers: Timer[];
  readonly told: CollectedEvent[];
  /** What the reports hear. */
  readonly published: DomainEvent[];
  readonly suppress: (address: string) => Promise<void>;
  /** Somebody says by a message's link what holds at the address. */
  readonly say: (address: string, said: AddressConsent) => Promise<void>;
  /** Names of what was done, in order. */
  readonly steps: string[];
  /** Kills the process just before or just after its step of that number (0 is the first). */
  readonly crashAt: (step: number, side: "before" | "after") => void;
  /** Answers of the provider, first to last; then it accepts. A thrown one is an answer that never came. */
  readonly answers: (SendResult | Error)[];
  clock: number;
  /** What happens while a message waits for its turn with the provider. */
  beforeCall: () => void;
  record: CustomerRecord | null;
  /** Writes over the contact history of `record`. */
  contacts: ContactStore;
  /** The published version; at first the message's own. */
  live: CompiledPlaybook;
  /** Hands the request to a fresh process. */
  readonly deliver: (request: MessageRequested) => Promise<void>;
  /** Delivers again after the queue's visibility timeout, and what timers ask for, until nothing is left. */
  readonly settle: (request: MessageRequested) => Promise<number>;
};

const VISIBILITY_MS = 90_000;

/** Everything that sending touches, in memory, with a process that can be killed at every step. */
export const sendingWorld = (
  playbook: CompiledPlaybook,
  message: Message,
  /** Where the world's own provider is not all there is. */
  routing?: (world: Pick<SendingWorld, "clock">) => Routing<EmailMessage>,
): SendingWorld => {
  const messages = new Map([[message.messageId, message]]);
  const store = memoryMessageStore(messages);
  const suppressions = memorySuppressionStore();
  const mortal = mortalProcess();
  const world: SendingWorld = {
    messages,
    sent: [],
    timers: [],
    told: [],
    published: [],
    steps: mortal.steps,
    answers: [],
    clock: NOW,
    beforeCall: () => {},
    record: customer(),
    live: playbook,
    contacts: {
      save: async (_customerId, contact) => {
        const { record } = world;
        if (record === null || record.contact.version !== contact.version - 1) return false;
        world.record = { ...record, contact };
        return true;
      },
    },
    suppress: (address) => suppressions.add(message.channel, address, { reason: "bounced", at: AT }),
    say: (address, said) => suppressions.say(message.channel, address, said),
    crashAt: mortal.crashAt,
    deliver: async (request) => {
      mortal.start();
      await sendOne(dependencies, request);
    },
    settle: async (request) => {
      const due = [request];
      let deliveries = 0;
      for (let next = due.shift(); next !== undefined && deliveries < 50; next = due.shift()) {
        deliveries += 1;
        try {
          await world.deliver(next);
        } catch {
          world.clock += VISIBILITY_MS;
          due.push(next);
        }
        for (const timer of world.timers.splice(0)) {
          world.clock = Math.max(world.clock, Date.parse(timer.due));
          due.push({ ...request, attempt: Number(timer.event.detail.attempt) });
        }
      }
      return deliveries;
    },
  };

  const own = dependenciesOf(world, { step: mortal.step, store, suppressions, playbook });
  const dependencies = routing === undefined ? own : { ...own, routing: routing(world) };
  return world;
};

/** What the sender of mail is given: each call is a step at which its process may die. */
const dependenciesOf = (
  world: SendingWorld,
  {
    step,
    store,
    suppressions,
    playbook,
  }: {
    readonly step: MortalProcess["step"];
    readonly store: ReturnType<typeof memoryMessageStore>;
    readonly suppressions: ReturnType<typeof memorySuppressionStore>;
    readonly playbook: CompiledPlaybook;
  },
): SendDependencies<EmailMessage> => {
  const sender: ConnectedSender<EmailMessage> = {
    send: (rendered) =>
      step("provider", async () => {
        const answer = world.answers.shift();
        if (answer instanceof Error) throw answer;
        if (answer !== undefined && answer.result !== "accepted") return answer;
        world.sent.push(rendered);
        return answer ?? { result: "accepted", providerMessageId: `ses-${world.sent.length}` };
      }),
  };

  return {
    channel: "email",
    render,
    routing: {
      ...onlyRoute({ provider: "test", account: "default", send: sender.send, rate: unlimitedRate }),
      inTurn: (work) => {
        world.beforeCall();
        return work();
      },
    },
    messages: {
      get: store.get,
      claim: (...args) => step("claim", () => store.claim(...args)),
      record: (...args) => step("record", () => store.record(...args)),
    },
    customers: { load: () => step("load", async () => world.record) },
    contacts: { save: (...args) => step("release", () => world.contacts.save(...args)) },
    suppressions: { find: (...args) => step("suppressions", () => suppressions.find(...args)) },
    timers: {
      set: (timers) =>
        step("timer", async () => {
          world.timers.push(...timers);
        }),
    },
    inbox: {
      send: (events) =>
        step("inbox", async () => {
          world.told.push(...events);
        }),
    },
    bus: {
      publish: (events) =>
        step("bus", async () => {
          world.published.push(...events);
        }),
    },
    playbook: async () => playbook.document,
    livePlaybook: async () => world.live.document,
    publicUrl: "https://hub.example",
    linkKeys: async () => ["secret"],
    clock: { now: () => world.clock },
    telemetry: system.telemetry,
  };
};
