import type { MessageRequest } from "#client/api.generated.ts";

/** A message as a preview shows it. */
export type Shown = {
  readonly subject?: string | undefined;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
};

/** Channels that a test can be sent by, and the kind of address each takes. */
export const TEST_ADDRESSES: Readonly<Record<string, string>> = { email: "email", sms: "phone" };
/** What is owed to people who asked for it; where a playbook calls it otherwise, the hub says so. */
const CATEGORY = "transactional";

/** It is rendered already: what looks like Liquid is text. */
const literally = (text: string): string => text.replace(/\{(?=[{%])/g, '{{ "{" }}');

/** A message asked for as any other is: it has its decision, keeps to what its recipient said no to, and is marked as a test. */
export const testRequest = (
  { subject, html, text }: Shown,
  { channel, to, mark }: { readonly channel: string; readonly to: string; readonly mark: string },
): MessageRequest => ({
  to: `${TEST_ADDRESSES[channel] ?? channel}:${to.trim()}`,
  category: CATEGORY,
  channel,
  content: {
    ...(subject === undefined ? {} : { subject: literally(`${mark} ${subject}`) }),
    ...(html === undefined ? {} : { html: literally(html) }),
    ...(text === undefined ? {} : { text: literally(subject === undefined ? `${mark} ${text}` : text) }),
  },
});
