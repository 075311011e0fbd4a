/**
 * The names that core stacks, function stacks, handlers and the local cloud agree on.
 * Core publishes each name as an SSM parameter; function stacks look it up by that name (docs/decisions/0001).
 */

/** Path of the SSM parameter under which core publishes one of its names. */
export const parameterName = (stage: string, name: CoreName): string => `/rapport/${stage}/${name}`;

/** Every name that core publishes. */
export const CORE_NAMES = [
  "tables/customers",
  "tables/history",
  "tables/timers",
  "tables/playbooks",
  "tables/keys",
  "tables/learning",
  "tables/drafts",
  "tables/conversations",
  "tables/runs",
  "tables/jobs",
  "tables/providers",
  "tables/codes",
  "tables/chats",
  "tables/webhooks",
  "queues/inbox-url",
  "queues/inbox-arn",
  "queues/inbox-dlq-url",
  "queues/inbox-dlq-arn",
  "queues/due-url",
  "queues/due-arn",
  "buses/rapport",
  "buses/sources",
  "streams/decisions",
  "buckets/decision-log",
  "buckets/originals",
  "topics/provider-events",
  "topics/inbound",
  "topics/alarms",
  "secrets/identifier-key",
  "secrets/link-key",
  "secrets/identity-key",
  "keys/data",
  "api/id",
  "api/url",
  "tables/audit",
  "people/issuer",
  "people/console-client",
  "people/pool",
] as const;
export type CoreName = (typeof CORE_NAMES)[number];

/** Stands for the issuer of a hub that nobody can log in to: one that serves customers from one machine. */
export const NO_ISSUER = "none";

/** Stands for the domains of a hub that receives no mail. */
export const NO_DOMAIN = "none";

/** Environment variables of the functions. A handler reads them once, at init, through `env.ts`. */
export const ENV = {
  stage: "RAPPORT_STAGE",
  functionName: "RAPPORT_FUNCTION",
  customersTable: "CUSTOMERS_TABLE",
  historyTable: "HISTORY_TABLE",
  timersTable: "TIMERS_TABLE",
  playbooksTable: "PLAYBOOKS_TABLE",
  keysTable: "KEYS_TABLE",
  learningTable: "LEARNING_TABLE",
  draftsTable: "DRAFTS_TABLE",
  conversationsTable: "CONVERSATIONS_TABLE",
  auditTable: "AUDIT_TABLE",
  runsTable: "RUNS_TABLE",
  jobsTable: "JOBS_TABLE",
  providersTable: "PROVIDERS_TABLE",
  codesTable: "CODES_TABLE",
  chatsTable: "CHATS_TABLE",
  webhooksTable: "WEBHOOKS_TABLE",
  inboxUrl: "INBOX_QUEUE_URL",
  inboxDeadLetterUrl: "INBOX_DLQ_URL",
  dueUrl: "DUE_QUEUE_URL",
  /** The function's own queue(s) and dead-letter queue, set by the golden-path construct of a worker. */
  queueUrl: "QUEUE_URL",
  deadLetterUrl: "DLQ_URL",
  bus: "BUS_NAME",
  decisionStream: "DECISION_STREAM",
  decisionLogBucket: "DECISION_LOG_BUCKET",
  originalsBucket: "ORIGINALS_BUCKET",
  identifierKeySecret: "IDENTIFIER_KEY_SECRET",
  linkKeySecret: "LINK_KEY_SECRET",
  identityKeySecret: "IDENTITY_KEY_SECRET",
  publicUrl: "PUBLIC_URL",
  /** Domains whose mail comes to this hub, with commas between them; `NO_DOMAIN` where none does. */
  inboundDomains: "INBOUND_DOMAINS",
  /** Who says who is logged in to the console, an OpenID issuer; `NO_ISSUER` where nobody can log in. */
  issuer: "PEOPLE_ISSUER",
  consoleClient: "CONSOLE_CLIENT",
  peoplePool: "PEOPLE_POOL",
  /** `packed`, or `plain` for as long as release 0.1 must be able to read profiles. */
  stateForm: "STATE_FORM",
} as const;
