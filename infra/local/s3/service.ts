import { AwsError, type AwsRequest, type AwsResponse, escapeXml, type Service } from "../aws/protocol.ts";
import type { ObjectStore } from "./objects.ts";
import type { PutObject } from "./put-object.ts";

/** Names of S3's operations are nowhere in its requests: method, path and query tell them. */
export function s3Operation({ method, path, query, headers }: AwsRequest): string {
  const hasKey = path.split("/").filter((part) => part !== "").length > 1;
  if (method === "GET" && !hasKey && query.includes("list-type=2")) return "ListObjectsV2";
  if (method === "GET" && hasKey) return "GetObject";
  if (method === "HEAD" && hasKey) return "HeadObject";
  if (method === "PUT" && hasKey && headers["x-amz-copy-source"] === undefined) return "PutObject";
  return `${method} ${hasKey ? "object" : "bucket"}`;
}

type Around = {
  readonly objects: ObjectStore;
  readonly buckets: ReadonlySet<string>;
  /** Puts an object where it belongs, and tells who listens. */
  readonly put: PutObject;
};

/** The little of S3 that the decision log and originals need; addresses by path only. What is put is text. */
export function createS3Service({ objects, buckets, put }: Around): Service {
  return (operation, request) => {
    const [, bucket = "", ...rest] = request.path.split("/").map(decodeURIComponent);
    const key = rest.join("/");
    if (!buckets.has(bucket)) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    switch (operation) {
      case "ListObjectsV2":
        return list(objects, bucket, new URLSearchParams(request.query));
      case "GetObject":
        return get(objects, bucket, key, request.headers.range);
      case "HeadObject":
        return { ...get(objects, bucket, key, undefined), body: "" };
      case "PutObject":
        put(bucket, key, Buffer.from(request.body));
        return { status: 200, headers: { etag: '"local"' }, body: "" };
      default:
        return null;
    }
  };
}

function get(objects: ObjectStore, bucket: string, key: string, range: string | undefined): AwsResponse {
  const found = objects.head(bucket, key);
  if (found === null) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  const offset = Number(first ?? 0);
  if (first !== undefined && offset >= found.size) {
    throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416);
  }
  const end = last === undefined || last === "" ? found.size - 1 : Math.min(Number(last), found.size - 1);
  const headers = {
    "content-type": "binary/octet-stream",
    "last-modified": new Date(found.modified).toUTCString(),
    etag: '"local"',
    ...(first === undefined ? {} : { "content-range": `bytes ${offset}-${end}/${found.size}` }),
  };
  const body = objects.read(bucket, key, offset, end - offset + 1);
  return { status: first === undefined ? 200 : 206, headers, body };
}

const MOST_KEYS = 1_000;

function list(objects: ObjectStore, bucket: string, query: URLSearchParams): AwsResponse {
  const limit = Math.min(Number(query.get("max-keys") ?? MOST_KEYS), MOST_KEYS);
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const found = objects.list(bucket, prefix, after, limit + 1);
  const shown = found.slice(0, limit);
  const rows = shown.map(
    ({ key, size, modified }) =>
      `<Contents><Key>${escapeXml(key)}</Key><LastModified>${new Date(modified).toISOString()}</LastModified><ETag>"local"</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const isTruncated = found.length > limit;
  const next = isTruncated
    ? `<NextContinuationToken>${escapeXml(shown.at(-1)?.key ?? "")}</NextContinuationToken>`
    : "";
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${escapeXml(bucket)}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${shown.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${next}${rows.join("")}</ListBucketResult>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}
