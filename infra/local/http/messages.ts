/** A request from outside, as API Gateway would take it. */
export type HttpRequest = {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** Lower-case names; several values joined by a comma, as API Gateway does. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  readonly sourceIp: string;
};
export type HttpResponse = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly cookies?: readonly string[];
  readonly body: Buffer | string;
};

/** Whatever answers requests: the API, the control page. */
export type HttpApi = (request: HttpRequest) => Promise<HttpResponse>;

/** An answer that needs no other header than its body's type. */
export const respond = (status: number, type: string, body: Buffer | string): HttpResponse => ({
  status,
  headers: { "content-type": type },
  body,
});
