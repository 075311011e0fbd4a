import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand, GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { environment } from "./environment.ts";

const secrets = new SecretsManagerClient({});
const ssm = new SSMClient({ maxAttempts: 1 });
let invocations = 0;

type Event = { readonly pathParameters: { readonly what: string }; readonly body?: string };
type Context = {
  readonly getRemainingTimeInMillis: () => number;
  readonly functionName: string;
  readonly awsRequestId: string;
};

export async function handler(event: Event, context: Context): Promise<object> {
  invocations += 1;
  switch (event.pathParameters.what) {
    case "echo":
      return event;
    case "now":
      return {
        now: Date.now(),
        made: Date.now(),
        parsed: new Date("2020-01-01T00:00:00Z").getTime(),
        isDate: new Date() instanceof Date,
      };
    case "context":
      return {
        left: context.getRemainingTimeInMillis(),
        name: context.functionName,
        id: context.awsRequestId,
        invocations,
        environment: process.env,
      };
    case "secret":
      return {
        secret: (await secrets.send(new GetSecretValueCommand({ SecretId: environment("SECRET") })))
          .SecretString,
      };
    case "parameter":
      return { value: (await ssm.send(new GetParameterCommand({ Name: "/shop/bus" }))).Parameter?.Value };
    case "unknown":
      return ssm.send(new DeleteParameterCommand({ Name: "/shop/bus" })).then(
        () => ({ ok: true }),
        (error) => ({ status: error.$metadata.httpStatusCode, message: error.message }),
      );
    case "hang":
      return new Promise(() => {});
    case "throw":
      throw new TypeError("probe was told to throw");
    case "exit":
      process.exit(1);
      return {};
    case "binary":
      return {
        statusCode: 200,
        headers: { "content-type": "image/gif" },
        cookies: ["a=1", "b=2"],
        body: "R0lGODlhAQABAAAAACw=",
        isBase64Encoded: true,
      };
    default:
      return { statusCode: 404, body: "what?" };
  }
}
