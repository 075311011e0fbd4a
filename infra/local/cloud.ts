import type { Alarms } from "./alarms/alarms.ts";
import { type Deployment, readDeployment } from "./assembly/deployment.ts";
import { readAssembly } from "./assembly/read.ts";
import { resolveStacks } from "./assembly/resolve-stacks.ts";
import { ACCOUNT, type Place, REGION } from "./aws/place.ts";
import type { AwsRequest } from "./aws/protocol.ts";
import { createIssuer } from "./cognito/issuer.ts";
import { type Changes, createChanges } from "./control/changes.ts";
import { createControl } from "./control/control.ts";
import { createLatestDecisions } from "./control/latest-decisions.ts";
import { createAwsDoor, createFrontDoor } from "./doors.ts";
import { asking, createGateway } from "./gateway.ts";
import { createHttpApi } from "./http/api.ts";
import type { HttpApi } from "./http/messages.ts";
import { createOpenRequests } from "./http/open-requests.ts";
import { createRouteTable } from "./http/routes.ts";
import { LOOPBACK, type LocalServer, listen } from "./http/server.ts";
import { createFunctions, type Functions } from "./lambda/functions.ts";
import type { FunctionPool } from "./lambda/pool.ts";
import { createAgenda } from "./machine/agenda.ts";
import { createClock } from "./machine/clock.ts";
import { createFaults, type Faults } from "./machine/faults.ts";
import type { LogBook } from "./machine/log-book.ts";
import type { MetricBook } from "./machine/metric-book.ts";
import { createTimeTravel, type TimeTravel } from "./machine/time-travel.ts";
import { createUsage, type Usage } from "./machine/usage.ts";
import { createMessaging } from "./messaging.ts";
import { createObservation, type Observers } from "./observation.ts";
import { listenAsProviders } from "./providers/listeners.ts";
import type { Outbox } from "./providers/outbox.ts";
import { type Restored, settleRestored } from "./restored.ts";
import type { KnownSecrets } from "./secretsmanager/service.ts";
import { createServices } from "./services.ts";
import { type AwsAccess, grantAccess } from "./state/access.ts";
import { type OnBroken, openState, type StateDatabase } from "./state/database.ts";
import { checkPurpose } from "./state/purpose.ts";
import { createSettings, type Settings } from "./state/settings.ts";

