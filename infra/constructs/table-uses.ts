import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import { type CoreName, ENV } from "#runtime/names.ts";

/** What a use of a table comes to. */
export interface TableUse {
  readonly table: Extract<CoreName, `tables/${string}`>;
  readonly variable: string;
  /** DynamoDB actions on the table itself. */
  readonly actions: readonly string[];
  readonly writes: boolean;
  /** An index to query, or several, and nothing else on them. */
  readonly index?: string | readonly string[];
  /** The actions may touch nothing but this. */
  readonly only?: Only;
}

/** Items whose partition key is like this; attributes, of which the request must name the ones it wants. */
export type Only =
  | { readonly partitions: string | readonly string[] }
  | { readonly attributes: readonly string[] };

const CUSTOMERS = { table: "tables/customers", variable: ENV.customersTable } as const;
const HISTORY = { table: "tables/history", variable: ENV.historyTable } as const;
const TIMERS = { table: "tables/timers", variable: ENV.timersTable } as const;
const LEARNING = { table: "tables/learning", variable: ENV.learningTable } as const;
const DRAFTS = { table: "tables/drafts", variable: ENV.draftsTable } as const;
const AUDIT = { table: "tables/audit", variable: ENV.auditTable } as const;
const PROVIDERS = { table: "tables/providers", variable: ENV.providersTable } as const;
const CODES = { table: "tables/codes", variable: ENV.codesTable } as const;
const CHATS = { table: "tables/chats", variable: ENV.chatsTable } as const;
const WEBHOOKS = { table: "tables/webhooks", variable: ENV.webhooksTable } as const;
const RUNS = { table: "tables/runs", variable: ENV.runsTable } as const;
const JOBS = { table: "tables/jobs", variable: ENV.jobsTable } as const;
const CONVERSATIONS = { table: "tables/conversations", variable: ENV.conversationsTable } as const;
const PLAYBOOKS = { table: "tables/playbooks", variable: ENV.playbooksTable } as const;

/**
 * What a use of a table comes to: what the adapters call (shared/adapters/dynamodb), a transaction as the rights of its
 * parts. One Scan, of the engine that walks over all customers: who else needs one has the wrong key.
 */
