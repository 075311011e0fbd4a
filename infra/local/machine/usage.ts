import { dollarsOf } from "./prices.ts";

/** Who made a request: a function, or a service on its own (polls and deletes of a queue, deliveries). */
export type Maker = "functions" | "services" | "others";
type Counts = { [operation: string]: number };

export type UsageReport = {
  readonly since: string;
  readonly requests: { readonly [maker in Maker]: { readonly total: number; readonly byOperation: Counts } };
  /** Requests made by each function, by operation. */
  readonly byFunction: { readonly [name: string]: Counts };
  readonly dynamodb: { readonly readUnits: number; readonly writeUnits: number };
  /** Of the read units: function -> table -> units. */
  readonly readsByFunction: { readonly [name: string]: Counts };
  readonly functions: { readonly [name: string]: FunctionUse };
  readonly http: { readonly requests: number; readonly accepted: number };
  /** At list prices, us-east-1, for what was counted. */
  readonly dollars: { readonly total: number; readonly byService: Counts };
  /** The same for a million of `per`: the events the caller names, else the HTTP requests answered with 2xx. */
  readonly dollarsPerMillion: number | null;
};
export type FunctionUse = {
  invocations: number;
  errors: number;
  milliseconds: number;
  gigabyteSeconds: number;
};

export type CountedRequest = {
  readonly maker: Maker;
  readonly function: string | null;
  /** `sqs:SendMessage` */
  readonly operation: string;
  readonly times?: number;
  /** FIFO queues have their own price. */
  readonly fifo?: boolean;
};

/** Which function reads which table; a request that reads several counts as one of the first. */
export type ReaderOf = { readonly function: string | null; readonly table: string };

export type Usage = {
  readonly request: (request: CountedRequest) => void;
  readonly units: (read: number, write: number, by: ReaderOf) => void;
  readonly invocation: (
    functionName: string,
    milliseconds: number,
    memoryMegabytes: number,
    failed: boolean,
  ) => void;
  readonly http: (status: number) => void;
  /** @param events how many events went in, for dollars per million; null = count HTTP requests */
  readonly report: (events: number | null) => UsageReport;
  readonly reset: () => void;
};

export function createUsage(now: () => number): Usage {
  let counted = nothingCounted(now());
  return {
    request: ({ maker, function: functionName, operation, times = 1, fifo = false }) => {
      add(counted.byMaker[maker], operation, times);
      if (fifo) counted.fifoRequests += times;
      if (functionName === null) return;
      counted.byFunction[functionName] ??= {};
      add(counted.byFunction[functionName], operation, times);
    },
    units: (read, write, by) => {
      counted.dynamodb.readUnits += read;
      counted.dynamodb.writeUnits += write;
      if (by.function === null || read === 0) return;
      const reads = counted.readsByFunction[by.function] ?? {};
      counted.readsByFunction[by.function] = reads;
      add(reads, by.table, read);
    },
    invocation: (name, milliseconds, memory, failed) => {
      counted.functions[name] ??= { invocations: 0, errors: 0, milliseconds: 0, gigabyteSeconds: 0 };
      const use = counted.functions[name];
      use.invocations += 1;
      use.errors += failed ? 1 : 0;
      use.milliseconds += milliseconds;
      use.gigabyteSeconds += (milliseconds / 1000) * (memory / 1024);
    },
    http: (status) => {
      counted.http.requests += 1;
      if (status >= 200 && status < 300) counted.http.accepted += 1;
    },
    report: (events) => reportOf(counted, events),
    reset: () => {
      counted = nothingCounted(now());
    },
  };
}

type Counted = {
  readonly since: number;
  readonly byMaker: { readonly [maker in Maker]: Counts };
  readonly byFunction: { [name: string]: Counts };
  readonly dynamodb: { readUnits: number; writeUnits: number };
  readonly readsByFunction: { [name: string]: Counts };
  readonly functions: { [name: string]: FunctionUse };
  readonly http: { requests: number; accepted: number };
  fifoRequests: number;
};

const nothingCounted = (since: number): Counted => ({
  since,
  byMaker: { functions: {}, services: {}, others: {} },
  byFunction: {},
  dynamodb: { readUnits: 0, writeUnits: 0 },
  readsByFunction: {},
  functions: {},
  http: { requests: 0, accepted: 0 },
  fifoRequests: 0,
});

function add(counts: Counts, operation: string, times: number): void {
  counts[operation] = (counts[operation] ?? 0) + times;
}

function reportOf(counted: Counted, events: number | null): UsageReport {
  const { since, byMaker, fifoRequests, ...rest } = structuredClone(counted);
  const { dynamodb, functions, http } = rest;
  const dollars = dollarsOf({
    requests: byMaker,
    dynamodb,
    functions,
    httpRequests: http.requests,
    fifoRequests,
  });
  const per = events ?? http.accepted;
  return {
    since: new Date(since).toISOString(),
    requests: {
      functions: withTotal(byMaker.functions),
      services: withTotal(byMaker.services),
      others: withTotal(byMaker.others),
    },
    ...rest,
    dollars,
    dollarsPerMillion: per > 0 ? (dollars.total * 1_000_000) / per : null,
  };
}

const withTotal = (counts: Counts): { total: number; byOperation: Counts } => ({
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  byOperation: counts,
});
