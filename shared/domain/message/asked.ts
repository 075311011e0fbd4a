import type { Message, StatusChange, Try } from "../records/message.ts";

/** What an answer that never came is called in a record. */
export const UNKNOWN = "unknown whether sent";

type Route = Pick<Try, "provider" | "account">;

const routesIn = ({ provider, account, reason = "", at, tries = [] }: StatusChange): readonly Try[] =>
  provider === undefined || account === undefined ? tries : [...tries, { provider, account, at, reason }];

/**
 * Where a message that somebody may have is asked for again: there alone, for anybody else would send it twice.
 * Undefined: nobody can have it.
 */
export const mayHaveIt = ({ history }: Pick<Message, "history">): Route | undefined =>
  history.flatMap(routesIn).findLast(({ reason }) => reason.startsWith(UNKNOWN));

/** Who failed in the message's last attempt: the others are asked first. */
export const failedLast = ({ history }: Pick<Message, "history">): readonly Route[] => {
  const last = history.findLast(({ attempt }) => attempt !== undefined);
  return last?.status === "requested" ? routesIn(last) : [];
};
