import { GetWhatsAppMessageMediaCommand, SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import type { FetchedMedia, FetchMedia } from "#ports/media.ts";
import { awsCall } from "#providers/wire/aws-call.ts";

const KILOBYTE = 1_024;
/** "GetWhatsAppMessageMedia", API reference of social-messaging: what Meta has no more. */
const GONE_ERRORS: readonly string[] = ["ResourceNotFoundException", "InvalidParametersException"];

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** What came along with a message: AWS fetches it from Meta, and puts it beside the original itself. */
export const fetchMedia: FetchMedia = async (id, { place, mostBytes, signal }): Promise<FetchedMedia> => {
  // As inbound.ts names them: the number that it came to, and Meta's id.
  const [originationPhoneNumberId, media] = id.split("/");
  if (media === undefined) return { result: "gone" };
  const client = new SocialMessagingClient(awsCall({ connectMs: 1_000, answerMs: 3_000 }));
  const asked = { mediaId: media, originationPhoneNumberId };
  const call = (more: object) =>
    client.send(new GetWhatsAppMessageMediaCommand({ ...asked, ...more }), { abortSignal: signal });
  try {
    const { fileSize = 0, mimeType } = await call({ metadataOnly: true });
    if (fileSize * KILOBYTE > mostBytes) return { result: "too-large" };
    await call({ destinationS3File: { bucketName: place.bucket, key: place.key } });
    const type = mimeType === undefined ? {} : { type: mimeType };
    return { result: "kept", size: fileSize * KILOBYTE, ...type };
  } catch (error) {
    if (GONE_ERRORS.includes(nameOf(error))) return { result: "gone" };
    throw error;
  } finally {
    client.destroy();
  }
};
