import * as z from "zod/mini";
import {
  date,
  duration,
  eventName,
  fieldName,
  json,
  line,
  listOf,
  mapOf,
  name,
  text,
  whole,
} from "./text.ts";

const MOST_TESTS = 200;
const MOST_STEPS = 200;

/** Who it is about: somebody who is logged in, or a visitor. Neither: the customer of the test. */
const who = { as: z.optional(line(100)), visitor: z.optional(line(100)) };

const ConsentFields = z.strictObject({
  channel: line(100),
  topic: z.optional(line(100)),
  status: z.optional(z.enum(["granted", "withdrawn"])),
  kind: z.optional(z.enum(["express", "implied"])),
  source: z.optional(line(100)),
});

const PastEventFields = z.strictObject({
  track: eventName(),
  properties: z.optional(json()),
  ago: duration(),
});

const GivenFields = z.strictObject({
  at: z.optional(date()),
  traits: z.optional(json()),
  consent: z.optional(listOf(ConsentFields, 50)),
  events: z.optional(listOf(PastEventFields, 100)),
  holdout: z.optional(z.boolean()),
  experiments: z.optional(mapOf(name(), name())),
  splits: z.optional(mapOf(name(), mapOf(name(), name()))),
});

/** What happens: one of the first, and what belongs to it. Which fields go together, check/tests.ts says. */
const WhenFields = z.strictObject({
  track: z.optional(eventName()),
  identify: z.optional(json()),
  page: z.optional(line(100)),
  screen: z.optional(line(100)),
  consent: z.optional(ConsentFields),
  advance: z.optional(duration()),
  until: z.optional(date()),
  ask: z.optional(name()),
  outcome: z.optional(line(100)),
  receive: z.optional(text(2_000)),
  enter: z.optional(name()),
  properties: z.optional(json()),
  public: z.optional(z.boolean()),
  of: z.optional(name()),
  channel: z.optional(name()),
  context: z.optional(json()),
  key: z.optional(line(200)),
  ...who,
});
export type WhenFields = z.infer<typeof WhenFields>;

const anything = () =>
  z.union([z.string(), z.number(), z.boolean(), z.null()], {
    error: "a text, a number, true, false or null",
  });

/** What is seen then: one of the first, and what belongs to it. */
const ThenFields = z.strictObject({
  message: z.optional(line(100)),
  no: z.optional(line(100)),
  reply: z.optional(text(500)),
  decision: z.optional(name()),
  journey: z.optional(name()),
  segment: z.optional(fieldName()),
  trait: z.optional(fieldName()),
  channel: z.optional(name()),
  subject: z.optional(text(500)),
  text: z.optional(text(500)),
  times: z.optional(whole(1, 1_000)),
  at: z.optional(date()),
  chosen: z.optional(name()),
  rejected: z.optional(name()),
  reason: z.optional(line(100)),
  step: z.optional(name()),
  ended: z.optional(name()),
  in: z.optional(z.boolean()),
  is: z.optional(anything()),
  ...who,
});
export type ThenFields = z.infer<typeof ThenFields>;

const TestFields = z.strictObject({
  it: line(200),
  given: z.optional(GivenFields),
  when: z.optional(listOf(WhenFields, MOST_STEPS)),
  // biome-ignore lint/suspicious/noThenProperty: the word that tests everywhere use
  then: listOf(ThenFields, MOST_STEPS).check(
    z.refine((value) => value.length > 0, { error: "at least one thing that is seen" }),
  ),
});
export type TestFields = z.infer<typeof TestFields>;

/** `tests/<name>.yaml`: what the playbook does, for one customer after the other. */
export const TestFile = listOf(TestFields, MOST_TESTS);
export type TestFile = z.infer<typeof TestFile>;
