import { CLOUDWATCH, cloudwatchAlarms } from "#adapters/aws/alarms.ts";
import { type JsonCall, type JsonService, signedJson } from "#adapters/aws/signed-json.ts";
import { USER_POOLS, userPoolRegister } from "#adapters/aws/user-pool.ts";
import { dynamoAuditLog } from "#adapters/dynamodb/audit/audit-log.ts";
import { dynamoChatStore } from "#adapters/dynamodb/chats/chat-store.ts";
import { dynamoCodeStore } from "#adapters/dynamodb/codes/code-store.ts";
import { dynamoConversationStore } from "#adapters/dynamodb/conversations/conversation-store.ts";
import { dynamoConfirmationStore } from "#adapters/dynamodb/customers/confirmation-store.ts";
import { dynamoContactStore } from "#adapters/dynamodb/customers/contact-store.ts";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoDataKeys } from "#adapters/dynamodb/customers/data-keys.ts";
import { findIn } from "#adapters/dynamodb/customers/find-customer.ts";
import { loadFrom } from "#adapters/dynamodb/customers/read-customers.ts";
import { dynamoCustomerScan } from "#adapters/dynamodb/customers/scan-customers.ts";
import { dynamoSuppressionStore } from "#adapters/dynamodb/customers/suppression-store.ts";
import { dynamoDecisionReader } from "#adapters/dynamodb/decisions/decision-reader.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decisions/decision-store.ts";
import { dynamoDraftStore } from "#adapters/dynamodb/drafts/draft-store.ts";
import { dynamoExperimentStore } from "#adapters/dynamodb/experiments/experiment-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import { dynamoOutcomeFacts } from "#adapters/dynamodb/history/outcome-facts.ts";
import { dynamoReceivedMessages } from "#adapters/dynamodb/history/received-messages.ts";
import { dynamoJobStore } from "#adapters/dynamodb/jobs/job-store.ts";
import { dynamoKeyRegister, listKeysByKind } from "#adapters/dynamodb/keys/key-register.ts";
import { dynamoKeyStore } from "#adapters/dynamodb/keys/key-store.ts";
import { dynamoLearningReader } from "#adapters/dynamodb/learning/learning-reader.ts";
import { dynamoLearningStore } from "#adapters/dynamodb/learning/learning-store.ts";
import { dynamoMessageReader, dynamoMessageStore } from "#adapters/dynamodb/messages/message-store.ts";
import { dynamoOverdueMessages } from "#adapters/dynamodb/messages/overdue-messages.ts";
import { dynamoHeldOffers } from "#adapters/dynamodb/offers/held-units.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbooks/playbook-store.ts";
import { dynamoProviderSums } from "#adapters/dynamodb/providers/provider-sums.ts";
import { dynamoSendingQuotas } from "#adapters/dynamodb/providers/sending-quotas.ts";
import { dynamoReportReader, dynamoReportStore } from "#adapters/dynamodb/reports/report-store.ts";
import { dynamoRunEditing, dynamoRunEdits } from "#adapters/dynamodb/runs/run-edits.ts";
import { dynamoRunCare, dynamoRunLists, dynamoRunStore } from "#adapters/dynamodb/runs/run-store.ts";
import { dynamoSimulationStore } from "#adapters/dynamodb/simulations/simulation-store.ts";
import { dynamoTimers, dynamoTimerTable } from "#adapters/dynamodb/timers/timers.ts";
import { dynamoWebhookStore } from "#adapters/dynamodb/webhooks/webhook-store.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { s3DecisionLogFiles } from "#adapters/s3/decision-log-files.ts";
import { s3Originals } from "#adapters/s3/originals.ts";
import { secretsManagerAccounts } from "#adapters/secretsmanager/provider-accounts.ts";
import { sqsDeadLetters } from "#adapters/sqs/dead-letters.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import { inUse, type Keyring, lookupKeys } from "#kernel/keyring.ts";
import type { KeyRegister } from "#ports/key-store.ts";
import { dynamo, events, firehose, s3, secretsManager, sqs } from "./aws.ts";
import { systemClock as clock } from "./clock.ts";
import { documentCache } from "./document-cache.ts";
import { type EnvName, readEnv, service, stage } from "./env.ts";
import { heldAccounts } from "./held-accounts.ts";
import { heldHealth } from "./held-health.ts";
import { cachedKeys } from "./key-cache.ts";
import { modelCache } from "./model-cache.ts";
import { playbookCache } from "./playbook-cache.ts";
import { heldSecret } from "./secrets.ts";

