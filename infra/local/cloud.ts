import { availableParallelism } from "node:os";
import { createAgenda } from "./agenda.ts";
import { type Deployment, readDeployment } from "./assembly/deployment.ts";
import { functionName } from "./assembly/identities.ts";
import { ACCOUNT, type Place, REGION } from "./assembly/place.ts";
import { readAssembly } from "./assembly/read.ts";
import { resolveStacks } from "./assembly/resolve-stacks.ts";
import { createGateway } from "./aws/gateway.ts";
import { createClock } from "./clock.ts";
import { createControl } from "./control/control.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createHttpApi, type HttpApi } from "./http/api.ts";
import { createRouteTable } from "./http/routes.ts";
import { LOOPBACK, listen } from "./http/server.ts";
import { startEventSource } from "./lambda/event-source.ts";
import { createFunctionPool, type FunctionPool } from "./lambda/pool.ts";
import { createLogBook, type LogBook } from "./log-book.ts";
import { createMessaging } from "./messaging.ts";
import { createMetricBook, type MetricBook } from "./metric-book.ts";
import type { Outbox } from "./providers/outbox.ts";
import { createServices } from "./services.ts";
import { openState } from "./state/database.ts";
import { createSettings } from "./state/settings.ts";
import { createTimeTravel, type TimeTravel } from "./time-travel.ts";
import { createUsage, type Usage } from "./usage.ts";

export type LocalCloudOptions = {
  /** Folder of a synthesized CDK app (`cdk.out`). */
  readonly assembly: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Folder that survives restarts, or null to keep everything in memory. */
  readonly stateDirectory: string | null;
  /** `smtp://...`: mail is really sent. */
  readonly smtpUrl?: string | undefined;
  /** Called with every line a function logs. */
  readonly onLog?: (label: string, line: string) => void;
};
export type LocalCloud = {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly string[];
  readonly outbox: Outbox;
  readonly usage: Usage;
  readonly faults: Faults;
  readonly logs: LogBook;
  readonly metrics: MetricBook;
  readonly time: TimeTravel;
  readonly deployment: Deployment;
  readonly stop: () => Promise<void>;
};

/**
 * Brings a synthesized CDK app to life in this process: tables, queues, buses, topics, schedules, functions in worker
 * threads and the HTTP API, on one loopback port. Resolves when every function is warm.
 * @throws Error naming what the templates hold that is not known here
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const server = await listen(options.port);
  const place: Place = { region: REGION, account: ACCOUNT, url: server.url };
  const database = openState(options.stateDirectory);
  const closers: (() => Promise<void> | void)[] = [() => server.stop()];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0)) await close();
    database.close();
  };
  try {
    const deployment = readDeployment(resolveStacks(readAssembly(options.assembly), place), place);
    const settings = createSettings(database);
    const clock = createClock(Number(settings.get("clock-offset") ?? 0));
    const agenda = createAgenda(clock);
    closers.push(() => agenda.stop());
    const usage = createUsage(clock.now);
    const faults = createFaults();
    const metrics = createMetricBook();
    const logs = createLogBook(clock.now, (label, line) => {
      metrics.read(line);
      options.onLog?.(label, line);
    });
    const core = { database, settings, clock, agenda, usage, place, deployment };
    const messaging = createMessaging(core);
    const { services, outbox, timeToLive, store } = createServices({
      ...core,
      messaging,
      smtpUrl: options.smtpUrl,
    });
    const gateway = createGateway({ services, faults, usage });
    /** Nothing is answered before it is on disk. */
    const answered = async <T>(response: T): Promise<T> => {
      await database.committed();
      return response;
    };
    const pools = createPools(deployment, {
      endpoint: { host: LOOPBACK, port: server.port },
      clock: clock.shared,
      faults,
      usage,
      log: logs.add,
      request: async (request, label, crash) => {
        const [path = "/", query = ""] = request.path.split("?");
        return answered(await gateway({ ...request, path, query, caller: label }, crash));
      },
    });
    closers.unshift(() => Promise.all([...pools.values()].map((pool) => pool.stop())).then(() => {}));
    await warmAll([...pools.values()]);
    const sources = deployment.eventSources.map((source) =>
      startEventSource(
        {
          ...source,
          queue: messaging.queueAt(source.queueArn),
          pool: poolFor(pools, source.functionArn),
          region: REGION,
        },
        usage,
      ),
    );
    closers.unshift(() => {
      for (const source of sources) source.stop();
    });
    let openRequests = 0;
    const isIdle = (): boolean =>
      openRequests === 0 &&
      sources.every((source) => source.active() === 0 && !source.queue.receivable()) &&
      [...pools.values()].every((pool) => pool.running() === 0);
    const time = createTimeTravel({
      clock,
      agenda,
      settings,
      isIdle,
      sweep: timeToLive.sweep,
      committed: database.committed,
    });
    closers.unshift(() => time.stop());
    messaging.startSchedules(store);
    const api = createApi(deployment, pools, clock.now);
    const control = createControl({
      place,
      deployment,
      outbox,
      usage,
      faults,
      logs,
      metrics,
      time,
      messaging,
      clock,
    });
    server.open({
      control,
      aws: async (request) => {
        const response = await gateway(request, () => {});
        return answered(response ?? { status: 500, headers: {}, body: "a crash was injected" });
      },
      api: async (request) => {
        openRequests += 1;
        try {
          const response = await api(request);
          usage.http(response.status);
          return await answered(response);
        } finally {
          openRequests -= 1;
        }
      },
    });
    await database.committed();
    return {
      url: server.url,
      port: server.port,
      functions: [...pools.values()].map((pool) => pool.settings.label),
      outbox,
      usage,
      faults,
      logs,
      metrics,
      time,
      deployment,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As many starts at once as there are cores: more would only raise the peak of memory. */
async function warmAll(pools: readonly FunctionPool[]): Promise<void> {
  const waiting = [...pools];
  const startNext = async (): Promise<void> => {
    for (let pool = waiting.shift(); pool !== undefined; pool = waiting.shift()) await pool.warm();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, startNext));
}

type PoolAround = Parameters<typeof createFunctionPool>[1];

const createPools = (deployment: Deployment, around: PoolAround): ReadonlyMap<string, FunctionPool> =>
  new Map(deployment.functions.map((one) => [one.name, createFunctionPool(one, around)]));

function poolFor(pools: ReadonlyMap<string, FunctionPool>, nameOrArn: string): FunctionPool {
  const pool = pools.get(functionName(nameOrArn));
  if (pool === undefined) throw new Error(`no function named ${nameOrArn}`);
  return pool;
}

function createApi(
  deployment: Deployment,
  pools: ReadonlyMap<string, FunctionPool>,
  now: () => number,
): HttpApi {
  const api = deployment.api;
  const routes = (api?.routes ?? []).map(([key, name]): readonly [string, FunctionPool] => [
    key,
    poolFor(pools, name),
  ]);
  return createHttpApi({
    id: api?.id ?? "local",
    routes: createRouteTable(routes),
    cors: api?.cors ?? null,
    now,
  });
}
