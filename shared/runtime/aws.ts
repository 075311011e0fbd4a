import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";

/*
 * One client per service and process, made when first asked for. Functions, not constants: a bundler drops the
 * clients a handler never calls.
 */
let dynamoClient: DynamoDBClient | undefined;
export const dynamo = (): DynamoDBClient => {
  dynamoClient ??= new DynamoDBClient({});
  return dynamoClient;
};

let sqsClient: SQSClient | undefined;
export const sqs = (): SQSClient => {
  sqsClient ??= new SQSClient({});
  return sqsClient;
};

let eventsClient: EventBridgeClient | undefined;
export const events = (): EventBridgeClient => {
  eventsClient ??= new EventBridgeClient({});
  return eventsClient;
};
