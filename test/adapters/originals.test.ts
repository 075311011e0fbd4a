import type { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import { s3Originals } from "#adapters/s3/originals.ts";

/** A bucket that takes objects. */
const bucketOf = (kept: Map<string, string>): S3Client =>
  ({
    send: async ({ input }: { readonly input: { Bucket: string; Key: string; Body: string } }) => {
      kept.set(input.Key, `${input.Bucket}: ${input.Body}`);
    },
  }) as unknown as S3Client;

describe.each([
  ["memory", (kept: Map<string, string>) => memoryOriginals(kept), "Grüße"],
  ["s3", (kept: Map<string, string>) => s3Originals({ client: bucketOf(kept), bucket: "b" }), "b: Grüße"],
])("originals in %s", (_name, open, expected) => {
  it("are kept under their key, once", async () => {
    const kept = new Map<string, string>();
    const originals = open(kept);
    await originals.keep("p/a/raw_1", "Grüße");
    await originals.keep("p/a/raw_1", "Grüße");
    expect([...kept]).toEqual([["p/a/raw_1", expected]]);
  });
});
