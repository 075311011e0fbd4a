import type { ProofHub, Reply } from "./port.ts";

type Counted = { readonly url: string; readonly key: string; readonly onRequest: () => void };

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The hub at an address with a secret key; every request is told. */
export const countedHub = ({ url, key, onRequest }: Counted): ProofHub => {
  const send = async (method: string, path: string, headers: object, body?: string): Promise<Reply> => {
    onRequest();
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, body: readBody(text), location: response.headers.get("location") };
  };
  const json = { "content-type": "application/json" };
  return {
    url,
    call: (method, path, body) =>
      send(
        method,
        path,
        { ...json, authorization: `Bearer ${key}` },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    collect: (type, event) =>
      send(
        "POST",
        `/v1/${type}`,
        { ...json, authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
        JSON.stringify(event),
      ),
    open: (method, path, form) =>
      send(
        method,
        path,
        form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" },
        form,
      ),
  };
};
