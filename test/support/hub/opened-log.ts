import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoDataKeys } from "#adapters/dynamodb/customers/data-keys.ts";
import { openRecord, parseSealed } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { keyName } from "#ports/decision-log.ts";
import { awsAt } from "./aws-access.ts";

const DATA = /"Data":"([A-Za-z0-9+/=]+)"/g;

/** The records that these requests put into the decision log, opened with the keys that lie in the tables. */
export const openedLog = async (
  cloud: LocalCloud,
  requests: readonly AwsRequest[],
): Promise<readonly LogRecord[]> => {
  const puts = requests.filter(
    ({ headers }) => headers["x-amz-target"]?.endsWith(".PutRecordBatch") === true,
  );
  const lines = puts.flatMap(({ body }) =>
    [...body.matchAll(DATA)].map(([, data]) => Buffer.from(data ?? "", "base64").toString("utf8")),
  );
  const sealed = lines.flatMap((line) => parseSealed(line) ?? []);
  const table = (name: string): string =>
    cloud.deployment.parameters.get(`/rapport/local/tables/${name}`) ?? `there is no table ${name}`;
  const client = new DynamoDBClient(awsAt(cloud));
  const names = { customersTable: table("customers"), historyTable: table("history") };
  const keys = await dynamoDataKeys({ client, ...names }).keysOf(sealed);
  return sealed.flatMap((record) => {
    const key = keys.get(keyName(record));
    return key === undefined ? [] : (openRecord(record, key) ?? []);
  });
};
