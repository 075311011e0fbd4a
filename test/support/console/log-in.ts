import { SAMPLE_PEOPLE } from "#infra/local/cognito/people.ts";
import type { Role } from "#runtime/http/roles.ts";
import type { Answer } from "../hub/client.ts";

type Headers = Readonly<Record<string, string>>;
type Cookies = Map<string, { readonly value: string; readonly path: string }>;

/** A browser as far as a log-in needs one: it keeps cookies by their paths, and follows no redirect by itself. */
export const browserAt = (url: string) => {
  const cookies: Cookies = new Map();
  const keep = (answer: Response): Response => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; Path=([^;]+)/.exec(line)?.[1] ?? "/";
      if (value === "" || line.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, { value, path });
    }
    return answer;
  };
  const cookieFor = (path: string): string =>
    [...cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
  const visit = async (to: string, init: RequestInit = {}): Promise<Response> => {
    const { href, pathname } = new URL(to, url);
    const cookie = cookieFor(pathname);
    const headers = { ...(cookie === "" ? {} : { cookie }), ...(init.headers as Headers | undefined) };
    return keep(await fetch(href, { ...init, redirect: "manual", headers }));
  };
  return { visit, cookies };
};
export type Browser = ReturnType<typeof browserAt>;

export const locationOf = (answer: Response): string => answer.headers.get("location") ?? "";

/** Presses the button of the person with a role, on the page that a log-in led to. Gives where that leads. */
export const choose = async ({ visit }: Browser, page: string, role: Role): Promise<string> => {
  const person = SAMPLE_PEOPLE.find((one) => one.role === role)?.id ?? "";
  return locationOf(await visit(page, { method: "POST", body: new URLSearchParams({ person }) }));
};

/** Somebody in the console: calls are made as its pages make them. */
export const logInAs = async (url: string, role: Role) => {
  const browser = browserAt(url);
  const page = locationOf(await browser.visit("/console/login"));
  await browser.visit(await choose(browser, page, role));
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Headers = {},
  ): Promise<Answer> => {
    const answer = await browser.visit(path, {
      method,
      headers: { ...consoleHeaders(url), "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
  };
  return { browser, call };
};
export type ConsolePerson = Awaited<ReturnType<typeof logInAs>>;

/** What a page of the console says of itself. */
export const consoleHeaders = (url: string): Headers => ({
  origin: new URL(url).origin,
  "x-rapport-console": "1",
});
