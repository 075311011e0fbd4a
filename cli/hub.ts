import * as z from "zod/mini";
import type { Terminal } from "./terminal.ts";

/** Where the hub is and the key to call it with, as the command line names them. */
export type HubOptions = { readonly url?: string; readonly key?: string };

const LOCAL_URL = "http://127.0.0.1:4000";
const LOCAL_KEY = "local-secret-key";

const Problem = z.object({ code: z.string(), message: z.string() });

type Answer = { readonly status: number; readonly body: unknown };

const isLoopback = (url: string): boolean => /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url);

/**
 * A function that calls the hub's API, with address and key from the options, else from the environment. Throws when there
 * is no key, and on each call that nothing answers.
 */
export const hubClient = (options: HubOptions, { environment }: Terminal) => {
  const url = (options.url ?? environment.RAPPORT_URL ?? LOCAL_URL).replace(/\/+$/, "");
  const key = options.key ?? environment.RAPPORT_KEY ?? (isLoopback(url) ? LOCAL_KEY : undefined);
  if (key === undefined) throw new Error(`a key is needed for ${url}: --key or RAPPORT_KEY`);
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      const hint = isLoopback(url) ? " Is it running? `npm start` starts it." : "";
      throw new Error(`nothing answers at ${url}.${hint}`, { cause });
    });
    return { status: response.status, body: readBody(await response.text()) };
  };
};

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const refusal = ({ status, body }: Answer): Error => {
  const problem = Problem.safeParse(body);
  return new Error(
    problem.success ? `${problem.data.message} (${problem.data.code})` : `the hub answered ${status}`,
  );
};

/** The body of an answer, checked against a schema. Throws the hub's own words when it refused the call. */
export const accepted = <S extends z.ZodMiniType>(schema: S, answer: Answer): z.output<S> => {
  if (answer.status >= 300) throw refusal(answer);
  return schema.parse(answer.body);
};
