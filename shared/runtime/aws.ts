import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";

/*
 * One client per service and process, made when first asked for. Functions, not constants: a bundler drops the
 * clients a handler never calls.
 */

/**
 * A client puts the steps of a call together once for each kind of command, not for every call: a tenth and more of what a
 * call costs the processor. Steps added later are not seen, and what they share must not depend on the input; in S3 the
 * bucket does, which is part of the address.
 */
const QUICK = { cacheMiddleware: true } as const;

let dynamoClient: DynamoDBClient | undefined;
export const dynamo = (): DynamoDBClient => {
  dynamoClient ??= new DynamoDBClient(QUICK);
  return dynamoClient;
};

let sqsClient: SQSClient | undefined;
export const sqs = (): SQSClient => {
  sqsClient ??= new SQSClient(QUICK);
  return sqsClient;
};

let eventsClient: EventBridgeClient | undefined;
export const events = (): EventBridgeClient => {
  eventsClient ??= new EventBridgeClient(QUICK);
  return eventsClient;
};

let firehoseClient: FirehoseClient | undefined;
export const firehose = (): FirehoseClient => {
  firehoseClient ??= new FirehoseClient(QUICK);
  return firehoseClient;
};

let s3Client: S3Client | undefined;
export const s3 = (): S3Client => {
  // By path: the local cloud answers on a loopback address, and bucket names hold no dots.
  s3Client ??= new S3Client({ forcePathStyle: true });
  return s3Client;
};

let secretsClient: SecretsManagerClient | undefined;
export const secretsManager = (): SecretsManagerClient => {
  secretsClient ??= new SecretsManagerClient({});
  return secretsClient;
};
