/** Where the local cloud pretends to be. */
export type Place = {
  readonly region: string;
  readonly account: string;
  /** Where the AWS services answer, without a slash at the end: `http://127.0.0.1:4001`. */
  readonly url: string;
  /** Where the HTTP API is reached, in place of API Gateway's own address; no slash at the end. */
  readonly apiUrl: string;
  /** Whether people can log in to the console here: sample people, where a hub is tried. */
  readonly logsIn?: boolean;
};

/** Where the local cloud's own calls are, below the address of the API. */
const LOCAL_PATH = "/_local";
/** Below it, where user pools answer: `/<id of the pool>` follows. */
export const ISSUERS = "cognito";
export const issuerUrl = ({ apiUrl }: Place, pool: string): string =>
  `${apiUrl}${LOCAL_PATH}/${ISSUERS}/${pool}`;

export const REGION = "us-east-1";
export const ACCOUNT = "000000000000";

/** Settings of an AWS client that calls the local cloud's services at `endpoint`. */
export const localAws = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: "local" },
});

export const arn = (place: Place, service: string, resource: string): string =>
  `arn:aws:${service}:${place.region}:${place.account}:${resource}`;

export const queueUrl = (place: Place, name: string): string => `${place.url}/${place.account}/${name}`;

/** The function that a Lambda ARN names, with or without a version or alias; a plain name stays as it is. */
export const functionName = (nameOrArn: string): string =>
  /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;

/** Addresses that AWS would give to an HTTP API lead to the one that it has here. */
export function localAddresses(place: Place, text: string): string {
  return text.replace(/https:\/\/[A-Za-z0-9-]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g, place.apiUrl);
}
