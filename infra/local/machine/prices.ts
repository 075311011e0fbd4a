import { LOCAL } from "#providers/all.local.ts";

/** List prices in dollars, us-east-1, late 2026: a million requests or units, unless another unit is named. */
const PER_MILLION: { readonly [service: string]: number } = {
  sqs: 0.4,
  events: 1,
  scheduler: 1,
  sns: 0.5,
  httpApi: 1,
  lambdaRequests: 0.2,
  dynamodbWrites: 0.625,
  dynamodbReads: 0.125,
  secretsmanager: 5,
  // A decision's record is billed as 5 KB, and a million of those are 4.8 GB at 2.9 cents.
  firehose: 0.14,
  // Reads; a list costs as much as 12 of them, and happens once a file.
  s3: 0.4,
  ...Object.fromEntries(
    [...LOCAL.values()].flatMap(({ service, dollarsPerMillion }) =>
      dollarsPerMillion === undefined ? [] : [[service, dollarsPerMillion]],
    ),
  ),
};
/** A FIFO request costs this much more than a standard one. */
const FIFO_SURCHARGE_PER_MILLION = 0.1;
const LAMBDA_GIGABYTE_SECOND = 0.0000133334;

type Counted = {
  readonly requests: { readonly [maker: string]: { readonly [operation: string]: number } };
  readonly dynamodb: { readonly readUnits: number; readonly writeUnits: number };
  readonly functions: {
    readonly [name: string]: { readonly invocations: number; readonly gigabyteSeconds: number };
  };
  readonly httpRequests: number;
  /** How many of the SQS requests went to FIFO queues. */
  readonly fifoRequests: number;
};

/**
 * What the counted usage costs. DynamoDB is billed by units, not requests; calls without a price of their own
 * are left out. Polls of an idle queue are not counted here: Lambda makes them whether or not anything happens.
 */
export function dollarsOf(counted: Counted): { total: number; byService: { [service: string]: number } } {
  const byService: { [service: string]: number } = {};
  const add = (service: string, dollars: number): void => {
    if (dollars > 0) byService[service] = (byService[service] ?? 0) + dollars;
  };
  for (const counts of Object.values(counted.requests)) {
    for (const [operation, count] of Object.entries(counts)) {
      const service = operation.split(":")[0] ?? "";
      if (service !== "dynamodb") add(service, million(service, count));
    }
  }
  add("sqs", (FIFO_SURCHARGE_PER_MILLION * counted.fifoRequests) / 1_000_000);
  add(
    "dynamodb",
    million("dynamodbWrites", counted.dynamodb.writeUnits) +
      million("dynamodbReads", counted.dynamodb.readUnits),
  );
  add("httpApi", million("httpApi", counted.httpRequests));
  for (const use of Object.values(counted.functions)) {
    add("lambda", million("lambdaRequests", use.invocations) + use.gigabyteSeconds * LAMBDA_GIGABYTE_SECOND);
  }
  return { total: Object.values(byService).reduce((sum, dollars) => sum + dollars, 0), byService };
}

const million = (service: string, count: number): number => ((PER_MILLION[service] ?? 0) * count) / 1_000_000;
