import * as glue from "aws-cdk-lib/aws-glue";
import * as iam from "aws-cdk-lib/aws-iam";
import * as firehose from "aws-cdk-lib/aws-kinesisfirehose";
import * as logs from "aws-cdk-lib/aws-logs";
import * as s3 from "aws-cdk-lib/aws-s3";
import { Aws, Duration, RemovalPolicy, type Stack } from "aws-cdk-lib/core";
import { DependencyGroup, type IDependable } from "constructs";
import { publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";
import { removalOf } from "./data.ts";

/** Long enough to learn from last year's season, and named in docs/data-map.md. */
const KEPT = Duration.days(400);
const FOLDER = "decisions";

/**
 * Every decision, for good measure and for simulation: a stream in front, files in S3, a table over them for Athena.
 * @returns all of it, to wait for
 */
export const addDecisionLogResources = (stack: Stack, settings: Settings): IDependable => {
  const bucket = addBucket(stack, settings);
  publishName(stack, settings, "buckets/decision-log", bucket.bucketName);
  const stream = addStream(stack, settings, bucket);
  publishName(stack, settings, "streams/decisions", stream.ref);
  const table = addTable(stack, settings, bucket);
  const all = new DependencyGroup();
  all.add(stream, table);
  return all;
};

/** Records come sealed, each with its customer's own key: S3's own encryption around them is enough. */
const addBucket = (stack: Stack, settings: Settings): s3.Bucket =>
  new s3.Bucket(stack, "DecisionLog", {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: removalOf(settings),
    // A stage that is thrown away takes its log along: CloudFormation deletes no bucket that holds anything.
    autoDeleteObjects: !settings.keepsData && settings.stage !== "local",
  });

const addStream = (stack: Stack, settings: Settings, bucket: s3.Bucket): firehose.CfnDeliveryStream => {
  const name = `rapport-${settings.stage}-decisions`;
  const group = new logs.LogGroup(stack, "DecisionLogErrors", {
    logGroupName: `/aws/kinesisfirehose/${name}`,
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const errors = new logs.LogStream(stack, "DecisionLogErrorStream", {
    logGroup: group,
    logStreamName: "delivery",
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new iam.Role(stack, "DecisionLogRole", {
    assumedBy: new iam.ServicePrincipal("firehose.amazonaws.com", {
      conditions: { StringEquals: { "sts:ExternalId": Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      own: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            resources: [bucket.bucketArn],
          }),
          new iam.PolicyStatement({
            actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            resources: [bucket.arnForObjects(`${FOLDER}/*`), bucket.arnForObjects("failed/*")],
          }),
          new iam.PolicyStatement({
            actions: ["logs:PutLogEvents"],
            resources: [
              `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${group.logGroupName}:log-stream:${errors.logStreamName}`,
            ],
          }),
        ],
      }),
    },
  });
  const stream = new firehose.CfnDeliveryStream(stack, "DecisionStream", {
    deliveryStreamName: name,
    deliveryStreamType: "DirectPut",
    deliveryStreamEncryptionConfigurationInput: { keyType: "AWS_OWNED_CMK" },
    extendedS3DestinationConfiguration: {
      bucketArn: bucket.bucketArn,
      roleArn: role.roleArn,
      // What simulation lists by; `hour` is the hour of arrival, in UTC.
      prefix: `${FOLDER}/day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/`,
      errorOutputPrefix: "failed/!{firehose:error-output-type}/",
      bufferingHints: { intervalInSeconds: 300, sizeInMBs: 64 },
      // Sealed bytes do not get smaller, and plain files can be read in parts.
      compressionFormat: "UNCOMPRESSED",
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: group.logGroupName,
        logStreamName: errors.logStreamName,
      },
    },
  });
  stream.node.addDependency(role);
  return stream;
};

const COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ["v", "int"],
  ["decisionid", "string"],
  ["customerid", "string"],
  ["at", "string"],
  ["placement", "string"],
  ["playbook", "string"],
  ["sealed", "string"],
];

/** Folders are found by arithmetic (partition projection): nobody has to tell the catalogue of a new hour. */
const addTable = (stack: Stack, settings: Settings, bucket: s3.Bucket): glue.CfnTable => {
  const database = new glue.CfnDatabase(stack, "DecisionLogDatabase", {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name: `rapport_${settings.stage}`, description: "Rapport: the log of decisions" },
  });
  const location = `s3://${bucket.bucketName}/${FOLDER}/`;
  const table = new glue.CfnTable(stack, "DecisionLogTable", {
    catalogId: Aws.ACCOUNT_ID,
    databaseName: `rapport_${settings.stage}`,
    tableInput: {
      name: "decisions",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        classification: "json",
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": "2026-01-01,NOW+1DAY",
        "projection.hour.type": "integer",
        "projection.hour.range": "0,23",
        "projection.hour.digits": "2",
        "storage.location.template": `${location}day=\${day}/hour=\${hour}/`,
      },
      partitionKeys: [
        { name: "day", type: "string" },
        { name: "hour", type: "string" },
      ],
      storageDescriptor: {
        location,
        columns: COLUMNS.map(([name, type]) => ({ name, type })),
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serdeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
      },
    },
  });
  table.addDependency(database);
  return table;
};
