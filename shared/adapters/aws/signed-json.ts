import { text } from "node:stream/consumers";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";

/** A service of which we need one call, which is no reason for a client of its own. */
export type JsonService = {
  /** As its address and its signature name it. */
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
};

/** Calls an operation; throws an error with the service's code as its name. */
export type JsonCall = (operation: string, input: object) => Promise<unknown>;

/**
 * Calls a service that speaks one of AWS's JSON protocols, with the credentials, region and connections of a client.
 * @param endpoint where all services answer, of a local cloud
 */
export const signedJson =
  ({ config }: Pick<DynamoDBClient, "config">, service: JsonService, endpoint?: string): JsonCall =>
  async (operation, input) => {
    const region = await config.region();
    const url = new URL(endpoint ?? `https://${service.name}.${region}.amazonaws.com`);
    const { credentials, sha256, requestHandler } = config;
    const signer = new SignatureV4({ service: service.name, region, credentials, sha256 });
    const request = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === "" ? {} : { port: Number(url.port) }),
      path: "/",
      headers: {
        host: url.host,
        "content-type": `application/x-amz-json-${service.version}`,
        "x-amz-target": `${service.target}.${operation}`,
      },
      body: JSON.stringify(input),
    });
    const { response } = await requestHandler.handle(request as Parameters<typeof requestHandler.handle>[0]);
    const answer: unknown = JSON.parse((await text(response.body)) || "{}");
    if (response.statusCode < 300) return answer;
    throw Object.assign(new Error(`${service.name} answered ${response.statusCode}`), {
      name: String(Reflect.get(Object(answer), "__type") ?? "UnknownError").replace(/^.*#/, ""),
      $metadata: { httpStatusCode: response.statusCode },
    });
  };
