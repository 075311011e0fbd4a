import type { LocalCloud } from "#infra/local/cloud.ts";

/** What an AWS client is given to reach a local cloud's services. */
export const awsAt = (cloud: LocalCloud) => ({
  endpoint: cloud.awsUrl,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
