import type { AwsRequest } from "./aws/protocol.ts";
import { providerAt } from "./door/address.ts";
import type { Gateway } from "./gateway.ts";
import { onlyFromHere } from "./http/loopback.ts";
import type { HttpApi, HttpRequest } from "./http/messages.ts";
import type { Usage } from "./machine/usage.ts";
import type { StateDatabase } from "./state/database.ts";

type Database = Pick<StateDatabase, "committed">;

/** The port that AWS clients call, and those of providers that are no AWS service. */
export function createAwsDoor(gateway: Gateway, database: Database): HttpApi {
  return onlyFromHere(async (request) => {
    // A caller outside has no thread to crash: its call just fails.
    const response = await gateway(awsRequest(request), () => {});
    await database.committed();
    return response ?? { status: 500, headers: {}, body: "a crash was injected" };
  });
}

type Behind = {
  readonly api: HttpApi;
  readonly control: HttpApi;
  readonly usage: Usage;
  readonly database: Database;
};

/** The port that customers and their applications call; `/_local` is for this machine. */
export function createFrontDoor({ api, control, usage, database }: Behind): HttpApi {
  const local = onlyFromHere(control);
  return async (request) => {
    const response = await (isLocal(request) ? local(request) : counted(request));
    await database.committed();
    return response;
  };

  async function counted(request: HttpRequest): ReturnType<HttpApi> {
    const response = await api(request);
    usage.http(response.status);
    return response;
  }
}

const isLocal = ({ url }: HttpRequest): boolean => /^\/_local(?:[/?]|$)/.test(url);

function awsRequest(request: HttpRequest): AwsRequest {
  const [path = "/", query = ""] = request.url.split("?");
  return {
    method: request.method,
    path,
    query,
    headers: request.headers,
    body: request.body.toString("utf8"),
    caller: null,
    ...providerAt(path),
  };
}