export type LocalCloudOptions = Observers & {
  /** Folder of a synthesized CDK app (`cdk.out`). */
  readonly assembly: string;
  /** Of the HTTP API; 0 = any free port. */
  readonly port: number;
  /** Of the AWS services; default: the next one. */
  readonly awsPort?: number;
  /** Folder that survives restarts, or null to keep everything in memory. */
  readonly stateDirectory: string | null;
  /** Milliseconds by which a state that is new begins in the past (below 0) or the future. */
  readonly clockOffset?: number;
  /** Secrets that are to hold these texts, by their names in core; the others are random, and kept with the state. */
  readonly secrets?: KnownSecrets;
  /** `smtp://...`: mail is really sent, where it is only tried. */
  readonly smtpUrl?: string | undefined;
  /** For real customers; absent: for trying, with `/_local`. */
  readonly served?: Served;
  /** Called when the disk takes no more, with a sentence that says what to do; the process should end. */
  readonly onBroken?: OnBroken;
  /** Called with every request that a function makes of an AWS service. */
  readonly onRequest?: (request: AwsRequest) => void;
};
export type Served = {
  /** Where customers reach the HTTP API, without a slash at the end. */
  readonly publicUrl: string;
  /** The address of this machine to listen at. */
  readonly host: string;
  /** `smtp://...`: where its mail leaves. */
  readonly smtpUrl: string;
};
export type LocalCloud = {
  /** Where the HTTP API answers. */
  readonly url: string;
  readonly port: number;
  /** Where the AWS services answer. */
  readonly awsUrl: string;
  /** Settings of an AWS client that calls them. */
  readonly aws: AwsAccess;
  /** What lives as long as the state, this project's secrets among it. */
  readonly settings: Settings;
  /** `stage/name` of every function. */
  readonly functions: readonly string[];
  readonly outbox: Outbox;
  readonly usage: Usage;
  readonly faults: Faults;
  readonly logs: LogBook;
  readonly metrics: MetricBook;
  readonly alarms: Alarms;
  readonly time: TimeTravel;
  readonly deployment: Deployment;
  /** What the first start over a restored backup did; null at every other start. */
  readonly restored: Restored | null;
  /**
   * Runs the code of another assembly of the same templates; what runs ends as it began. Gives `stage/name` of the functions that
   * changed. Rejects with the reason where code does not load: that function goes on as it was.
   */
  readonly renew: (assembly: string) => Promise<readonly string[]>;
  /** Ends the threads of functions that are not kept warm and do nothing; who calls one starts it again. */
  readonly rest: () => Promise<void>;
  /** Takes nothing more and lets what is under way end, so that nothing said to the world outside stays without record. */
  readonly finish: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Brings a synthesized CDK app to life in this process: tables, queues, buses, topics, schedules, functions in worker
 * threads, the HTTP API and the AWS services, each on a loopback port. Resolves when every function is warm.
 * @throws Error naming what the templates hold that is not known here
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { port, awsPort = port === 0 ? 0 : port + 1 } = options;
  const servers = await listenOn({ port, host: options.served?.host ?? LOOPBACK, awsPort });
  const closers: (() => Promise<void> | void)[] = [servers.front.stop, servers.aws.stop];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0)) await close();
  };
  try {
    const database = openState(options.stateDirectory, options.onBroken);
    // Last of all: whatever else ends may still write.
    closers.push(database.close);
    return { ...(await run(options, servers, database, (close) => closers.unshift(close))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Servers = { readonly front: LocalServer; readonly aws: LocalServer };

type Wanted = { readonly port: number; readonly host: string; readonly awsPort: number };

async function listenOn({ port, host, awsPort }: Wanted): Promise<Servers> {
  const front = await listen({ port, host, setting: "PORT" });
  try {
    return { front, aws: await listen({ port: awsPort, setting: "AWS_PORT" }) };
  } catch (error) {
    await front.stop();
    throw error;
  }
}

type OnStop = (close: () => Promise<void> | void) => void;

async function run(
  options: LocalCloudOptions,
  servers: Servers,
  database: StateDatabase,
  onStop: OnStop,
): Promise<Omit<LocalCloud, "stop">> {
  const { served } = options;
  const settings = createSettings(database);
  checkPurpose(database, settings, served === undefined ? "trial" : "serving");
  const apiUrl = served?.publicUrl ?? servers.front.url;
  const logsIn = served === undefined;
  const place: Place = { region: REGION, account: ACCOUNT, url: servers.aws.url, apiUrl, logsIn };
  const deployment = readDeployment(resolveStacks(readAssembly(options.assembly), place), place);
  const aws = grantAccess(settings, servers.aws.url, REGION);
  const clock = createClock(Number(settings.get("clock-offset") ?? options.clockOffset ?? 0));
  const agenda = createAgenda(clock);
  onStop(agenda.stop);
  const usage = createUsage(clock.now);
  const faults = createFaults(clock.now);
  const core = { database, settings, clock, agenda, usage, place, deployment };
  const messaging = createMessaging(core);
  const { logs, metrics, alarms } = createObservation(core, messaging, options);
  const listeners = await listenAsProviders(served === undefined, onStop);
  const providing = { smtpUrl: served?.smtpUrl ?? options.smtpUrl, served: served !== undefined };
  const emulation = createServices({
    ...core,
    messaging,
    alarms,
    ...providing,
    listening: listeners.accounts,
    knownSecrets: options.secrets ?? {},
  });
  const { outbox, providers, timeToLive, store } = emulation;
  const gateway = createGateway({ services: emulation.services, faults, usage });
  listeners.open(gateway, database);
  const functions = createFunctions(deployment, {
    queueAt: messaging.queueAt,
    endpoint: { host: LOOPBACK, port: servers.aws.port },
    clock: clock.shared,
    faults,
    usage,
    log: logs.add,
    ended: alarms.ended,
    request: asking(gateway, database, options.onRequest),
  });
  onStop(functions.stop);
  await functions.warm();

  const open = createOpenRequests();
  const isIdle = (): boolean => open.count() === 0 && functions.idle();
  const hurry = (): boolean => open.count() === 0 && functions.hurry();
  const { committed } = database;
  const { sweep } = timeToLive;
  const time = createTimeTravel({ clock, agenda, settings, isIdle, hurry, sweep, committed });
  onStop(time.stop);
  const decisions = createLatestDecisions(database, deployment);
  const shown = { outbox, usage, faults, logs, metrics, alarms, time };
  const changes = createChanges();
  const issuer = createIssuer({ deployment, place, settings, now: clock.now });
  const own = { url: servers.front.url, providers, messaging, clock, changes, decisions, issuer };
  const control = createControl({ ...own, ...shown });
  const api = changes.noticing(open.counted(createApi(deployment, functions, faults, clock.now)));
  servers.aws.open(createAwsDoor(gateway, database, served === undefined ? null : aws));
  const restored = await settleRestored({ settings, deployment, functions, messaging, store, time, aws });
  servers.front.open(
    createFrontDoor({ api, control: served === undefined ? control : null, usage, database }),
  );
  functions.feed(() => true);
  messaging.startSchedules(store);
  await database.committed();
  const { url, port } = servers.front;
  const finish = finishing(servers, functions, database);
  const renew = renewing(functions, place, changes);
  const kept = { settings, deployment, restored, finish, renew, rest: functions.rest };
  return { url, port, awsUrl: aws.endpoint, aws, functions: functions.labels, ...kept, ...shown };
}

const renewing =
  (functions: Functions, place: Place, changes: Changes): LocalCloud["renew"] =>
  async (assembly) => {
    const { functions: declared } = readDeployment(resolveStacks(readAssembly(assembly), place), place);
    const labels = await functions.renew(declared);
    if (labels.length > 0) changes.note();
    return labels;
  };

const finishing =
  ({ front }: Servers, functions: Functions, { committed }: StateDatabase): LocalCloud["finish"] =>
  async () => {
    front.close();
    await functions.finish();
    await committed();
  };

function createApi(deployment: Deployment, functions: Functions, faults: Faults, now: () => number): HttpApi {
  const api = deployment.api;
  const routes = (api?.routes ?? []).map(([key, name]): readonly [string, FunctionPool] => [
    key,
    functions.at(name),
  ]);
  return createHttpApi({
    id: api?.id ?? "local",
    routes: createRouteTable(routes),
    cors: api?.cors ?? null,
    faults,
    now,
  });
}
