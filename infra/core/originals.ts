import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import { Aws, Duration, type Stack } from "aws-cdk-lib/core";
import * as RESOURCES from "#providers/all.resources.ts";
import { publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";
import { ofAllProviders } from "../constructs/provider-resources.ts";
import { MAILS } from "../constructs/receiving.ts";
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
  tellOfNewObjects(bucket);
  for (const service of ofAllProviders(RESOURCES, ({ mailKeepers }) => mailKeepers))
    letKeepMail(bucket, service);
  publishName(stack, settings, "buckets/originals", bucket.bucketName);
};

/** To the account's default bus. The construct's own switch for that would deploy a function beside it. */
const tellOfNewObjects = (bucket: s3.Bucket): void => {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof s3.CfnBucket)) throw new Error("the bucket of originals has no resource");
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
};

/** Mail is put there by the service that receives it, for this account alone. */
const letKeepMail = (bucket: s3.Bucket, service: string): void => {
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(service)],
      actions: ["s3:PutObject"],
      resources: [bucket.arnForObjects(`${MAILS}*`)],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
};
