import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { HOUR_MS } from "#kernel/time.ts";
import type { DecisionLogFiles } from "#ports/decision-log.ts";

/** Folder of the log in its bucket; the delivery stream adds day and hour of arrival, in UTC. */
const LOG_PREFIX = "decisions/";

/** A record waits in the stream for minutes and may be tried again for hours: it lands in a later folder, never earlier. */
const LATEST_ARRIVAL_MS = 24 * HOUR_MS;

/** `decisions/day=2026-11-21/hour=22/`: names sort by time. */
const folderOf = (time: number): string => {
  const iso = new Date(time).toISOString();
  return `${LOG_PREFIX}day=${iso.slice(0, 10)}/hour=${iso.slice(11, 13)}/`;
};

/** The log's files in S3, in the order of their names. */
export const s3DecisionLogFiles = (options: { client: S3Client; bucket: string }): DecisionLogFiles => {
  const { client, bucket } = options;
  return {
    list: async ({ from, to, after }) => {
      const first = folderOf(Date.parse(from));
      const last = folderOf(Date.parse(to) + LATEST_ARRIVAL_MS + HOUR_MS);
      const answer = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: LOG_PREFIX, StartAfter: after ?? first }),
      );
      return (answer.Contents ?? [])
        .map(({ Key: name = "", Size: size = 0 }) => ({ name, size }))
        .filter(({ name, size }) => name < last && size > 0);
    },
    read: async (name, offset, length) => {
      const answer = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: name, Range: `bytes=${offset}-${offset + length - 1}` }),
      );
      return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    },
  };
};
