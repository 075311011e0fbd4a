import type { Deployment } from "../assembly/deployment.ts";
import { objectAt, parseObject, textAt } from "../aws/json.ts";
import type { Outcome } from "../lambda/function.ts";
import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { Queues } from "../sqs/queues.ts";
import { type AlarmState, judge } from "./evaluate.ts";
import { minuteOf, timeOf } from "./recorded.ts";
import { type AlarmSettings, type LineFilter, type MetricId, readAlarm, readLineFilter } from "./settings.ts";
import { type Watched, type WatchedMetrics, watchMetrics, windowOf } from "./watched.ts";

/** The alarms of the templates, evaluated by the local clock at the end of each minute in which something may change. */
export type Alarms = {
  readonly list: () => readonly Alarm[];
  /** Takes a value of a metric that a function wrote. */
  readonly record: (metric: MetricId, value: number) => void;
  /** Takes the end of an invocation. */
  readonly ended: (functionName: string, outcome: Outcome) => void;
  /** Takes a line that a function logged. */
  readonly logged: (label: string, line: string) => void;
};
export type Alarm = {
  readonly name: string;
  readonly state: AlarmState;
  /** ISO-8601 */
  readonly since: string;
  /** In words, for people. */
  readonly reason: string;
};

type Around = {
  readonly deployment: Deployment;
  readonly queues: Queues;
  readonly agenda: Agenda;
  readonly clock: CloudClock;
  /** Called when an alarm goes off, or is over. */
  readonly onChange: (alarm: Alarm) => void;
};

type Running = { readonly settings: AlarmSettings; now: Alarm };

/** An alarm over hours is looked at so often within them. */
const LOOKS = 12;

/** @throws Error naming an alarm, a filter or a metric that cannot be evaluated here */
export function createAlarms(around: Around): Alarms {
  const { deployment, clock, agenda, queues, onChange } = around;
  const settings = deployment.resources("AWS::CloudWatch::Alarm").map(readAlarm);
  const functions = deployment.functions.map(({ name }) => name);
  const watched = watchMetrics(settings, { queues, functions });
  const filters = filtersByLabel(deployment);
  const since = isoOf(clock.now());
  const running = settings.map((one): Running => {
    return { settings: one, now: { name: one.name, state: "INSUFFICIENT_DATA", since, reason: "" } };
  });
  let due: { readonly minute: number; readonly cancel: () => void } | null = null;

  const lookAt = (minute: number): void => {
    if (due !== null && due.minute <= minute) return;
    due?.cancel();
    due = { minute, cancel: agenda.at(timeOf(minute), look) };
  };
  const wake = (): void => {
    if (running.length > 0) lookAt(minuteOf(clock.now()) + 1);
  };
  /** Alarms are no work of the hub: whoever moves the clock does not count them. */
  function look(): "skipped" {
    due = null;
    evaluate();
    return "skipped";
  }
  function evaluate(): void {
    const end = minuteOf(clock.now());
    for (const { gauge, recorded } of watched.all) {
      if (gauge !== null) recorded.sample(end - 1, gauge.now(clock.now()));
    }
    for (const alarm of running) {
      const before = alarm.now;
      alarm.now = judgeAt(alarm, watched, end);
      if (alarm.now.state !== before.state && before.state !== "INSUFFICIENT_DATA") onChange(alarm.now);
      if (!isAtRest(alarm, watched, end))
        lookAt(end + Math.max(1, Math.floor(windowOf(alarm.settings) / LOOKS)));
    }
  }
  const record = (metric: MetricId, value: number): void => {
    if (watched.record(metric, minuteOf(clock.now()), value)) wake();
  };
  for (const { gauge } of watched.all) gauge?.queue.onReady(wake);
  wake();
  return {
    list: () => {
      evaluate();
      return running.map(({ now }) => now);
    },
    record,
    ended: (functionName, outcome) => {
      for (const name of metricsOf(outcome)) {
        record({ namespace: "AWS/Lambda", name, dimensions: { FunctionName: functionName } }, 1);
      }
      wake();
    },
    logged: (label, line) => {
      for (const { level, namespace, name } of filters.get(label) ?? []) {
        if (levelOf(line, level) === level) record({ namespace, name, dimensions: {} }, 1);
      }
    },
  };
}

const isoOf = (time: number): string => new Date(time).toISOString();

const metricsOf = (outcome: Outcome): readonly string[] => {
  if (outcome.ok) return ["Invocations"];
  return ["Invocations", outcome.errorType === "TooManyRequestsException" ? "Throttles" : "Errors"];
};

/** Most lines are none: they are not parsed. */
const levelOf = (line: string, wanted: string): string | undefined =>
  line.includes(wanted) ? textAt(parseObject(line) ?? {}, "level") : undefined;

const metricsBehind = ({ settings }: Running, watched: WatchedMetrics): readonly Watched[] =>
  [...settings.metrics.values()].flatMap(({ metric }) => watched.of(metric) ?? []);

function judgeAt(alarm: Running, watched: WatchedMetrics, end: number): Alarm {
  const { settings, now } = alarm;
  const values = new Map(
    [...settings.metrics].map(([id, measured]) => [
      id,
      watched.of(measured.metric)?.recorded.series(measured, end, settings.ofPeriods) ?? [],
    ]),
  );
  const { state, reason } = judge(settings, settings.expression.evaluate(values), now.state);
  const parts = metricsBehind(alarm, watched).flatMap((one) => (one.parts === "" ? [] : [one.parts]));
  const why = state === "ALARM" && parts.length > 0 ? `${reason}, lately ${parts.join("; ")}` : reason;
  const since = state === now.state ? now.since : isoOf(timeOf(end));
  return { name: settings.name, state, since, reason: `${why}. ${settings.description}` };
}

/** Nothing it looks at changes by the passing of time alone: no need to look before something happens. */
function isAtRest(alarm: Running, watched: WatchedMetrics, end: number): boolean {
  const { settings, now } = alarm;
  return metricsBehind(alarm, watched).every(({ gauge, recorded }) =>
    gauge === null
      ? recorded.isEmpty(end, windowOf(settings))
      : recorded.last() === 0 || now.state === "ALARM",
  );
}

/** Which filters read the lines of a function, by its label. */
function filtersByLabel(deployment: Deployment): ReadonlyMap<string, readonly LineFilter[]> {
  const filters = deployment.resources("AWS::Logs::MetricFilter").map(readLineFilter);
  const labels = new Map(deployment.functions.map(({ name, label }) => [name, label]));
  return new Map(
    deployment.resources("AWS::Lambda::Function").map(({ properties, identity }) => {
      const group =
        textAt(objectAt(properties, "LoggingConfig"), "LogGroup") ?? `/aws/lambda/${identity.ref}`;
      return [labels.get(identity.ref) ?? "", filters.filter(({ logGroup }) => logGroup === group)] as const;
    }),
  );
}
