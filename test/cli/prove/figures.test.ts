import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { cloudWatchFigures, localFigures, since } from "#cli/prove/figures.ts";

let server: Server | undefined;
afterEach(() => server?.close());

const result = (id: string, values: readonly number[]): string =>
  `<member><Label>x</Label><Id>${id}</Id><Values>${values.map((value) => `<member>${value}</member>`).join("")}</Values></member>`;

/** CloudWatch, which answers what was asked with these results. Gives what it was asked. */
const startCloudWatch = async (results: string) => {
  const asked: URLSearchParams[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.end(
        `<GetMetricDataResponse><MetricDataResults>${results}</MetricDataResults></GetMetricDataResponse>`,
      );
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { asked, aws: { endpoint, region: "us-east-1", credentials } };
};

describe("what a story used", () => {
  it("is told by CloudWatch for everything of the stage's name, and nothing more", async () => {
    const results = [
      result("invocations", [40, 2]),
      result("functionMilliseconds", [1000]),
      result("readUnits", [10]),
      result("writeUnits", [8, 8]),
    ].join("");
    const { asked, aws } = await startCloudWatch(results);
    const figures = await cloudWatchFigures(aws, "test", new Date(0), new Date(60_000));
    expect(figures).toMatchObject({
      invocations: 42,
      functionMilliseconds: 1000,
      readUnits: 10,
      writeUnits: 16,
      requestsByFunctions: null,
    });
    expect((figures.dollars ?? 0) * 1e6).toBeCloseTo(42 * 0.2 + 13.3334 + 10 * 0.125 + 16 * 0.625, 6);
    expect(asked[0]?.get("MetricDataQueries.member.1.Expression")).toContain("rapport-test");
  });

  it("is in a local cloud what came after the beginning", () => {
    const usage = (count: number) =>
      localFigures({
        requests: { functions: { total: count }, services: { total: 2 * count } },
        dynamodb: { readUnits: count, writeUnits: count },
        functions: { "send/x": { invocations: count, milliseconds: 10 * count } },
        dollars: { total: count },
      });
    expect(since(usage(3), usage(10))).toMatchObject({
      requestsByFunctions: 7,
      requestsByServices: 14,
      invocations: 7,
      functionMilliseconds: 70,
      dollars: 7,
    });
    expect(since(undefined, usage(10)).invocations).toBe(10);
  });
});
