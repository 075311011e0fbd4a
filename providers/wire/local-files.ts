import { randomUUID } from "node:crypto";
import type { Played } from "./local-whatsapp.ts";

/** A file that a provider which is played holds for us. */
export type LocalFile = { readonly type: string; readonly bytes: Buffer };

type Sending = {
  readonly attachments?:
    | readonly { readonly name: string; readonly type: string; readonly content: string }[]
    | undefined;
};

/** What customers send along with their messages, held until it is fetched; forgotten when the local cloud ends. */
export const localFiles = () => {
  const files = new Map<string, LocalFile>();
  return {
    /** Holds what comes along. @returns by which ids it is fetched */
    hold: ({ attachments = [] }: Sending): readonly Played[] =>
      attachments.map(({ name, type, content }) => {
        const id = `media-${randomUUID()}`;
        files.set(id, { type, bytes: Buffer.from(content, "base64") });
        return { id, name, type };
      }),
    find: (id: string): LocalFile | undefined => files.get(id),
  };
};

export type LocalFiles = ReturnType<typeof localFiles>;
