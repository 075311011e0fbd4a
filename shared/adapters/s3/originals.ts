import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Originals } from "#ports/originals.ts";

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
});
