import { compilePattern } from "#domain/playbook/compile/event-pattern.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Deployment, RuleSettings, ScheduleSettings } from "./assembly/deployment.ts";
import { objectAt, textAt } from "./aws/json.ts";
import type { Place } from "./aws/place.ts";
import { readDueSources } from "./dynamodb/due-source.ts";
import type { TableStore } from "./dynamodb/store.ts";
import { type Buses, createBuses, type Rule, type RuleTarget } from "./eventbridge/buses.ts";
import { compileInput } from "./eventbridge/input.ts";
import type { Agenda } from "./machine/agenda.ts";
import type { CloudClock } from "./machine/clock.ts";
import type { Usage } from "./machine/usage.ts";
import { compileSchedule } from "./scheduler/expression.ts";
import { runSchedules, type Schedule, startSchedules } from "./scheduler/schedules.ts";
import { createTopics, type Topics } from "./sns/topics.ts";
import type { Queue } from "./sqs/queue.ts";
import { createQueues, type Queues } from "./sqs/queues.ts";
import type { StateDatabase } from "./state/database.ts";
import type { Settings } from "./state/settings.ts";

/** Queues, buses and topics, wired as the templates say. */
export type Messaging = {
  readonly queues: Queues;
  readonly buses: Buses;
  readonly topics: Topics;
  readonly queueAt: (arn: string) => Queue;
  readonly startSchedules: (store: TableStore) => void;
  /** Runs the recurring ones now, out of turn. */
  readonly runSchedules: (store: TableStore) => void;
};

/** What every service of the local cloud is built on. */
export type Foundation = {
  readonly database: StateDatabase;
  readonly settings: Settings;
  readonly clock: CloudClock;
  readonly agenda: Agenda;
  readonly usage: Usage;
  readonly place: Place;
  readonly deployment: Deployment;
};

export function createMessaging(around: Foundation): Messaging {
  const { clock, usage, place, deployment } = around;
  const queues = createQueues(deployment.queues, around);
  const queueAt = (arn: string): Queue => {
    const queue = queues.byArn(arn);
    if (queue === undefined)
      throw new Error(`the local cloud delivers to queues only; there is no queue ${arn}`);
    return queue;
  };
  /** Rules, topics and schedules send to queues on our bill. */
  const countSend = ({ settings: { fifo } }: Queue): void =>
    usage.request({ maker: "services", function: null, operation: "sqs:SendMessage", fifo });
  const deliver = (queue: Queue, body: string, groupId: string | undefined): void => {
    countSend(queue);
    queue.send({ body, ...(queue.settings.fifo ? { groupId: groupId ?? "" } : {}) });
  };
  const topics = createTopics(
    deployment.topics,
    deployment.subscriptions.map((one) => ({ ...one, queue: queueAt(one.queueArn) })),
    { now: clock.now, onDelivery: countSend },
  );
  const buses: Buses = createBuses(
    deployment.buses,
    deployment.rules.map((rule) => compileRule(rule)),
    { now: clock.now, account: place.account, region: place.region },
  );
  function compileRule(rule: RuleSettings): Rule {
    return {
      name: rule.name,
      bus: rule.bus,
      test: compilePattern(rule.pattern),
      targets: rule.targets.map((target) => compileTarget(target)),
    };
  }
  function compileTarget(target: JsonObject): RuleTarget {
    const arn = textAt(target, "Arn") ?? "";
    if (arn.includes(":event-bus/")) return (event) => buses.forward(arn, event);
    const queue = queueAt(arn);
    const input = compileInput(target);
    const groupId = textAt(objectAt(target, "SqsParameters"), "MessageGroupId");
    return (event) => deliver(queue, input(event), groupId);
  }
  return {
    queues,
    buses,
    topics,
    queueAt,
    startSchedules: (store) => startSchedules(deployment.schedules.map(planIn(store)), around),
    runSchedules: (store) => runSchedules(deployment.schedules.map(planIn(store))),
  };

  function planIn(store: TableStore): (schedule: ScheduleSettings) => Schedule {
    return (schedule) => {
      const queue = queueAt(schedule.targetArn);
      return {
        name: schedule.name,
        next: compileSchedule(schedule.expression, schedule.timeZone),
        once: schedule.expression.startsWith("at("),
        deliver: () => {
          usage.request({ maker: "services", function: null, operation: "scheduler:Invocation" });
          deliver(queue, filledInput(schedule, clock.now()), schedule.groupId);
        },
        earliestWork:
          schedule.skipWhileEmpty === null ? null : readDueSources(store, schedule.skipWhileEmpty),
      };
    };
  }
}

/** Context attributes that a schedule's input may name (EventBridge Scheduler user guide). */
function filledInput(schedule: ScheduleSettings, now: number): string {
  return schedule.input.replaceAll(
    "<aws.scheduler.scheduled-time>",
    `${new Date(now).toISOString().slice(0, 19)}Z`,
  );
}
