import { z } from "zod";
import type { Demand } from "./policy.ts";

const Item = z.record(z.string(), z.unknown());
type Item = z.output<typeof Item>;
const Part = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: Item.optional(),
  Item: Item.optional(),
  ProjectionExpression: z.string().optional(),
  KeyConditionExpression: z.string().optional(),
  FilterExpression: z.string().optional(),
  UpdateExpression: z.string().optional(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: Item.default({}),
});
type Part = z.output<typeof Part>;

const BatchGet = z.object({
  RequestItems: z.record(z.string(), Part.omit({ TableName: true }).extend({ Keys: z.array(Item) })),
});
const BatchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item }).optional(),
        DeleteRequest: z.object({ Key: Item }).optional(),
      }),
    ),
  ),
});
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Part)) });

/** Words of expressions that are no attributes ("Expressions in DynamoDB"). */
const WORDS = new Set(
  "SET REMOVE ADD DELETE AND OR NOT IN BETWEEN ATTRIBUTE_EXISTS ATTRIBUTE_NOT_EXISTS ATTRIBUTE_TYPE BEGINS_WITH CONTAINS SIZE IF_NOT_EXISTS LIST_APPEND".split(
    " ",
  ),
);

/** Attributes at the top of an item that an expression names. */
const namedIn = ({ ExpressionAttributeNames: names }: Part, expression: string | undefined): string[] =>
  [...(expression ?? "").matchAll(/(?<![.:#\w])(#?[A-Za-z_]\w*)/g)].flatMap(([, word = ""]) => {
    if (WORDS.has(word.toUpperCase())) return [];
    return [word.startsWith("#") ? (names[word] ?? word) : word];
  });

const leadingKey = (item: Item | undefined): string[] => {
  const key = z.object({ S: z.string() }).safeParse(item?.pk);
  return key.success ? [key.data.S] : [];
};

/** The partition of a Query: what `pk`, or an index's own key, is compared with. */
const queried = (part: Part): string[] => {
  const value = /=\s*(:\w+)/.exec(part.KeyConditionExpression ?? "")?.[1] ?? "";
  const key = z.object({ S: z.string() }).safeParse(part.ExpressionAttributeValues[value]);
  return key.success ? [key.data.S] : [];
};

const EXPRESSIONS = [
  "ProjectionExpression",
  "KeyConditionExpression",
  "FilterExpression",
  "UpdateExpression",
  "ConditionExpression",
] as const;

type Read = { readonly action: string; readonly reads: boolean; readonly keys?: readonly Item[] };

/** Condition keys as DynamoDB documents them ("Using IAM policy conditions for fine-grained access control"). */
const demand = (part: Part, { action, reads, keys = [] }: Read, resource: string): Demand => {
  const items = [part.Key, part.Item, ...keys].filter((item) => item !== undefined);
  const attributes = [
    ...items.flatMap(Object.keys),
    ...EXPRESSIONS.flatMap((name) => namedIn(part, part[name])),
  ];
  return {
    action: `dynamodb:${action}`,
    resources: [part.IndexName === undefined ? resource : `${resource}/index/${part.IndexName}`],
    context: {
      "dynamodb:LeadingKeys": [...new Set([...items.flatMap(leadingKey), ...queried(part)])],
      "dynamodb:Attributes": [...new Set(attributes)].sort(),
      ...(reads && {
        "dynamodb:Select": [
          part.ProjectionExpression === undefined ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES",
        ],
      }),
    },
  };
};

/** Parts of a transaction as the actions that IAM asks for. */
const PARTS: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/**
 * What a request to DynamoDB needs rights for.
 * @param resourceOf ARN of a table
 */
export const dynamoDemands = (
  operation: string,
  body: string,
  resourceOf: (table: string) => string,
): readonly Demand[] => {
  const input: unknown = JSON.parse(body);
  if (operation.startsWith("Transact")) {
    return Transaction.parse(input).TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, part]) => {
        const action = PARTS[kind] ?? kind;
        return demand(part, { action, reads: kind === "Get" }, resourceOf(part.TableName));
      }),
    );
  }
  if (operation === "BatchGetItem") {
    return Object.entries(BatchGet.parse(input).RequestItems).map(([TableName, { Keys, ...part }]) =>
      demand({ ...part, TableName }, { action: operation, reads: true, keys: Keys }, resourceOf(TableName)),
    );
  }
  if (operation === "BatchWriteItem") {
    return Object.entries(BatchWrite.parse(input).RequestItems).map(([TableName, writes]) => {
      const keys = writes.flatMap(({ PutRequest, DeleteRequest }) => [
        ...(PutRequest ? [PutRequest.Item] : []),
        ...(DeleteRequest ? [DeleteRequest.Key] : []),
      ]);
      const part = Part.parse({ TableName });
      return demand(part, { action: operation, reads: false, keys }, resourceOf(TableName));
    });
  }
  const part = Part.parse(input);
  const reads = operation === "GetItem" || operation === "Query" || operation === "Scan";
  return [demand(part, { action: operation, reads }, resourceOf(part.TableName))];
};
