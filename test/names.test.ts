import { describe, expect, it } from "vitest";
import { CHANNELS } from "#channels/all.ts";
import { LOCAL } from "#providers/all.local.ts";
import * as RESOURCES from "#providers/all.resources.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { sourcesIn } from "#scripts/structure/sources.ts";

const channels = [...CHANNELS.keys()];
const providers = [
  ...new Set([SENDERS, RESOURCES].flatMap((table) => Object.values(table)).flatMap(Object.keys)),
];
const services = [...LOCAL.values()].map(({ service }) => service);

/** Where channels and providers live; everybody else reads the tables. */
const isHome = (path: string): boolean =>
  path.startsWith("shared/channels/") ||
  channels.some((channel) => /^functions\/(?:send|receive)\/([^/]+)\//.exec(path)?.[1] === channel);

/** What people read of a call (GET /openapi.json) or of an event: examples are whole ones, and show real channels. */
const isDocument = (path: string): boolean =>
  /^(?:functions\/[^/]+\/[^/]+\/document|shared\/events\/[^/]+)\.ts$/.test(path);

/** What is known of colleagues who log in: claims of OpenID, and factors of a log-in. */
const isLoggingIn = (path: string): boolean =>
  /^(?:functions\/console\/|infra\/core\/people\.ts|infra\/local\/cognito\/|shared\/adapters\/aws\/user-pool\.ts)/.test(
    path,
  );

/** The few files that may name one, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  "shared/adapters/dynamodb/customers/packed-body.ts":
    "the words that stored profiles are packed by, which never change",
  "shared/template/links/schemes.ts": "schemes of addresses, which links may have (RFC 5724)",
  "cli/commands.ts": "a command of its own, which uploads a playbook",
  "scripts/release-fixtures/in-flight.ts": "writes what release 0.1 had under way on each of its channels",
  "scripts/release-fixtures/tokens.ts": "writes the links that are in mails of release 0.1",
  "scripts/release-fixtures/life.ts":
    "writes what release 0.1 kept of people that it reached on each of its channels",
};

/** Words of everyday English, which say nothing by themselves, and as what they are names all the same. */
const EVERYDAY: Readonly<Record<string, RegExp>> = {
  push: /(["'`])push\1|\bpush\??: *["'{[]|\bpush[ -]?(?:message|device)/i,
  webhook: /(["'`])webhook\1/,
  chat: /(["'`])chat\1/,
  // What all of this is; as who carries it, it is named beside that word.
  hub: /\bprovider: *["'`]?hub\b/,
  // The protocol's name too, which much speaks that is no provider.
  smtp: /(["'`])smtp\1/,
  // What the page about providers calls its own.
  example: /\bprovider: *["'`]?example\b/,
};

const pascal = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A name as a word, a key or a text, and as a part of an identifier: `sms`, `smsSize`, `renderSms`, `SmsMessage`. */
const patternsOf = (name: string): readonly RegExp[] => {
  const parts = pascal(name);
  const everyday = EVERYDAY[name];
  if (everyday !== undefined) return [everyday];
  return [
    new RegExp(`\\b${parts}[A-Z]|[a-z]${parts}(?![a-z])`),
    new RegExp(`\\b${parts.charAt(0).toLowerCase()}${parts.slice(1)}[A-Z]`),
    new RegExp(`(?<![\\w-])${name.replaceAll("-", "[- ]")}(?!\\w)`, "i"),
  ];
};
const NAMES = [...new Set([...channels, ...providers, ...services])].map(
  (name) => [name, patternsOf(name)] as const,
);

const namesIn = (text: string): readonly string[] =>
  NAMES.filter(([, patterns]) => patterns.some((pattern) => pattern.test(text))).map(([name]) => name);

describe("the name of a channel or a provider", () => {
  const files = sourcesIn("shared", "functions", "infra", "cli", "scripts").filter(
    ({ path }) => !isHome(path) && !isDocument(path) && !isLoggingIn(path),
  );

  it("is in no file outside its folders but those that are allowed to", () => {
    const naming = files
      .filter(({ path }) => ALLOWED[path] === undefined)
      .flatMap(({ path, text }) => namesIn(text).map((name) => `${path} names ${name}`));
    expect(naming).toEqual([]);
  });

  it("is in each of the files that are allowed to, six at most", () => {
    const needless = Object.keys(ALLOWED).filter((path) => {
      const file = files.find((each) => each.path === path);
      return file === undefined || namesIn(file.text).length === 0;
    });
    expect(needless).toEqual([]);
    expect(Object.keys(ALLOWED).length).toBeLessThanOrEqual(6);
  });

  it.each([
    ['if (channel === "sms") x();', "sms"],
    ["const parts = smsSize(text);", "sms"],
    ["import { renderEmail } from './x.ts';", "email"],
    ["// SES takes no more", "ses"],
    ["{ push: [] }", "push"],
    ["carried by End User Messaging", "end-user-messaging"],
  ])("is found however it is written: %s", (text, name) => {
    expect(namesIn(text)).toContain(name);
  });

  it("is not seen where there is none", () => {
    expect(namesIn("list.push(uses); a push to the door; mailbox, message, sessions")).toEqual([]);
  });
});
