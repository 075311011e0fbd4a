import type { OutboxItem } from "./hub.ts";

const KINDS = { click: "l", open: "o", unsubscribe: "u", preferences: "p" } as const;
type Kind = keyof typeof KINDS;

/** Paths of a mail's own links, by what they do; null where the mail has none. */
export const pathsIn = ({
  html = "",
  text,
  headers = {},
}: OutboxItem): Readonly<Record<Kind, string | null>> => {
  const all = `${html}\n${text}\n${Object.values(headers).join("\n")}`;
  const find = (kind: Kind) => new RegExp(`/${KINDS[kind]}/[A-Za-z0-9_-]+`).exec(all)?.[0] ?? null;
  return {
    click: find("click"),
    open: find("open"),
    unsubscribe: find("unsubscribe"),
    preferences: find("preferences"),
  };
};

export type Tokens = {
  /** Secrets of the stage, by the name of stack and resource. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Links of mails that were sent. */
  readonly mails: readonly (Readonly<Record<Kind, string | null>> & {
    readonly to: string;
    readonly messageId: string;
  })[];
};

export const readTokens = (
  outbox: readonly OutboxItem[],
  secrets: Readonly<Record<string, string>>,
): Tokens => ({
  secrets,
  mails: outbox
    .filter(({ channel }) => channel === "email")
    .toReversed()
    .map((mail) => ({ to: mail.to, messageId: mail.messageId, ...pathsIn(mail) })),
});
