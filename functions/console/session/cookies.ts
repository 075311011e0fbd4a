import { type Console, cookieNames } from "#runtime/http/sessions.ts";
import type { Tokens } from "./tokens.ts";

/** A day's work: by then the issuer renews nothing. */
const SESSION_SECONDS = 12 * 3_600;
/** To find one's password, and the second factor. */
const LOG_IN_SECONDS = 600;

/** Where the cookie goes that a session is renewed with. */
const SESSION_PATH = "/console/session";

type Place = Pick<Console, "publicUrl">;
type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly seconds: number;
};

/** No script reads it, and of requests that other sites cause it goes with none but a visit. */
const line = (at: Place, { name, value, path, seconds }: Cookie): string =>
  `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${cookieNames(at).isSecure ? "; Secure" : ""}`;

/** What a log-in that is under way must come back with. */
export const logInCookie = (at: Place, value: string): string =>
  line(at, { name: cookieNames(at).logIn, value, path: "/", seconds: LOG_IN_SECONDS });

/** The log-in is over. */
export const noLogIn = (at: Place): string =>
  line(at, { name: cookieNames(at).logIn, value: "", path: "/", seconds: 0 });

/** The session that the tokens are. */
export const sessionCookies = (at: Place, tokens: Tokens): readonly string[] => {
  const names = cookieNames(at);
  const seconds = SESSION_SECONDS;
  const { access_token: session, refresh_token: renewal } = tokens;
  return [
    line(at, { name: names.session, value: session, path: "/", seconds }),
    ...(renewal === undefined
      ? []
      : [line(at, { name: names.renewal, value: renewal, path: SESSION_PATH, seconds })]),
  ];
};

/** Nobody is logged in any more. */
export const noSession = (at: Place): readonly string[] => [
  line(at, { name: cookieNames(at).session, value: "", path: "/", seconds: 0 }),
  line(at, { name: cookieNames(at).renewal, value: "", path: SESSION_PATH, seconds: 0 }),
];
