import { memoryHistoryStore } from "#adapters/memory/history-store.ts";
import { memoryWebhookStore } from "#adapters/memory/webhook-store.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { DomainEvent, Timer } from "#domain/records/effects.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import type { OutletAnswer, OutletCall } from "#ports/event-outlet.ts";
import { parse } from "#runtime/parse.ts";
import { system } from "#runtime/system.ts";
import { testPlaybook } from "../playbook/files.ts";

export const NINE = "2026-12-01T09:00:00.000Z";

export const WEBHOOKS = `
order-system:
  url: https://orders.example/events
  identifiers: [userId]
  events:
    - { on: Order Completed, if: event.total > 100, with: { total: event.total, name: customer.firstName } }
    - { on: Order Completed }
warehouse:
  url: https://warehouse.example/events
  account: shared
  events: [{ on: Order Completed }]
`;

/** How a system answers, and how long it takes, in milliseconds. */
export type Answering = { answer: OutletAnswer; takesMs: number };
export const TAKES: Answering = { answer: { result: "taken", status: 204 }, takesMs: 20 };
export const FAILS: Answering = {
  answer: { result: "failed", reason: "status 500", status: 500 },
  takesMs: 20,
};

/** Systems that are told of events, on a clock that the test turns: timers and what goes on the bus come back by themselves. */
export const tellingWorld = async (files: Record<string, string> = {}) => {
  const clock = { at: Date.parse(NINE), now: () => clock.at };
  const playbook: CompiledPlaybook = await testPlaybook({ "webhooks.yaml": WEBHOOKS, ...files });
  const answering = new Map<string, Answering>();
  const calls: (OutletCall & { readonly at: number })[] = [];
  const counted: string[] = [];
  const timers: Timer[] = [];
  const queue: DomainEvent[] = [];
  const secrets = new Map([
    ["order-system", { secret: "one" }],
    ["shared", { secret: "two" }],
  ]);
  const history = memoryHistoryStore();
  const webhooks = memoryWebhookStore();
  const customer = {
    ...newState("cus_1", NINE),
    identifiers: [
      { type: "userId", value: "kim", at: NINE },
      { type: "email", value: "kim@example.com", at: NINE },
    ],
    traits: { firstName: { value: "Kim", at: NINE, by: "evt_0" } },
  };
  const deps = {
    playbooks: { current: async () => playbook },
    history,
    customers: { load: async (id: string) => (id === "cus_1" ? newRecord(customer) : null) },
    webhooks,
    outlet: {
      secretsOf: async (account: string) => secrets.get(account) ?? null,
      call: async (call: OutletCall): Promise<OutletAnswer> => {
        calls.push({ ...call, at: clock.at });
        const { answer, takesMs } = answering.get(call.url) ?? TAKES;
        if (takesMs > call.patience.answerMs) {
          clock.at += call.patience.answerMs;
          return { result: "failed", reason: "no answer" };
        }
        clock.at += takesMs;
        return answer;
      },
    },
    timers: { set: async (set: readonly Timer[]) => void timers.push(...set) },
    bus: { publish: async (events: readonly DomainEvent[]) => void queue.push(...events) },
    clock,
    telemetry: { ...system.telemetry, count: (name: string) => void counted.push(name) },
  };
  return { answering, calls, clock, counted, deps, history, playbook, queue, secrets, timers, webhooks };
};
export type TellingWorld = Awaited<ReturnType<typeof tellingWorld>>;

/** An order of somebody, as it lies in history, and what is to be told of it. */
export const ordered = async (
  { history }: TellingWorld,
  webhook: string,
  n: number,
  more: Partial<WebhookDue> = {},
): Promise<WebhookDue> => {
  const eventId = `evt_${n}`;
  const body = { type: "track", name: "Order Completed", properties: { total: 120, card: "secret" } };
  await history.put([{ id: eventId, kind: "event", customerId: "cus_1", at: NINE, body }]);
  const told = { webhook, eventId, customerId: "cus_1", event: "Order Completed", since: NINE };
  return { ...WebhookDue.example, ...told, id: `whk_${webhook}_${n}`, ...more };
};

/** What came back by the bus. */
export const drained = ({ queue }: TellingWorld): readonly WebhookDue[] =>
  queue.splice(0).map(({ detail }) => parse(WebhookDue.schema, detail));
