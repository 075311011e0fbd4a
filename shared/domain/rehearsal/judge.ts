import { ANY, NOTHING } from "../playbook/model/tests.ts";
import type { ThenFields } from "../playbook/schema/test-file.ts";
import type { Decision } from "../records/decision.ts";
import type { SeenCustomer, SeenMessage } from "./seen.ts";

/** `*` stands for any text; case counts. */
export const matches = (pattern: string, text: string): boolean => {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
};

const isOf = (name: string, { action }: SeenMessage): boolean => name === ANY || action === name;
const isOn = (channel: string | undefined, message: SeenMessage): boolean =>
  channel === undefined || message.channel === channel;

/** Lines break where they may: what is looked for is words. */
const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
const wordsOf = ({ texts }: SeenMessage): string => plain(Object.values(texts).join(" "));

const SUBJECTS = ["subject", "title"];

const saysIt = (
  { subject, text }: Pick<ThenFields, "subject" | "text">,
  { texts, ...message }: SeenMessage,
): boolean =>
  (subject === undefined || SUBJECTS.some((name) => matches(subject, plain(texts[name] ?? "")))) &&
  (text === undefined || matches(`*${text}*`, wordsOf({ ...message, texts })));

const toMinute = (at: string): string => new Date(at).toISOString().slice(0, 16);

const timesInWords = (times: number): string =>
  times === 0 ? "not at all" : times === 1 ? "once" : `${times} times`;

/** The last thing that was decided about an action, where it was turned down. */
const turnedDown = ({ decisions }: SeenCustomer, action: string): string => {
  const about = (decision: Decision) => decision.rejected.find((one) => one.action === action);
  const last = decisions.findLast(
    (decision) => about(decision) !== undefined || decision.actions.some((one) => one.action === action),
  );
  const rejection = last === undefined ? undefined : about(last);
  if (last === undefined) return "; nobody asked for it";
  return rejection === undefined ? "" : `; at ${last.placement} it was turned down: ${rejection.reason}`;
};

const seenInWords = (messages: readonly SeenMessage[]): string =>
  messages.length === 0
    ? "no message was sent"
    : `sent: ${messages
        .map(({ action = "an answer of the hub", channel, at, texts }) => {
          const subject = texts.subject ?? texts.title ?? texts.text;
          return `${action} by ${channel} at ${at}${subject === undefined ? "" : ` "${plain(subject).slice(0, 80)}"`}`;
        })
        .join(", ")}`;

const judgeMessage = (expected: ThenFields, name: string, seen: SeenCustomer): string | null => {
  const { channel, times = 1, at } = expected;
  const found = seen.messages
    .filter((message) => isOf(name, message) && isOn(channel, message) && saysIt(expected, message))
    .filter((message) => at === undefined || toMinute(message.at) === toMinute(at));
  if (found.length === times) return null;
  const why = found.length === 0 && name !== ANY ? turnedDown(seen, name) : "";
  return `expected ${name} ${timesInWords(times)}, seen ${timesInWords(found.length)}${why}; ${seenInWords(seen.messages)}`;
};

/** With `no: "*"`, whatever another expectation of the test names may be sent all the same. */
const judgeNone = (
  { channel }: ThenFields,
  name: string,
  seen: SeenCustomer,
  all: readonly ThenFields[],
): string | null => {
  const named = all.flatMap(({ message }) => message ?? []);
  const found = seen.messages
    .filter((message) => isOf(name, message) && isOn(channel, message))
    .filter(({ action }) => name !== ANY || action === undefined || !named.includes(action));
  return found.length === 0 ? null : `expected none, ${seenInWords(found)}`;
};

const judgeReply = (
  { channel, times = 1 }: ThenFields,
  text: string,
  { messages }: SeenCustomer,
): string | null => {
  const replies = messages.filter((message) => message.action === undefined && isOn(channel, message));
  const found = replies.filter((message) => matches(text, wordsOf(message)));
  if (found.length === times) return null;
  const said = replies.map((message) => `"${wordsOf(message)}"`).join(", ");
  return `expected the answer ${timesInWords(times)}, seen ${timesInWords(found.length)}${said === "" ? "" : `; answered: ${said}`}`;
};

const chosenOf = ({ actions }: Decision): readonly string[] =>
  actions.length === 0 ? [NOTHING] : actions.map(({ action }) => action);

const judgeDecision = (
  { chosen, rejected, reason }: ThenFields,
  placement: string,
  { decisions }: SeenCustomer,
): string | null => {
  const last = decisions.findLast((decision) => decision.placement === placement);
  if (last === undefined) return `nothing was decided at ${placement}`;
  const made = `chosen: ${chosenOf(last).join(", ")}`;
  const why = last.rejected.map((one) => `${one.action} (${one.reason})`).join(", ");
  const seen = `${made}${why === "" ? "" : `; turned down: ${why}`}`;
  if (chosen !== undefined) return chosenOf(last).includes(chosen) ? null : `expected ${chosen}; ${seen}`;
  const found = last.rejected.find(({ action }) => action === rejected);
  if (found === undefined) return `expected ${rejected} to be turned down; ${seen}`;
  return reason === undefined || found.reason === reason
    ? null
    : `expected ${rejected} to be turned down for ${reason}; ${seen}`;
};

const judgeJourney = (
  { step, ended }: ThenFields,
  journey: string,
  { runs }: SeenCustomer,
): string | null => {
  const own = runs.filter((run) => run.journey === journey);
  const found = own.some((run) =>
    ended === undefined ? run.ended === undefined && run.step === step : run.ended?.as === ended,
  );
  if (found) return null;
  const where = own.map((run) => (run.ended === undefined ? `at ${run.step}` : `ended as ${run.ended.as}`));
  return `expected ${ended === undefined ? `at ${step}` : `ended as ${ended}`}, seen ${where.join(", ") || "nobody inside"}`;
};

const judgeFact = (name: string, expected: unknown, { facts }: SeenCustomer): string | null => {
  const value = facts[name] ?? null;
  return value === expected
    ? null
    : `expected ${name} to be ${JSON.stringify(expected)}, seen ${JSON.stringify(value)}`;
};

/**
 * What is wrong with one expectation of a test, in words; null: it holds.
 * @param seen null: there is no such customer
 * @param all every expectation of the test
 */
export const judge = (
  expected: ThenFields,
  seen: SeenCustomer | null,
  all: readonly ThenFields[],
): string | null => {
  const { message, no, reply, decision, journey, segment, trait } = expected;
  if (seen === null) return no === undefined ? "there is no such customer" : null;
  if (message !== undefined) return judgeMessage(expected, message, seen);
  if (no !== undefined) return judgeNone(expected, no, seen, all);
  if (reply !== undefined) return judgeReply(expected, reply, seen);
  if (decision !== undefined) return judgeDecision(expected, decision, seen);
  if (journey !== undefined) return judgeJourney(expected, journey, seen);
  if (segment !== undefined) return judgeFact(segment, expected.in ?? true, seen);
  return judgeFact(trait ?? "", expected.is ?? null, seen);
};
