import * as s3 from "aws-cdk-lib/aws-s3";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";
import { removalOf } from "./data.ts";

/** Named in docs/data-map.md: as long as somebody may still ask what a customer wrote exactly. */
const KEPT = Duration.days(400);

/** What providers sent of what customers write, as it came. */
export const addOriginalsResources = (stack: Stack, settings: Settings): void => {
  const bucket = new s3.Bucket(stack, "Originals", {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: removalOf(settings),
    // A stage that is thrown away takes them along: CloudFormation deletes no bucket that holds anything.
    autoDeleteObjects: !settings.keepsData && settings.stage !== "local",
  });
  publishName(stack, settings, "buckets/originals", bucket.bucketName);
};
