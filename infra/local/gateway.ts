import { LOCAL } from "#providers/all.local.ts";
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  errorResponse,
  type Operation,
  operationName,
  type Service,
} from "./aws/protocol.ts";
import type { Surroundings } from "./lambda/execution-environment.ts";
import { type Fault, type Faults, runWithFault } from "./machine/faults.ts";
import type { Usage } from "./machine/usage.ts";
import { s3Operation } from "./s3/service.ts";
import type { StateDatabase } from "./state/database.ts";

/** Services by the name that usage and faults know them by. */
export type Services = { readonly [name: string]: Service };

export type Gateway = (request: AwsRequest, crash: () => void) => Promise<AwsResponse | null>;

type Around = { readonly services: Services; readonly faults: Faults; readonly usage: Usage };

/** `X-Amz-Target` prefixes of the JSON protocols. */
const TARGETS: { readonly [prefix: string]: string } = {
  DynamoDB_20120810: "dynamodb",
  AmazonSQS: "sqs",
  AWSEvents: "events",
  AmazonSSM: "ssm",
  secretsmanager: "secretsmanager",
  Firehose_20150804: "firehose",
  AWSCognitoIdentityProviderService: "cognito-idp",
  GraniteServiceVersion20100801: "cloudwatch",
  ...Object.fromEntries(
    [...LOCAL.values()].flatMap(({ service, requests }) =>
      requests !== undefined && "target" in requests ? [[requests.target, service]] : [],
    ),
  ),
};

/** The one door to every emulated service: names the operation, counts it, injects faults, refuses what it does not know. */
export function createGateway(around: Around): Gateway {
  const { services, faults, usage } = around;

  const run = async (operation: Operation, request: AwsRequest): Promise<AwsResponse> => {
    try {
      const answer = await services[operation.service]?.(operation.name, request);
      return answer ?? notImplemented(operation);
    } catch (error) {
      if (error instanceof AwsError) return errorResponse(operation.service, error);
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return errorResponse(operation.service, new AwsError("InternalFailure", message, 500));
    }
  };
  return async (request, crash) => {
    const operation = identify(request);
    const name = operationName(operation);
    const fifo = operation.service === "sqs" && /"QueueUrl":"[^"]*\.fifo"/.test(request.body);
    usage.request({
      maker: request.caller === null ? "others" : "functions",
      function: request.caller,
      operation: name,
      fifo,
    });
    const fault = faults.take(name, request.caller);
    const answer = (): Promise<AwsResponse | null> => run(operation, request);
    if (fault === null) return answer();
    return runWithFault(fault, answer, {
      throttled: () => throttled(operation),
      refused: () => refused(operation, fault),
      failed: (at) => failed(operation, at),
      crashed: () => {
        crash();
        return null;
      },
    });
  };
}

/** Which operation a request asks for: by its target header, else by the service that its address or signature names. */
export function identify(request: AwsRequest): Operation {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const [prefix = "", name = ""] = target.split(".");
    return { service: TARGETS[prefix] ?? prefix, name };
  }
  const signed =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "unknown";
  const named = request.provider ?? signed;
  const provider = [...LOCAL.values()].find(({ service }) => service === named);
  if (provider?.listens !== undefined) return { service: named, name: provider.listens.operation };
  const requests = provider?.requests;
  if (requests !== undefined && "operationOf" in requests)
    return { service: named, name: requests.operationOf(request) };
  if (signed === "s3") return { service: "s3", name: s3Operation(request) };
  const action = /(?:^|&)Action=([A-Za-z]+)/.exec(request.body)?.[1];
  return { service: signed, name: action ?? `${request.method} ${request.path}` };
}

function notImplemented(operation: Operation): AwsResponse {
  const message = `the local cloud does not know ${operationName(operation)}`;
  return errorResponse(operation.service, new AwsError("NotImplemented", message, 501));
}

const THROTTLES: { readonly [service: string]: readonly [code: string, status: number] } = {
  dynamodb: ["com.amazonaws.dynamodb.v20120810#ThrottlingException", 400],
  sqs: ["com.amazonaws.sqs#RequestThrottled", 403],
  firehose: ["ServiceUnavailableException", 503],
  s3: ["SlowDown", 503],
  ...Object.fromEntries([...LOCAL.values()].map(({ service, throttles }) => [service, throttles])),
};

/** 503 says that nothing was done, 500 leaves it open: callers decide by it whether to send again. */
function failed(operation: Operation, at: Fault["at"]): AwsResponse {
  const [code, status] = at === "before" ? ["ServiceUnavailable", 503] : ["InternalServerError", 500];
  return errorResponse(operation.service, new AwsError(code, "a fault was injected", status));
}

function refused({ service }: Operation, { code = "", message = "", status, details }: Fault): AwsResponse {
  return errorResponse(service, new AwsError(code, message, status), details);
}

function throttled(operation: Operation): AwsResponse {
  const [code, status] = THROTTLES[operation.service] ?? ["ThrottlingException", 400];
  return errorResponse(operation.service, new AwsError(code, "Rate exceeded", status));
}

/** How a function's request reaches its service: answered once what it changed is on disk. */
export const asking =
  (
    gateway: Gateway,
    { committed }: Pick<StateDatabase, "committed">,
    onRequest: ((request: AwsRequest) => void) | undefined,
  ): Surroundings["request"] =>
  async (request, label, crash) => {
    const [path = "/", query = ""] = request.path.split("?");
    const made: AwsRequest = { ...request, path, query, caller: label };
    onRequest?.(made);
    const response = await gateway(made, crash);
    await committed();
    return response;
  };