/*
 * What handlers are wired from, each made once, at init. Functions, as in aws.ts: a bundler drops what a handler does
 * not call, and with it the environment variables that are read there. So a function needs the rights it uses.
 */

const variable = <Name extends EnvName>(name: Name): string => readEnv(name)[name];
const table = (name: EnvName) => ({ client: dynamo(), table: variable(name) });
const customersAndHistory = () => ({ client: dynamo(), ...readEnv("customersTable", "historyTable") });

let identifierKeyring: (() => Promise<Keyring>) | undefined;
/** One request, whoever asks for it; made at init, so that a function without the right stops there. */
const identifierKeys = async () => {
  identifierKeyring ??= heldSecret(variable("identifierKeySecret"), clock);
  const held = identifierKeyring;
  await held();
  return async () => lookupKeys(await held(), clock.now());
};

/** @param options as `dynamoCustomerStore` takes them */
export const customerStore = async (
  options: Pick<
    Parameters<typeof dynamoCustomerStore>[0],
    "joinLoads" | "repairPointers" | "plainStates" | "runsTable"
  > = {},
) => dynamoCustomerStore({ ...customersAndHistory(), identifierKeys: await identifierKeys(), ...options });
/** For those who look customers up, and nothing else. */
export const customerFinder = async () => {
  const of = table("customersTable");
  return { find: findIn(of, { load: loadFrom(of), identifierKeys: await identifierKeys() }) };
};
/** For those who read customers by id alone: no key is needed for that. */
export const customerReader = () => ({ load: loadFrom(table("customersTable")) });
/** For the one who walks over all of them. */
export const customerScan = () => dynamoCustomerScan(table("customersTable"));
export const suppressionStore = async () =>
  dynamoSuppressionStore({ ...table("customersTable"), identifierKeys: await identifierKeys() });
export const confirmationStore = async () =>
  dynamoConfirmationStore({ ...table("customersTable"), identifierKeys: await identifierKeys() });
export const contactStore = () => dynamoContactStore(table("customersTable"));
export const historyStore = () => dynamoHistoryStore(table("historyTable"));
export const messageStore = () => dynamoMessageStore(table("historyTable"));
export const messageReader = () => dynamoMessageReader(table("historyTable"));
export const overdueMessages = () => dynamoOverdueMessages(table("historyTable"));

export const decisionStore = () => dynamoDecisionStore(customersAndHistory());
/** For those whose messages join conversations. */
export const conversingDecisions = () =>
  dynamoDecisionStore({ ...customersAndHistory(), ...readEnv("conversationsTable") });
/** For those who show records to people: those of release 0.1 leave names to the version. */
export const shownDecisions = () =>
  dynamoDecisionStore({ ...customersAndHistory(), readVersion: playbookDocuments().get });
export const decisionReader = () => dynamoDecisionReader(table("historyTable"));
export const heldOffers = () => dynamoHeldOffers(customersAndHistory());
export const outcomeFacts = () => dynamoOutcomeFacts(customersAndHistory());
export const dataKeys = () => dynamoDataKeys(customersAndHistory());

export const playbookStore = () => dynamoPlaybookStore(table("playbooksTable"));
/** Playbooks with every rule compiled. */
export const playbooks = () => playbookCache(playbookStore(), clock);
/** Playbooks as they were written: where no rule runs, the rules language is not needed. */
export const playbookDocuments = () => documentCache(playbookStore(), clock);
export const simulationStore = () => dynamoSimulationStore(table("playbooksTable"));

export const draftStore = () => dynamoDraftStore(table("draftsTable"), clock);

export const models = () => modelCache(learningReader(), clock);
export const learningReader = () => dynamoLearningReader(table("learningTable"));
export const learningStore = () => dynamoLearningStore({ ...table("learningTable"), random: Math.random });
export const reportReader = () => dynamoReportReader(table("learningTable"));
export const reportStore = () => dynamoReportStore({ ...table("learningTable"), random: Math.random, clock });
export const experimentStore = () =>
  dynamoExperimentStore({ ...table("learningTable"), random: Math.random });

export const conversationStore = () =>
  dynamoConversationStore({ ...table("conversationsTable"), timers: timers() });
