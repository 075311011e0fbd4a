import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";

// dynalite is CommonJS without types: a function that gives an HTTP server.
const createDynalite: (options: Readonly<Record<string, number>>) => Server = createRequire(import.meta.url)(
  "dynalite",
);

export type Dynalite = {
  readonly client: DynamoDBClient;
  /** Makes a table with `pk` and, if wanted, `sk`; gives its name. */
  readonly table: (name: string, options?: { readonly sortKey?: boolean }) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** DynamoDB's API in this process, on loopback and in memory. It knows no transactions. */
export const startDynalite = async (): Promise<Dynalite> => {
  const server = createDynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // `listen` on a port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return {
    client,
    table: async (name, { sortKey = true } = {}) => {
      const keys = sortKey ? (["pk", "sk"] as const) : (["pk"] as const);
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
          KeySchema: keys.map((AttributeName) => ({
            AttributeName,
            KeyType: AttributeName === "pk" ? "HASH" : "RANGE",
          })),
        }),
      );
      return name;
    },
    stop: async () => {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
