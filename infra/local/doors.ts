import { isIP } from "node:net";
import type { AwsRequest } from "./aws/protocol.ts";
import { providerAt } from "./door/address.ts";
import type { Gateway } from "./gateway.ts";
import { onlyFromHere } from "./http/loopback.ts";
import type { HttpApi, HttpRequest } from "./http/messages.ts";
import { onlySigned } from "./http/signature.ts";
import type { Usage } from "./machine/usage.ts";
import type { AwsAccess } from "./state/access.ts";
import type { StateDatabase } from "./state/database.ts";

type Database = Pick<StateDatabase, "committed">;

/**
 * The port that AWS clients call, and those of providers that are no AWS service.
 * @param access whose signature opens it; null: anybody's on this machine
 */
export function createAwsDoor(gateway: Gateway, database: Database, access: AwsAccess | null): HttpApi {
  const open: HttpApi = async (request) => {
    // A caller outside has no thread to crash: its call just fails.
    const response = await gateway(awsRequest(request), () => {});
    await database.committed();
    return response ?? { status: 500, headers: {}, body: "a crash was injected" };
  };
  return onlyFromHere(access === null ? open : onlySigned(access.credentials, open));
}

type Behind = {
  readonly api: HttpApi;
  /** null: there is no `/_local`. */
  readonly control: HttpApi | null;
  readonly usage: Usage;
  readonly database: Database;
};

/** The port that customers and their applications call. */
export function createFrontDoor({ api, control, usage, database }: Behind): HttpApi {
  const local = control === null ? null : onlyFromHere(control);
  return async (request) => {
    const response = await (local !== null && isLocal(request)
      ? local(request)
      : counted(throughProxy(request)));
    await database.committed();
    return response;
  };

  async function counted(request: HttpRequest): ReturnType<HttpApi> {
    const response = await api(request);
    usage.http(response.status);
    return response;
  }
}

/** What a proxy on this machine has added to `X-Forwarded-For` is who really asks; what others say there is hearsay. */
function throughProxy(request: HttpRequest): HttpRequest {
  const asked = request.headers["x-forwarded-for"]?.split(",").at(-1)?.trim();
  const isProxy = /^(?:::ffff:)?127\.|^::1$/.test(request.sourceIp);
  return isProxy && asked !== undefined && isIP(asked) !== 0 ? { ...request, sourceIp: asked } : request;
}

/** The API has nothing at the bare address: there somebody new is told where to go. */
const isLocal = ({ method, url }: HttpRequest): boolean =>
  /^\/_local(?:[/?]|$)/.test(url) || (method === "GET" && /^\/(?:\?|$)/.test(url));

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
