import type { ReceivedAttachment, ReceivedMessage } from "#channels/definition/received.ts";
import { isForbiddenKind } from "#domain/message/forbidden-kinds.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { FetchedMedia, FetchMedia, MediaDoor } from "#ports/media.ts";
import type { Originals } from "#ports/originals.ts";
import type { Telemetry } from "#ports/telemetry.ts";

/** Who brought the message waits for our answer, and brings it again where that takes long. */
const PATIENCE_MS = 4_000;
/** So long after it was written a message waits for what came along. Then its words count more. */
const WORTH_WAITING_MS = 2 * MINUTE_MS;

/** How the media of a provider's account are fetched. */
export type MediaSource = Pick<MediaDoor, "secret" | "setting"> & {
  readonly fetch: FetchMedia;
  /** Where originals are kept. */
  readonly bucket: string;
};

type Dependencies = {
  readonly originals: Pick<Originals, "keep">;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

type Place = { readonly source: MediaSource; readonly original: string; readonly signal: AbortSignal };

/** What is to be said of an attachment; null: nobody knows yet, so that it is to be fetched again. */
const fetched = async (
  { originals, telemetry }: Dependencies,
  attachment: ReceivedAttachment,
  { source, original, signal }: Place,
): Promise<ReceivedAttachment | null> => {
  const { id, name } = attachment;
  if (isForbiddenKind(attachment)) return { ...attachment, isRefused: true };
  const key = `${original}/${hashId("med", id)}`;
  const { secret, setting, bucket } = source;
  let media: FetchedMedia;
  try {
    media = await source.fetch(id, {
      secret,
      setting,
      signal,
      place: { bucket, key },
      mostBytes: BOUNDS.mediaBytes,
    });
  } catch (error) {
    telemetry.log.error("media are not fetched", error);
    return null;
  }
  if (media.result === "gone" || media.result === "too-large")
    return { ...attachment, missing: media.result };
  const type = media.type ?? attachment.type;
  // What it really is, the provider says with it.
  if (isForbiddenKind({ name, type })) return { ...attachment, type, isRefused: true };
  if (media.result === "kept") return { ...attachment, type, bytes: media.size, kept: key };
  await originals.keep(key, media.bytes);
  return { ...attachment, type, bytes: media.bytes.byteLength, kept: key };
};

/**
 * A message with what came along with it, fetched and kept beside the original; of what there is not, the message says why. All
 * at once, within seconds. Throws `unavailable` where the provider cannot give it now and the message is young: whoever brought it
 * brings it again. An older one goes on without.
 */
export const withMedia = async (
  deps: Dependencies,
  message: ReceivedMessage,
  of: { readonly source: MediaSource; readonly original: string },
): Promise<ReceivedMessage> => {
  const { attachments = [], at } = message;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const found = await Promise.all(attachments.map((one) => fetched(deps, one, { ...of, signal })));
  const now = deps.clock.now();
  const isYoung = at !== undefined && now - Date.parse(at) < WORTH_WAITING_MS;
  if (isYoung && found.includes(null))
    throw new RapportError("unavailable", "what came along is not fetched yet", { retryAfter: 5 });
  const told = attachments.map((one, index) => found[index] ?? { ...one, missing: "not-reached" as const });
  return { ...message, attachments: told };
};
