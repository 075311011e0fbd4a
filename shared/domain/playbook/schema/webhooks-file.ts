import * as z from "zod/mini";
import { accountName, eventName, feel, fieldName, listOf, mapOf, name, text } from "./text.ts";

/** One event of a customer may be told to all of them: more would not fit beside a profile. */
const MOST_WEBHOOKS = 50;
const MOST_EVENTS = 100;
const MOST_FIELDS = 50;

/** Looked at again when it is called: what a name leads to is known only then. */
const isReceiver = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  const isName = /\.[a-z][a-z0-9-]*$/i.test(hostname) && !hostname.endsWith(".local");
  return protocol === "https:" && username === "" && password === "" && isName;
};
const receiver = () =>
  z.string().check(
    z.maxLength(2_000, { error: "at most 2000 characters" }),
    z.refine(isReceiver, {
      error: "an address such as https://system.example/events: with https, a public host and no login",
    }),
  );

const EventFields = z.strictObject({
  on: eventName(),
  if: z.optional(feel()),
  with: z.optional(
    mapOf(fieldName(), feel()).check(
      z.refine((value) => Object.keys(value).length <= MOST_FIELDS, {
        error: `at most ${MOST_FIELDS} entries`,
      }),
    ),
  ),
});

const WebhookFields = z.strictObject({
  description: z.optional(text()),
  url: receiver(),
  account: z.optional(accountName()),
  identifiers: z.optional(listOf(name(), 20)),
  events: listOf(EventFields, MOST_EVENTS).check(z.minLength(1, { error: "one event at least" })),
});

/** `webhooks.yaml`: name -> a system that is told of events. */
export const WebhooksFile = mapOf(accountName(), WebhookFields).check(
  z.refine((value) => Object.keys(value).length <= MOST_WEBHOOKS, {
    error: `at most ${MOST_WEBHOOKS} entries`,
  }),
);
export type WebhooksFile = z.infer<typeof WebhooksFile>;
