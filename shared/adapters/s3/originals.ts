import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Originals } from "#ports/originals.ts";

/** Of an answer to a range: `bytes 0-99/1234`. */
const sizeIn = (contentRange: string | undefined): number | undefined => {
  const size = /\/(\d+)$/.exec(contentRange ?? "")?.[1];
  return size === undefined ? undefined : Number(size);
};

/** Nothing is there, or nothing at that place of it: a range of an empty object is refused. */
const isNothing = (error: unknown): boolean =>
  error instanceof Error && (error.name === "NoSuchKey" || error.name === "InvalidRange");

/** Originals as files in S3, under their keys. */
export const s3Originals = ({
  client,
  bucket,
}: {
  readonly client: S3Client;
  readonly bucket: string;
}): Originals => ({
  keep: async (key, payload) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: payload }));
  },
  read: async (key, most) => {
    const range = `bytes=0-${most - 1}`;
    const answer = await client
      .send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }))
      .catch((error: unknown) => {
        if (isNothing(error)) return null;
        throw error;
      });
    if (answer === null) return null;
    const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    return { bytes, size: sizeIn(answer.ContentRange) ?? bytes.length };
  },
});
