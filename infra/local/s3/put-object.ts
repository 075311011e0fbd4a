import { randomUUID } from "node:crypto";
import { flagAt, objectAt } from "../aws/json.ts";
import type { LocalResource } from "../door/provider-local.ts";
import type { Buses } from "../eventbridge/buses.ts";
import type { ObjectStore } from "./objects.ts";

/** Puts bytes into a bucket; whoever listens to it is told. */
export type PutObject = (bucket: string, key: string, body: Buffer) => void;

type Around = {
  readonly objects: ObjectStore;
  /** Buckets as the templates have them. */
  readonly buckets: readonly LocalResource[];
  readonly buses: Pick<Buses, "put">;
  readonly now: () => number;
};

/** "Amazon S3 Event Notifications with EventBridge": buckets that are told to tell the account's default bus of what is put there. */
export function createPutObject({ objects, buckets, buses, now }: Around): PutObject {
  const telling = new Set(
    buckets
      .filter(({ properties }) => {
        const notification = objectAt(properties, "NotificationConfiguration");
        return flagAt(objectAt(notification, "EventBridgeConfiguration"), "EventBridgeEnabled");
      })
      .map(({ identity }) => identity.ref),
  );
  return (bucket, key, body) => {
    objects.put(bucket, key, body, now());
    if (!telling.has(bucket)) return;
    buses.put("default", {
      source: "aws.s3",
      detailType: "Object Created",
      detail: {
        version: "0",
        bucket: { name: bucket },
        object: { key, size: body.length, etag: "local" },
        "request-id": randomUUID(),
        reason: "PutObject",
      },
      resources: [`arn:aws:s3:::${bucket}`],
    });
  };
}