export const TABLE_USES = {
  "data-keys:read": {
    ...CUSTOMERS,
    actions: ["BatchGetItem"],
    only: { attributes: ["pk", "sk", "dataKey"] },
    writes: false,
  },
  /** Who a customer has become, and who became them. */
  "merges:read": {
    ...CUSTOMERS,
    actions: ["BatchGetItem"],
    only: { attributes: ["pk", "sk", "mergedInto", "absorbed"] },
    writes: false,
  },
  "customers:read": { ...CUSTOMERS, actions: ["GetItem", "Query"], writes: false },
  /** All customers, page by page. Of one function alone: a walk costs as much as there are customers. */
  "customers:scan": { ...CUSTOMERS, actions: ["Scan"], writes: false },
  "customers:read-write": {
    ...CUSTOMERS,
    actions: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** An item of these attributes and no others, as contact history and consent: no pointer, key or merge. Rights know no sort keys. */
  "contacts:write": {
    ...CUSTOMERS,
    actions: ["PutItem"],
    only: { attributes: ["pk", "sk", "version", "body"] },
    writes: true,
  },
  /** The key that a customer's records in the log are sealed with, where there is none yet. */
  "data-keys:make": {
    ...CUSTOMERS,
    actions: ["PutItem"],
    only: { attributes: ["pk", "sk", "dataKey"] },
    writes: true,
  },
  "identifiers:resolve": { ...CUSTOMERS, actions: ["BatchGetItem"], writes: false },
  "suppressions:say": { ...CUSTOMERS, actions: ["UpdateItem"], writes: true },
  "suppressions:read": { ...CUSTOMERS, actions: ["BatchGetItem"], writes: false },
  "outcomes:read": { ...HISTORY, actions: ["BatchGetItem"], writes: false, index: INDEXES.historyByCustomer },
  "history:read": { ...HISTORY, actions: ["GetItem"], writes: false },
  "decisions:read": { ...HISTORY, actions: ["BatchGetItem"], writes: false },
  "facts:record": { ...HISTORY, actions: ["BatchGetItem", "BatchWriteItem"], writes: true },
  "decisions:record": {
    ...HISTORY,
    actions: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"],
    writes: true,
  },
  /** Messages that have not ended by when they should have. */
  "messages:sweep": {
    ...HISTORY,
    actions: ["BatchGetItem", "UpdateItem"],
    writes: true,
    index: INDEXES.historyBySweep,
  },
  "messages:record": { ...HISTORY, actions: ["GetItem", "UpdateItem"], writes: true },
  "timeline:read": { ...HISTORY, actions: [], writes: false, index: INDEXES.historyByCustomer },
  /** Runs of journeys, with the state of their customer, and the counts of their journeys. */
  "runs:walk": {
    ...RUNS,
    actions: ["BatchGetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** Runs whose time came, and journeys that are kept still. */
  "runs:tend": {
    ...RUNS,
    actions: ["BatchGetItem", "DeleteItem", "PutItem", "Query"],
    writes: true,
    index: INDEXES.runsByDue,
  },
  /** Which journeys are kept still, and no run. */
  "journeys:pause": {
    ...RUNS,
    actions: ["DeleteItem", "PutItem"],
    only: { partitions: ["still", "resuming"] },
    writes: true,
  },
  /** That a version was published, for runs to look at. */
  "journeys:edit": { ...RUNS, actions: ["PutItem"], only: { partitions: "edits" }, writes: true },
  "runs:read": { ...RUNS, actions: ["BatchGetItem", "Query"], writes: false, index: INDEXES.runsByStep },
  /** What walks over many customers, and how far it came. */
  "jobs:read": { ...JOBS, actions: ["GetItem", "Query"], writes: false, index: INDEXES.jobsByKind },
  "jobs:read-write": {
    ...JOBS,
    actions: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
    index: INDEXES.jobsByKind,
  },
  "timers:set": { ...TIMERS, actions: ["BatchWriteItem"], writes: true },
  /** Sets them by the write of what they are about. */
  "timers:join": { ...TIMERS, actions: ["PutItem"], writes: true },
  "timers:fire": { ...TIMERS, actions: ["DeleteItem", "GetItem", "Query", "UpdateItem"], writes: true },
  "playbooks:read": { ...PLAYBOOKS, actions: ["GetItem"], writes: false },
  "playbooks:read-write": {
    ...PLAYBOOKS,
    actions: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** Simulations lie beside the playbooks they are about; neither those nor the pointer are theirs to write. */
  "simulations:run": {
    ...PLAYBOOKS,
    actions: ["PutItem", "Query"],
    only: { partitions: "sim_*" },
    writes: true,
  },
  "drafts:list": { ...DRAFTS, actions: ["Query"], writes: false },
  "drafts:read": { ...DRAFTS, actions: ["BatchGetItem", "GetItem"], writes: false },
  "drafts:read-write": {
    ...DRAFTS,
    actions: ["BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  "models:read": { ...LEARNING, actions: ["BatchGetItem", "GetItem", "Query"], writes: false },
  "models:learn": {
    ...LEARNING,
    actions: ["BatchGetItem", "BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** How accounts at providers answer: each sender adds what it saw, and hears what others saw. */
  "provider-sums:share": { ...PROVIDERS, actions: ["Query", "UpdateItem"], writes: true },
  "provider-sums:read": { ...PROVIDERS, actions: ["Query"], writes: false },
  /** One-time codes, and how many were asked for. */
  "codes:check": { ...CODES, actions: ["PutItem", "UpdateItem"], writes: true },
  /** Puts messages into chats, each once. */
  "chats:add": { ...CHATS, actions: ["GetItem", "PutItem"], writes: true },
  "chats:read-write": { ...CHATS, actions: ["GetItem", "PutItem", "Query"], writes: true },
  /** How systems outside answer that are told of events, and what could not be told. */
  "webhooks:tell": { ...WEBHOOKS, actions: ["DeleteItem", "PutItem", "Query", "UpdateItem"], writes: true },
  "webhooks:manage": { ...WEBHOOKS, actions: ["DeleteItem", "Query"], writes: true },
  "audit:write": { ...AUDIT, actions: ["PutItem"], writes: true },
  "audit:read": { ...AUDIT, actions: ["Query"], writes: false },
  /** Threads to write, by who knows whose they are. */
  "conversations:write": {
    ...CONVERSATIONS,
    actions: ["BatchGetItem", "GetItem", "PutItem", "Query"],
    writes: true,
  },
  "conversations:read-write": {
    ...CONVERSATIONS,
    actions: ["BatchGetItem", "GetItem", "PutItem", "Query"],
    writes: true,
    index: [
      INDEXES.conversationsByAssignee,
      INDEXES.conversationsByCustomer,
      INDEXES.conversationsByDue,
      INDEXES.conversationsByQueue,
    ],
  },
  /** Makes keys, revokes and lists them. */
  "keys:manage": {
    table: "tables/keys",
    variable: ENV.keysTable,
    actions: ["DeleteItem", "PutItem"],
    writes: true,
    index: INDEXES.keysByKind,
  },
  "keys:read": { table: "tables/keys", variable: ENV.keysTable, actions: ["GetItem"], writes: false },
} as const satisfies Record<string, TableUse>;
