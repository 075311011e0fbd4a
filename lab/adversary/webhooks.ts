import type { Attack } from "./attack.ts";
import { BLANKS, type ProviderCall } from "./knowledge.ts";
import { type Dice, EVIL, type Names } from "./words.ts";

const WORDS = ["STOP", "Stop.", "START", "HELP", "unsubscribe", "I revoke my consent", "Where is my order?"];
const ODD_WORDS = [`Win at ${EVIL}`, "\u202Egro.live", "\u0000", "{{ customer | json }}", ""];

/** Too large or not unpacked, not signed, nobody's account, not by this method. */
const REFUSED = [400, 401, 404, 405];

type Said = { readonly dice: Dice; readonly names: Names };

/** What a forger has a provider say: as it should be, cut, huge, deep, or something else altogether. */
const bodiesOf = ({ dice: { below, one, from, hex }, names }: Said): ((call: ProviderCall) => string) => {
  const filledIn = (text: string): string =>
    text
      .replaceAll(BLANKS.from, one(names.phone, names.phone, names.mail, names.stranger)())
      .replaceAll(BLANKS.text, JSON.stringify(one(from(WORDS), from(WORDS), from(ODD_WORDS))).slice(1, -1))
      .replaceAll(BLANKS.answered, one(hex(32), `msg_${hex(32)}`, "..", EVIL))
      .replaceAll(BLANKS.id, `forged-${hex(16)}`);

  return (call) => {
    const text = filledIn(call.body);
    return one(
      ...([() => text, () => text, () => text, () => text, () => text] as const),
      () => text.slice(0, below(text.length)),
      () => text.replace("{", `{"more":"${"x".repeat(100_000)}",`),
      () => text.replace("{", `{"deep":${"[".repeat(below(20_000))}`),
      () => `${text}${" ".repeat(below(1_200_000))}`,
      () => one("", "null", "[]", "{}", "x=1&y=2", "\uFEFF{}", call.body),
    )();
  };
};

/** Calls of providers by somebody who has none of their secrets. They name everybody, also whom nothing else names. */
export const webhooksOf = (said: Said, calls: readonly ProviderCall[]): (() => Attack) => {
  const { below, one, hex } = said.dice;
  const body = bodiesOf(said);

  /** What proves nothing: made for other words, cut, made up, or repeated. */
  const proof = (value: string): string =>
    one(
      value,
      value,
      value.slice(0, below(value.length + 1)),
      hex(64),
      `${value} ${value}`,
      `v1,${hex(43)}= `.repeat(60).trim(),
      "",
    );
  /** Now, or when it is stale. */
  const time = (): string => String(Math.floor(Date.now() / 1_000) + one(0, 0, 0, -86_400, -301, 301, 9e9));
  const header = (value: string): string => (/^\d+$/.test(value) ? time() : proof(value));
  const headers = (call: ProviderCall): Record<string, string> => ({
    ...Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, header(value)])),
    "content-type": one(
      "application/json",
      "application/json",
      "application/json",
      "application/x-www-form-urlencoded",
      "text/xml",
    ),
    ...one<Record<string, string>>({}, {}, {}, { "content-encoding": one("gzip", "deflate", "br") }),
  });

  const account = (): string =>
    one(
      "default",
      "default",
      `desk-${below(10_000)}`,
      "%2e%2e",
      "..",
      "default%2f..",
      "x".repeat(300),
      "%00",
    );
  const path = (call: ProviderCall): string => {
    const [, , , provider = ""] = call.path.split("/");
    const odd = one("nobody", "__proto__", "constructor", "..", "%2e%2e%2fcollect", "%", "%ff", hex(200));
    return one(
      ...([() => call.path, () => call.path, () => call.path, () => call.path, () => call.path] as const),
      () => `/v1/in/${provider}/${account()}`,
      () => `/v1/in/${odd}/${account()}`,
      () => `${call.path}/..%2f${hex(4)}`,
      () => `/v1/in/${provider}/../../batch/../in/${provider}/default?${hex(8)}`,
    )();
  };

  const greeting = (call: ProviderCall): Attack => ({
    method: one("GET", "HEAD", "PUT"),
    path: `${path(call).replace(/\?.*/, "")}?hub.mode=subscribe&hub.challenge=${one("1158201444", "<script>", hex(300))}&hub.verify_token=${one("", hex(32), "%00")}`,
    headers: {},
    refusedBy: REFUSED,
  });
  return () => {
    const call = calls[below(calls.length)] ?? { path: "/v1/in/nobody/default", headers: {}, body: "{}" };
    if (below(8) === 0) return greeting(call);
    return { method: "POST", path: path(call), headers: headers(call), body: body(call), refusedBy: REFUSED };
  };
};