/** What customers wrote, for whoever puts it into threads. */
export const receivedMessages = () =>
  dynamoReceivedMessages({ ...customersAndHistory(), ...readEnv("conversationsTable") });

export const dueQueue = () => sqsDueQueue({ client: sqs(), queueUrl: variable("dueUrl"), clock });
export const runStore = () => dynamoRunStore({ ...table("runsTable"), clock });
export const runLists = () => dynamoRunLists(table("runsTable"));
export const runEdits = () => dynamoRunEdits(table("runsTable"));
export const runEditing = () => dynamoRunEditing(table("runsTable"));
export const runCare = () => dynamoRunCare(table("runsTable"));
export const jobStore = () => dynamoJobStore({ ...table("jobsTable"), clock });
export const timers = () => dynamoTimers({ ...table("timersTable"), due: dueQueue(), clock });
export const timerTable = () => dynamoTimerTable(table("timersTable"));
/** Groups of the queue are nobody's to look up: they stay with the first key, so that nobody's events part in the middle. */
export const inbox = async () => {
  const { known } = await (await identifierKeys())();
  return sqsInbox({ client: sqs(), queueUrl: variable("inboxUrl"), key: known.at(-1)?.key ?? "" });
};
export const deadLetters = () =>
  sqsDeadLetters({ client: sqs(), queueUrl: variable("deadLetterUrl"), function: service });
export const eventBus = () => eventBridgeBus({ client: events(), bus: variable("bus") });
export const decisionLog = () =>
  firehoseDecisionLog({ client: firehose(), stream: variable("decisionStream") });
export const decisionLogFiles = () =>
  s3DecisionLogFiles({ client: s3(), bucket: variable("decisionLogBucket") });
/** What providers sent of what customers write, as it came. */
export const originals = () => s3Originals({ client: s3(), bucket: variable("originalsBucket") });

/** What lies in the hub's own chats. */
export const chatStore = () => dynamoChatStore({ ...table("chatsTable"), clock });

export const codeStore = () => dynamoCodeStore(table("codesTable"));

/** How systems outside answer that are told of events. */
export const webhookStore = () => heldHealth(dynamoWebhookStore(table("webhooksTable")), clock);

/** How our accounts at providers answer. */
export const providerSums = () => dynamoProviderSums(table("providersTable"));
/** What our senders have used up of their days. */
export const sendingQuotas = () => dynamoSendingQuotas(table("providersTable"));
/** What is secret of our accounts at providers. */
export const providerAccounts = () =>
  heldAccounts(secretsManagerAccounts({ client: secretsManager(), stage }), clock);
const jsonCall = (of: JsonService): JsonCall => signedJson(dynamo(), of, process.env.AWS_ENDPOINT_URL);
/** Who may log in to the console. */
export const peopleRegister = () => userPoolRegister(jsonCall(USER_POOLS), variable("peoplePool"));
/** The hub's alarms. */
export const alarmBoard = () => cloudwatchAlarms(jsonCall(CLOUDWATCH), `rapport-${stage}-`);

/** Keys as people manage them. */
export const keyRegister = (): KeyRegister => dynamoKeyRegister(table("keysTable"), listKeysByKind);
export const auditLog = () => dynamoAuditLog(table("auditTable"));

/** Finds an API key by its hash; what was found counts for a minute. */
export const apiKeys = () => cachedKeys(dynamoKeyStore(table("keysTable")), clock);

/** Where browsers reach this hub, without a slash at the end. */
export const publicUrl = (): string => variable("publicUrl").replace(/\/$/, "");

let identityKeyring: (() => Promise<Keyring>) | undefined;
/** The secrets that proofs of identity are signed with: read when the first proof comes. */
export const identityKeys = async (): Promise<readonly string[]> => {
  identityKeyring ??= heldSecret(variable("identityKeySecret"), clock);
  return (await identityKeyring()).map(({ key }) => key);
};

/** The keys that sign links and tokens, and verify them. */
export const linkKeys = async () => {
  const held = heldSecret(variable("linkKeySecret"), clock);
  await held();
  return async (): Promise<LinkKeys> => inUse(await held(), clock.now()).map(({ key }) => key);
};
/** Where the links of messages lead, and the keys that sign them. */
export const messageLinking = async () => ({
  publicUrl: publicUrl(),
  linkKeys: await linkKeys(),
});
