import { createHash, createHmac } from "node:crypto";
import { SSMClient } from "@aws-sdk/client-ssm";
import { SignatureV4 } from "@smithy/signature-v4";

type Bytes = string | Uint8Array;

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: Bytes | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", new Uint8Array(bytesOf(secret)));
  }
  update(data: Bytes | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {}
}

const bytesOf = (data: Bytes | ArrayBuffer | ArrayBufferView): Uint8Array =>
  typeof data === "string"
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

type Query = {
  /** `cloudformation`, `sns`, `monitoring`: services of which we need one call each, which is no reason for a client. */
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** First text of an element, or undefined. */
export const elementIn = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

type SignedRequest = {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/**
 * Makes a request of an AWS service, signed with the credentials there are.
 * @param aws settings of an AWS client
 */
export const signedFetch = async (aws: object, request: SignedRequest): Promise<Response> => {
  const { service, method, path, body } = request;
  const { config } = new SSMClient(aws);
  const region = await config.region();
  const given = "endpoint" in aws && typeof aws.endpoint === "string" ? aws.endpoint : undefined;
  const url = new URL(path, given ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials: config.credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path,
    headers: { host: url.host, ...request.headers },
    ...(body === undefined ? {} : { body }),
  });
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
};

/**
 * Asks a service that speaks AWS's query protocol. Gives its XML; throws an error with the service's code as its name.
 * @param aws settings of an AWS client
 */
export const awsQuery = async (aws: object, query: Query): Promise<string> => {
  const { service, action, version, parameters } = query;
  const answer = await signedFetch(aws, {
    service,
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
  });
  const text = await answer.text();
  if (answer.ok) return text;
  throw Object.assign(new Error(elementIn(text, "Message") ?? `${service} answered ${answer.status}`), {
    name: elementIn(text, "Code") ?? "UnknownError",
    $metadata: { httpStatusCode: answer.status },
  });
};
