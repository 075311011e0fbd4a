/*
 * Written by `npm run tables` (scripts/tables/client.table.ts): do not edit.
 * The API's document (functions/api/openapi/document.json) as types.
 */

export type AuditEntry = { readonly auditId: string; readonly at: string; readonly actor: { readonly kind: "person" | "key"; readonly id: string; readonly name?: string }; readonly call: string; readonly target?: string; readonly state: "begun" | "done" | "refused" | "failed"; readonly reason?: string; readonly before?: JsonObject; readonly after?: JsonObject };

export type Batch = { readonly batch: readonly SegmentEvent[]; readonly context?: { readonly [member: string]: unknown } | null; readonly sentAt?: string | number | null; readonly writeKey?: string | null };

export type CloudEvent = { readonly specversion: "1.0"; readonly id: string; readonly source: string; readonly type: string; readonly time?: string; readonly subject?: string; readonly data?: { readonly [member: string]: unknown } };

export type CodeAccepted = { readonly otpId: string; readonly messageId: string; readonly decisionId: string; readonly channel: string; readonly status: "requested" | "rejected"; readonly reasons: readonly string[] };

export type CodeRequest = { readonly to: string; readonly channel?: string; readonly treatment?: string; readonly length?: number; readonly ttl?: number | string };

export type CodeSaid = { readonly otpId: string; readonly code: string };

export type Colleague = { readonly personId: string; readonly name: string; readonly email?: string; readonly roles: readonly ("viewer" | "analyst" | "editor" | "marketer" | "agent" | "privacy" | "admin")[]; readonly enabled: boolean; readonly invited?: true };

export type Collected = { readonly success: true; readonly rejected?: readonly ({ readonly index: number; readonly code: "event_too_large" | "batch_too_large" | "invalid_request" })[] };

export type ConsentTold = { readonly channel: string; readonly topic?: string; readonly status: "granted" | "withdrawn"; readonly kind?: "express" | "implied"; readonly reason: "phone" | "mail" | "letter" | "in-person" | "form" | "correction"; readonly text?: string };

export type Conversation = { readonly conversationId: string; readonly customerId: string; readonly state: "open" | "waiting" | "snoozed" | "closed"; readonly handler: "bot" | "queue" | "person"; readonly assignee: string | null; readonly team: string | null; readonly topic: string | null; readonly tags: readonly string[]; readonly channel: string; readonly openedAt: string; readonly waitingSince: string | null; readonly firstReplyAt: string | null; readonly dueAt: string | null; readonly snoozedUntil: string | null; readonly closedAt: string | null; readonly rating: number | null; readonly unread: number; readonly lastMessage: { readonly text: string; readonly at: string; readonly direction: "in" | "out" | "note" | "activity" } | null; readonly lastSeq: number; readonly version: number; readonly follows: string | null; readonly linked: string | null; readonly messages: readonly ThreadMessage[] };

export type ConversationRow = { readonly conversationId: string; readonly customerId: string; readonly state: "open" | "waiting" | "snoozed" | "closed"; readonly handler: "bot" | "queue" | "person"; readonly assignee: string | null; readonly team: string | null; readonly topic: string | null; readonly tags: readonly string[]; readonly channel: string; readonly openedAt: string; readonly waitingSince: string | null; readonly firstReplyAt: string | null; readonly dueAt: string | null; readonly snoozedUntil: string | null; readonly closedAt: string | null; readonly rating: number | null; readonly unread: number; readonly lastMessage: { readonly text: string; readonly at: string; readonly direction: "in" | "out" | "note" | "activity" } | null; readonly lastSeq: number; readonly version: number; readonly follows: string | null; readonly linked: string | null };

export type DecisionAnswer = { readonly decisionId: string; readonly customerId: string | null; readonly placement: string; readonly playbook: string; readonly at: string; readonly dryRun: boolean; readonly trigger?: string; readonly eventId?: string; readonly anewOf?: string; readonly actions: readonly { readonly action: string; readonly treatment: string; readonly channel?: string; readonly content?: JsonObject; readonly rank: number; readonly score: number; readonly propensity: number; readonly bonus?: number; readonly value: number; readonly contextWeight?: number; readonly lever?: number; readonly reasons: readonly string[]; readonly probability: number; readonly draw?: number; readonly pick?: number; readonly heldUntil?: string; readonly sendAt?: string }[]; readonly rejected?: readonly ({ readonly action: string; readonly stage: "eligibility" | "policy" | "arbitration" | "channel"; readonly reason: "rule" | "consent" | "suppressed" | "quiet-hours" | "cap" | "cool-down" | "stock" | "no-address" | "outranked" | "holdout" | "conversation" | "window"; readonly by?: string; readonly factors?: { readonly score: number; readonly propensity: number; readonly bonus?: number; readonly value: number; readonly contextWeight: number; readonly lever: number }; readonly interruption?: { readonly channel: string; readonly cost: number; readonly minimum: number }; readonly detail: string })[]; readonly checks?: readonly string[]; readonly explanation?: string; readonly model?: string; readonly modelAsOf?: string; readonly approximate?: boolean; readonly experiments?: { readonly [member: string]: string } };

export type DecisionRequest = { readonly customer: string; readonly placement?: string; readonly placements?: readonly string[]; readonly channel?: string; readonly context?: JsonObject; readonly data?: JsonObject; readonly limit?: number; readonly dryRun?: boolean; readonly playbook?: string; readonly explain?: boolean };

export type DraftAnswer = { readonly draftId: string; readonly name: string; readonly base: string; readonly state: "open" | "proposed" | "approved" | "published"; readonly created: { readonly by: string; readonly at: string }; readonly updated: { readonly by: string; readonly at: string }; readonly changed: number; readonly proposal?: { readonly by: string; readonly at: string; readonly version: string; readonly note?: string }; readonly approval?: { readonly by: string; readonly at: string }; readonly publication?: { readonly by: string; readonly at: string; readonly previous: string | null }; readonly live: string | null; readonly people: number; readonly files: readonly ({ readonly path: string; readonly change: "none" | "added" | "changed" | "removed"; readonly revision: string | null; readonly by?: string; readonly at?: string })[] };

export type DraftSummary = { readonly draftId: string; readonly name: string; readonly base: string; readonly state: "open" | "proposed" | "approved" | "published"; readonly created: { readonly by: string; readonly at: string }; readonly updated: { readonly by: string; readonly at: string }; readonly changed: number; readonly proposal?: { readonly by: string; readonly at: string; readonly version: string; readonly note?: string }; readonly approval?: { readonly by: string; readonly at: string }; readonly publication?: { readonly by: string; readonly at: string; readonly previous: string | null } };

export type Experiments = { readonly items: readonly ({ readonly experiment: string; readonly control: string; readonly sampleRatio: { readonly pValue: number; readonly mismatch: boolean }; readonly variants: readonly ({ readonly variant: string; readonly weight: number; readonly customers: number; readonly switched: number; readonly mean: number; readonly uplift: { readonly difference: number; readonly relative: number | null; readonly fixed: { readonly low: number; readonly high: number } | null; readonly anytime: { readonly low: number; readonly high: number } | null; readonly pValue: number; readonly decided: boolean } | null })[] })[] };

export type HubAlarm = { readonly name: string; readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA"; readonly since: string; readonly reason: string; readonly about: string };

export type Job = { readonly jobId: string; readonly kind: "send" | "sizes" | "members" | "preview"; readonly status: "queued" | "running" | "paused" | "done" | "failed" | "cancelled"; readonly reason?: string; readonly done: number; readonly total: number; readonly failed: number; readonly failures: readonly { readonly customerId: string; readonly code: string }[]; readonly createdAt: string; readonly startedAt: string | null; readonly finishedAt: string | null; readonly units: number };

export type Journey = { readonly journey: string; readonly still: boolean; readonly inside: number; readonly entered: number; readonly exited: { readonly [member: string]: number }; readonly steps: readonly ({ readonly step: string; readonly kind: string; readonly inside: number; readonly oldest: string | null })[]; readonly holdout?: { readonly share: number; readonly inside: number; readonly entered: number; readonly exited: { readonly [member: string]: number } } };

export type JsonObject = { readonly [member: string]: unknown };

export type Key = { readonly id: string; readonly kind: "write" | "secret"; readonly name: string; readonly scopes: readonly ("collect" | "profiles:read" | "profiles:write" | "decide" | "send" | "playbooks:write" | "agents" | "reports:read" | "playbooks:draft" | "people" | "audit" | "keys" | "journeys" | "agents:any" | "sends")[]; readonly createdAt?: string; readonly revokedAt?: string };

export type KeyRequest = { readonly name: string; readonly kind?: "write" | "secret"; readonly scopes?: readonly ("collect" | "profiles:read" | "profiles:write" | "decide" | "send" | "playbooks:write" | "agents" | "reports:read" | "playbooks:draft" | "people" | "audit" | "keys" | "journeys" | "agents:any" | "sends")[] };

export type Member = { readonly customerId: string };

export type MessageAccepted = { readonly messageId: string; readonly decisionId: string; readonly conversationId: string; readonly status: "requested" | "rejected"; readonly reasons: readonly string[] };

export type MessageAnswer = { readonly messageId: string; readonly customerId: string; readonly decisionId: string; readonly channel: string; readonly category: string; readonly status: "requested" | "sending" | "uncertain" | "sent" | "delivered" | "read" | "failed" | "rejected"; readonly history: readonly { readonly status: string; readonly at: string; readonly reason?: string; readonly advice?: string; readonly warnings?: readonly { readonly code: string; readonly part: string; readonly host: string }[]; readonly provider?: string; readonly account?: string; readonly attempt?: number; readonly tries?: readonly { readonly provider: string; readonly account: string; readonly at: string; readonly reason: string }[] }[] };

export type MessageRequest = { readonly to: string; readonly category: string; readonly channel?: string; readonly treatment?: string; readonly content?: { readonly subject?: string; readonly text?: string; readonly html?: string; readonly title?: string; readonly body?: string; readonly data?: JsonObject }; readonly data?: JsonObject; readonly sendAt?: string };

export type Models = { readonly model: string | null; readonly learner: "auto" | "counters" | "linear" | null; readonly cuts: number; readonly predictors: readonly ({ readonly name: string; readonly kind: "number" | "text" | null; readonly edges?: readonly number[]; readonly values?: readonly string[] })[]; readonly items: readonly ({ readonly action: string; readonly channel: string; readonly evidence: number; readonly positives: number; readonly rate: number; readonly auc: number | null; readonly calibration: readonly { readonly expected: number; readonly observed: number; readonly evidence: number }[]; readonly predictors: readonly { readonly name: string; readonly auc: number }[]; readonly learner?: { readonly follows: "counters" | "linear" | "both"; readonly because: "own" | "all" | "undecided"; readonly share: number; readonly ahead: number; readonly aheadOverAll: number; readonly errors: { readonly counters: number; readonly linear: number } | null } })[]; readonly visitors: { readonly cuts: number; readonly items: readonly ({ readonly action: string; readonly channel: string; readonly evidence: number; readonly positives: number; readonly rate: number; readonly auc: number | null; readonly calibration: readonly { readonly expected: number; readonly observed: number; readonly evidence: number }[]; readonly predictors: readonly { readonly name: string; readonly auc: number }[]; readonly learner?: { readonly follows: "counters" | "linear" | "both"; readonly because: "own" | "all" | "undecided"; readonly share: number; readonly ahead: number; readonly aheadOverAll: number; readonly errors: { readonly counters: number; readonly linear: number } | null } })[] } };

export type OutcomeAnswer = { readonly accepted: true; readonly warnings?: readonly { readonly path: string; readonly expected: string; readonly got: string }[] };

export type OutcomeRequest = { readonly decisionId: string; readonly action: string; readonly outcome: string; readonly value?: number; readonly at?: string };

export type Playbook = { readonly version: string; readonly name: string; readonly createdAt: string; readonly published: boolean; readonly files: { readonly [member: string]: string }; readonly actions: readonly { readonly action: string; readonly category: string; readonly placements: readonly string[]; readonly treatments: readonly { readonly treatment: string; readonly channel: string; readonly locales: readonly string[] }[] }[]; readonly placements: readonly string[] };

export type PlaybookSummary = { readonly version: string; readonly name: string; readonly createdAt: string; readonly published: boolean };

export type Preview = { readonly previewId: string; readonly version: string; readonly live: string; readonly status: "queued" | "running" | "paused" | "done" | "failed" | "cancelled"; readonly reason?: string; readonly token: string | null; readonly done: number; readonly total: number; readonly journeys: readonly { readonly journey: string; readonly step: string; readonly stay: number; readonly move: number; readonly exit: number; readonly dueNow: number }[]; readonly messagesFirstHour: number; readonly segments: readonly ({ readonly name: string; readonly now: number; readonly then: number; readonly of: "sample" | "all" })[]; readonly removed: readonly string[] };

export type Problem = { readonly type: string; readonly title: string; readonly status: number; readonly code: string; readonly message: string; readonly detail?: string; readonly errors?: readonly { readonly path: string; readonly expected: string; readonly got: string; readonly line?: number; readonly column?: number }[] };

export type Profile = { readonly customerId: string; readonly identifiers: readonly { readonly type: string; readonly value: string }[]; readonly contested: readonly { readonly type: string; readonly value: string }[]; readonly unproven: readonly { readonly type: string; readonly value: string }[]; readonly traits: { readonly [member: string]: unknown }; readonly computed: { readonly [member: string]: unknown }; readonly computedSince: { readonly [member: string]: string }; readonly approximate: readonly string[]; readonly segments: readonly string[]; readonly consent: readonly ({ readonly channel: string; readonly topic: string; readonly status: "granted" | "withdrawn" | "pending"; readonly kind: "express" | "implied"; readonly at: string; readonly source: string; readonly text?: string; readonly expiresAt?: string; readonly messageId?: string; readonly standing?: "public" | "proven" | "trusted" })[]; readonly addresses: readonly ({ readonly channel: string; readonly value: string; readonly status: "active" | "bounced" | "complained" | "invalid" })[]; readonly createdAt: string; readonly updatedAt: string; readonly version: number };

export type Providers = { readonly items: readonly ({ readonly provider: string; readonly account: string; readonly channel: string; readonly health: "ok" | "failing" | "open"; readonly share: number; readonly asked: number; readonly accepted: number; readonly errors: { readonly [member: string]: number }; readonly p95Ms: number | null; readonly cost: number; readonly routed: boolean })[] };

export type Publication = { readonly confirm?: string };

export type RenderAnswer = { readonly playbook: string; readonly action: string; readonly treatment: string; readonly channel: string; readonly locale: string; readonly locales: readonly string[]; readonly message: JsonObject; readonly units: number; readonly warnings: readonly { readonly code: string; readonly part: string; readonly host: string }[] };

export type RenderRequest = { readonly version?: string; readonly draft?: string; readonly unsaved?: { readonly [member: string]: string }; readonly treatment: string; readonly channel: string; readonly customer?: string; readonly locale?: string; readonly event?: JsonObject; readonly data?: JsonObject; readonly context?: JsonObject };

export type Replayed = { readonly replayed: number; readonly isMore: boolean };

export type Report = { readonly items: readonly { readonly key: string; readonly day: string; readonly action?: string; readonly treatment?: string; readonly channel?: string; readonly placement?: string; readonly segment?: string; readonly decided: number; readonly sent: number; readonly delivered: number; readonly opened: number; readonly clicked: number; readonly converted: number; readonly value: number; readonly outcomes: { readonly [member: string]: number } }[]; readonly cursor: string | null; readonly from: string; readonly to: string; readonly timeZone: string; readonly refused: readonly { readonly day: string; readonly placement: string; readonly reason: string; readonly count: number }[]; readonly lastHour: { readonly since: string; readonly items: readonly { readonly key: string; readonly action?: string; readonly treatment?: string; readonly channel?: string; readonly placement?: string; readonly segment?: string; readonly decided: number; readonly sent: number; readonly delivered: number; readonly clicked: number }[]; readonly refused: readonly { readonly placement: string; readonly reason: string; readonly count: number }[] } | null; readonly uplift: readonly ({ readonly experiment: string; readonly control: string; readonly sampleRatio: { readonly pValue: number; readonly mismatch: boolean }; readonly variants: readonly ({ readonly variant: string; readonly weight: number; readonly customers: number; readonly switched: number; readonly mean: number; readonly uplift: { readonly difference: number; readonly relative: number | null; readonly fixed: { readonly low: number; readonly high: number } | null; readonly anytime: { readonly low: number; readonly high: number } | null; readonly pValue: number; readonly decided: boolean } | null })[] })[] };

export type Run = { readonly runId: string; readonly customerId: string; readonly step: string; readonly enteredAt: string; readonly since: string; readonly due?: string; readonly pausedAt?: string; readonly version: string; readonly vars: JsonObject };

export type Segment = { readonly name: string; readonly size: number | null; readonly at: string | null };

export type SegmentCall = { readonly userId?: string | number | null; readonly anonymousId?: string | number | null; readonly previousId?: string | number | null; readonly groupId?: string | number | null; readonly event?: string | null; readonly name?: string | null; readonly category?: string | null; readonly traits?: { readonly [member: string]: unknown } | null; readonly properties?: { readonly [member: string]: unknown } | null; readonly context?: { readonly [member: string]: unknown } | null; readonly messageId?: string | number | null; readonly timestamp?: string | number | null; readonly originalTimestamp?: string | number | null; readonly sentAt?: string | number | null; readonly receivedAt?: string | number | null };

export type SegmentEvent = { readonly type: "identify" | "track" | "page" | "screen" | "group" | "alias"; readonly userId?: string | number | null; readonly anonymousId?: string | number | null; readonly previousId?: string | number | null; readonly groupId?: string | number | null; readonly event?: string | null; readonly name?: string | null; readonly category?: string | null; readonly traits?: { readonly [member: string]: unknown } | null; readonly properties?: { readonly [member: string]: unknown } | null; readonly context?: { readonly [member: string]: unknown } | null; readonly messageId?: string | number | null; readonly timestamp?: string | number | null; readonly originalTimestamp?: string | number | null; readonly sentAt?: string | number | null; readonly receivedAt?: string | number | null };

export type Send = { readonly sendId: string; readonly name: string; readonly status: "queued" | "running" | "paused" | "done" | "failed" | "cancelled"; readonly reason?: string; readonly dryRun: boolean; readonly segment?: string; readonly if?: string; readonly placement: string; readonly at?: string; readonly rate?: number; readonly total: number; readonly decided: number; readonly sent: number; readonly refused: { readonly [member: string]: number }; readonly channels: { readonly [member: string]: number }; readonly cost: number; readonly bounced: number; readonly complained: number; readonly failed: number; readonly failures: readonly { readonly customerId: string; readonly code: string }[]; readonly createdAt: string; readonly startedAt: string | null; readonly finishedAt: string | null };

export type SendRequest = { readonly name: string; readonly segment?: string; readonly if?: string; readonly placement?: string; readonly at?: string; readonly rate?: number; readonly dryRun?: boolean; readonly stopAt?: { readonly bounced?: number; readonly complained?: number } };

export type Session = { readonly personId: string; readonly name: string; readonly email: string | null; readonly roles: readonly ("viewer" | "analyst" | "editor" | "marketer" | "agent" | "privacy" | "admin")[]; readonly calls: readonly string[]; readonly addresses: "shown" | "masked"; readonly renewBy: string };

export type SessionRequest = { readonly visitorToken?: string | null; readonly userId?: string | number | null; readonly at?: string | null; readonly proof?: string | null; readonly writeKey?: string | null };

export type Simulation = { readonly simulationId: string; readonly version: string; readonly live: string; readonly status: "running" | "done" | "failed"; readonly reason?: string; readonly progress: { readonly share: number; readonly decisions: number; readonly bytes: number; readonly steps: number }; readonly createdAt: string; readonly updatedAt: string; readonly report: { readonly decisions: number; readonly changed: number; readonly skipped: { readonly [member: string]: number }; readonly nothing: { readonly before: number; readonly after: number }; readonly actions: readonly { readonly action: string; readonly before: number; readonly after: number }[]; readonly channels: readonly { readonly channel: string; readonly before: number; readonly after: number }[]; readonly segments: readonly { readonly segment: string; readonly decisions: number; readonly changed: number; readonly before: number; readonly after: number }[]; readonly policyRejections: readonly { readonly stage: string; readonly reason: string; readonly before: number; readonly after: number }[]; readonly otherRejections: readonly { readonly stage: string; readonly reason: string; readonly before: number; readonly after: number }[]; readonly moves: readonly { readonly from: string; readonly to: string; readonly decisions: number }[]; readonly examples: readonly string[]; readonly tables: readonly { readonly file: string; readonly decision: string; readonly table?: string; readonly asked: number; readonly rows: readonly { readonly row: number; readonly decisions: number }[]; readonly partial: boolean }[]; readonly estimate: { readonly samples: number; readonly effectiveSamples: number; readonly largestWeight: number; readonly overlap: number; readonly logged: { readonly value: number | null; readonly low: number | null; readonly high: number | null }; readonly inversePropensity: { readonly value: number | null; readonly low: number | null; readonly high: number | null }; readonly selfNormalised: { readonly value: number | null; readonly low: number | null; readonly high: number | null }; readonly doublyRobust: { readonly value: number | null; readonly low: number | null; readonly high: number | null }; readonly warnings: readonly ("few-samples" | "few-effective" | "one-dominates" | "few-outcomes" | "no-overlap")[] } | null } };

export type SimulationRequest = { readonly from?: string; readonly to?: string; readonly placement?: string; readonly profiles?: readonly ({ readonly traits?: JsonObject; readonly computed?: JsonObject; readonly segments?: readonly string[]; readonly channels?: readonly string[]; readonly consent?: readonly ({ readonly channel: string; readonly topic: string; readonly status: "granted" | "withdrawn" | "pending"; readonly kind: "express" | "implied" })[]; readonly context?: JsonObject; readonly event?: { readonly name: string; readonly properties: JsonObject } })[]; readonly placements?: readonly string[]; readonly goal?: { readonly outcome: string; readonly days?: number; readonly value?: boolean } };

export type SlotOutcomeRequest = { readonly outcome: "seen" | "clicked" | "dismissed" };

export type SlotsAnswer = { readonly items: readonly ({ readonly placement: string; readonly decisionId: string; readonly action: string; readonly content: JsonObject | null; readonly token: string })[] };

export type SlotsRequest = { readonly anonymousId?: string | number | null; readonly userId?: string | number | null; readonly at?: string; readonly proof?: string; readonly placements: readonly string[]; readonly context?: JsonObject; readonly writeKey?: string };

export type Taken = { readonly received: number };

export type ThreadMessage = { readonly seq: number; readonly messageId: string; readonly direction: "in" | "out" | "note" | "activity"; readonly channel: string; readonly author: { readonly type: "customer" | "bot" | "agent" | "system" | "journey"; readonly name?: string }; readonly text: string; readonly activity?: { readonly kind: "claimed" | "released" | "assigned" | "closed" | "snoozed" | "woken" | "reopened" | "joined" | "breached" | "handed-over"; readonly what?: string }; readonly isCut?: boolean; readonly subject?: string; readonly attachments: readonly { readonly id: string; readonly name: string; readonly type: string; readonly bytes: number; readonly isRefused?: boolean; readonly missing?: string }[]; readonly isDoubted?: boolean; readonly status: string | null; readonly at: string; readonly inReplyTo?: string; readonly decisionId?: string };

export type TimelineDecision = { readonly id: string; readonly at: string; readonly kind: "decision"; readonly decisionId: string; readonly placement: string; readonly actions: readonly string[]; readonly [member: string]: unknown };

export type TimelineEntry = TimelineEvent | TimelineDecision | TimelineMessage | TimelineOutcome | TimelineMerge;

export type TimelineEvent = { readonly id: string; readonly at: string; readonly kind: "event"; readonly type: string; readonly name: string; readonly properties: { readonly [member: string]: unknown }; readonly standing?: "public" | "proven" | "trusted"; readonly [member: string]: unknown };

export type TimelineMerge = { readonly id: string; readonly at: string; readonly kind: "merge"; readonly survivor: string; readonly absorbed: string; readonly [member: string]: unknown };

export type TimelineMessage = { readonly id: string; readonly at: string; readonly kind: "message"; readonly messageId: string; readonly channel: string; readonly status: string; readonly decisionId: string; readonly action?: string; readonly [member: string]: unknown };

export type TimelineOutcome = { readonly id: string; readonly at: string; readonly kind: "outcome"; readonly outcome: string; readonly messageId?: string; readonly action?: string; readonly [member: string]: unknown };

export type Tried = { readonly taken: boolean; readonly status: number | null; readonly reason: string | null; readonly tookMs: number };

export type Upload = { readonly files: { readonly [member: string]: string } };

export type Uploaded = { readonly version: string; readonly warnings: readonly ({ readonly severity: "error" | "warning"; readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly message: string; readonly expected?: string; readonly beside?: number })[] };

export type Webhook = { readonly name: string; readonly url: string; readonly events: readonly string[]; readonly state: "ok" | "slow" | "failing" | "disabled"; readonly failures: number; readonly failingSince: string | null; readonly reason: string | null; readonly disabledAt: string | null; readonly dead: number; readonly moreDead: boolean };

/** Each call of the API by its route: what goes in, and what comes out. */
export interface Calls {
  /** The hub's alarms, those that went off last first. */
  readonly "GET /v1/alarms": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly HubAlarm[]; readonly cursor: string | null } };
  /** Say that two ids are one person. */
  readonly "POST /v1/alias": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** Who changed what, newest first. */
  readonly "GET /v1/audit": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string; readonly actor?: string; readonly call?: string; readonly target?: string; readonly from?: string; readonly to?: string } }; readonly answer: { readonly items: readonly AuditEntry[]; readonly cursor: string | null } };
  /** Collect up to 2,500 events at once. */
  readonly "POST /v1/batch": { readonly input: { readonly body: Batch }; readonly answer: Collected };
  /** List what stands in the chat. */
  readonly "GET /v1/chat/messages": { readonly input: { readonly query?: { readonly after?: number; readonly limit?: number } }; readonly answer: { readonly items: readonly ({ readonly seq: number; readonly messageId: string; readonly clientId?: string; readonly direction: "in" | "out"; readonly text: string; readonly at: string })[]; readonly cursor: string | null } };
  /** Write in the chat. */
  readonly "POST /v1/chat/messages": { readonly input: { readonly body: { readonly text: string; readonly clientId: string } }; readonly answer: { readonly messageId: string; readonly seq: number; readonly clientId: string; readonly at: string } };
  /** Begin a session of the chat. */
  readonly "POST /v1/chat/sessions": { readonly input: { readonly body: SessionRequest }; readonly answer: { readonly token: string; readonly until: string; readonly visitorToken: string | null; readonly socketUrl: string | null; readonly proven: boolean } };
  /** Conversations, who waits longest first. */
  readonly "GET /v1/conversations": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string; readonly state?: "open" | "waiting" | "snoozed" | "closed"; readonly assignee?: string; readonly team?: string; readonly channel?: string; readonly sort?: "waiting" | "due" | "newest" } }; readonly answer: { readonly items: readonly ConversationRow[]; readonly cursor: string | null } };
  /** Begin a conversation with a customer. */
  readonly "POST /v1/conversations": { readonly input: { readonly body: { readonly to: string; readonly channel?: string; readonly text?: string; readonly topic?: string; readonly team?: string } }; readonly answer: ConversationRow };
  /** A conversation, with its last 30 messages. */
  readonly "GET /v1/conversations/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Conversation };
  /** What agents say often, filled in for the customer of a conversation. */
  readonly "GET /v1/conversations/{id}/answers": { readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly language?: string; readonly as?: string } }; readonly answer: { readonly items: readonly ({ readonly name: string; readonly title: string; readonly language: string; readonly text: string | null; readonly gaps: number })[]; readonly cursor: string | null } };
  /** Give a conversation to somebody, or to a team. */
  readonly "POST /v1/conversations/{id}/assign": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly assignee?: string | null; readonly team?: string | null } }; readonly answer: ConversationRow };
  /** Take a conversation. */
  readonly "POST /v1/conversations/{id}/claim": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly ifVersion?: number } }; readonly answer: ConversationRow };
  /** Close a conversation. */
  readonly "POST /v1/conversations/{id}/close": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly rating?: number } }; readonly answer: ConversationRow };
  /** Messages of a conversation, rising by their place. */
  readonly "GET /v1/conversations/{id}/messages": { readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly after?: number; readonly limit?: number } }; readonly answer: { readonly items: readonly ThreadMessage[]; readonly cursor: string | null } };
  /** Write a note for colleagues. */
  readonly "POST /v1/conversations/{id}/notes": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly text: string } }; readonly answer: ConversationRow };
  /** Give a conversation back to the queue. */
  readonly "POST /v1/conversations/{id}/release": { readonly input: { readonly path: { readonly id: string }; readonly body?: {  } }; readonly answer: ConversationRow };
  /** Open a conversation again. */
  readonly "POST /v1/conversations/{id}/reopen": { readonly input: { readonly path: { readonly id: string }; readonly body?: {  } }; readonly answer: ConversationRow };
  /** Answer a customer. */
  readonly "POST /v1/conversations/{id}/replies": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly text?: string; readonly treatment?: string; readonly channel?: string; readonly attachments?: readonly unknown[]; readonly ifLastSeq?: number }; readonly idempotencyKey?: string }; readonly answer: { readonly messageId: string; readonly channel: string; readonly status: string } };
  /** Put a conversation to sleep. */
  readonly "POST /v1/conversations/{id}/snooze": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly until: string } }; readonly answer: ConversationRow };
  /** Pages of the playbook's knowledge that may answer what the customer asks, best first. */
  readonly "GET /v1/conversations/{id}/suggestions": { readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly q?: string } }; readonly answer: { readonly lastSeq: number; readonly items: readonly { readonly page: string; readonly version: string; readonly locale: string; readonly title: string; readonly answer: string; readonly text: string }[] } };
  /** Change the tags of a conversation. */
  readonly "POST /v1/conversations/{id}/tags": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly add?: readonly string[]; readonly remove?: readonly string[] } }; readonly answer: ConversationRow };
  /** Decide what to say, offer or do now. */
  readonly "POST /v1/decisions": { readonly input: { readonly body: DecisionRequest }; readonly answer: DecisionAnswer | { readonly decisions: readonly DecisionAnswer[] } };
  /** The record of a decision. */
  readonly "GET /v1/decisions/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: DecisionAnswer };
  /** All drafts, newest first. */
  readonly "GET /v1/drafts": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly DraftSummary[]; readonly cursor: string | null } };
  /** Begin a draft. */
  readonly "POST /v1/drafts": { readonly input: { readonly body: { readonly name: string; readonly base?: string } }; readonly answer: DraftAnswer };
  /** How far a draft has come, and its files. */
  readonly "GET /v1/drafts/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: DraftAnswer };
  /** Save files of a draft, all or none. */
  readonly "PUT /v1/drafts/{id}": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly files: readonly ({ readonly path: string; readonly text: string | null; readonly began: string | null })[] } }; readonly answer: DraftAnswer };
  /** Forget a draft. */
  readonly "DELETE /v1/drafts/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: { readonly discarded: string } };
  /** Approve what somebody else proposed. */
  readonly "POST /v1/drafts/{id}/approve": { readonly input: { readonly path: { readonly id: string } }; readonly answer: DraftAnswer };
  /** What is wrong with a draft, as one types. */
  readonly "POST /v1/drafts/{id}/check": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly files?: readonly ({ readonly path: string; readonly text: string | null })[] } }; readonly answer: { readonly valid: boolean; readonly errors: readonly ({ readonly severity: "error" | "warning"; readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly message: string; readonly expected?: string; readonly beside?: number })[]; readonly warnings: readonly ({ readonly severity: "error" | "warning"; readonly file: string; readonly line: number; readonly column: number; readonly code: string; readonly message: string; readonly expected?: string; readonly beside?: number })[] } };
  /** The files of a draft. */
  readonly "GET /v1/drafts/{id}/files": { readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly path?: string } }; readonly answer: { readonly files: { readonly [member: string]: { readonly text: string | null; readonly revision: string | null; readonly base: string | null } } } };
  /** Keep a draft's files as a version, to try it. */
  readonly "POST /v1/drafts/{id}/keep": { readonly input: { readonly path: { readonly id: string } }; readonly answer: { readonly version: string } };
  /** What went live since a draft began. */
  readonly "GET /v1/drafts/{id}/live": { readonly input: { readonly path: { readonly id: string } }; readonly answer: { readonly live: string | null; readonly merges: readonly ({ readonly path: string; readonly before: string | null; readonly yours: string | null; readonly theirs: string | null; readonly text: string | null; readonly by: "rows" | "keys" | "lines" | "file"; readonly conflicts: readonly { readonly line: number; readonly cell?: { readonly decision: string; readonly row: number; readonly column: string }; readonly before: string; readonly yours: string; readonly theirs: string }[]; readonly revision?: string | null; readonly changedBy?: string | null; readonly changedAt?: string | null })[] } };
  /** Propose a draft. */
  readonly "POST /v1/drafts/{id}/propose": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly note?: string } }; readonly answer: DraftAnswer };
  /** Make a draft live within 5 seconds. */
  readonly "POST /v1/drafts/{id}/publish": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly confirm?: string } }; readonly answer: { readonly version: string; readonly previous: string | null } };
  /** Put a draft upon the live version. */
  readonly "POST /v1/drafts/{id}/take-live": { readonly input: { readonly path: { readonly id: string }; readonly body?: { readonly resolved?: { readonly [member: string]: string | null } } }; readonly answer: DraftAnswer };
  /** How the experiments of the live playbook do. */
  readonly "GET /v1/experiments": { readonly input: Record<never, never>; readonly answer: Experiments };
  /** Say which group somebody belongs to. */
  readonly "POST /v1/group": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** Say who somebody is. */
  readonly "POST /v1/identify": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** Collect old events. */
  readonly "POST /v1/import": { readonly input: { readonly body: Batch }; readonly answer: Collected };
  /** Take what a provider brings: messages of customers, and reports. */
  readonly "POST /v1/in/{provider}/{account}": { readonly input: { readonly path: { readonly provider: string; readonly account: string }; readonly body: JsonObject }; readonly answer: Taken };
  /** Everything that walks, or walked, over many customers, the newest first. */
  readonly "GET /v1/jobs": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string; readonly kind?: "send" | "sizes" | "members" | "preview" } }; readonly answer: { readonly items: readonly Job[]; readonly cursor: string | null } };
  /** One job: how far it came, and with whom it failed. */
  readonly "GET /v1/jobs/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Job };
  /** End a job. */
  readonly "POST /v1/jobs/{id}/cancel": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Job };
  /** Keep a job still. */
  readonly "POST /v1/jobs/{id}/pause": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Job };
  /** Let a job go on. */
  readonly "POST /v1/jobs/{id}/resume": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Job };
  /** All journeys of the live playbook, with who is where. */
  readonly "GET /v1/journeys": { readonly input: Record<never, never>; readonly answer: { readonly items: readonly Journey[]; readonly cursor: string | null } };
  /** One journey. */
  readonly "GET /v1/journeys/{name}": { readonly input: { readonly path: { readonly name: string } }; readonly answer: Journey };
  /** Keep a whole journey still. */
  readonly "POST /v1/journeys/{name}/pause": { readonly input: { readonly path: { readonly name: string } }; readonly answer: { readonly journey: string; readonly still: boolean } };
  /** Let a whole journey go on. */
  readonly "POST /v1/journeys/{name}/resume": { readonly input: { readonly path: { readonly name: string } }; readonly answer: { readonly journey: string; readonly still: boolean } };
  /** Who is inside, the last to come to their step first. */
  readonly "GET /v1/journeys/{name}/runs": { readonly input: { readonly path: { readonly name: string }; readonly query?: { readonly limit?: number; readonly cursor?: string; readonly step?: string; readonly customer?: string } }; readonly answer: { readonly items: readonly Run[]; readonly cursor: string | null } };
  /** Lead a customer in. */
  readonly "POST /v1/journeys/{name}/runs": { readonly input: { readonly path: { readonly name: string }; readonly body: { readonly customer: string; readonly key?: string } }; readonly answer: { readonly runId: string } };
  /** End a run. */
  readonly "POST /v1/journeys/{name}/runs/{runId}/cancel": { readonly input: { readonly path: { readonly name: string; readonly runId: string } }; readonly answer: { readonly runId: string } };
  /** Put a run at another step, or let it end by `stop`. */
  readonly "POST /v1/journeys/{name}/runs/{runId}/move": { readonly input: { readonly path: { readonly name: string; readonly runId: string }; readonly body: { readonly step: string } }; readonly answer: { readonly runId: string } };
  /** Keep a run still. */
  readonly "POST /v1/journeys/{name}/runs/{runId}/pause": { readonly input: { readonly path: { readonly name: string; readonly runId: string } }; readonly answer: { readonly runId: string } };
  /** Let a run go on. */
  readonly "POST /v1/journeys/{name}/runs/{runId}/resume": { readonly input: { readonly path: { readonly name: string; readonly runId: string } }; readonly answer: { readonly runId: string } };
  /** All keys, the newest first, the revoked among them. */
  readonly "GET /v1/keys": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly Key[]; readonly cursor: string | null } };
  /** Make a key. */
  readonly "POST /v1/keys": { readonly input: { readonly body: KeyRequest }; readonly answer: { readonly id: string; readonly kind: "write" | "secret"; readonly name: string; readonly scopes: readonly ("collect" | "profiles:read" | "profiles:write" | "decide" | "send" | "playbooks:write" | "agents" | "reports:read" | "playbooks:draft" | "people" | "audit" | "keys" | "journeys" | "agents:any" | "sends")[]; readonly createdAt?: string; readonly revokedAt?: string; readonly key: string } };
  /** Revoke a key. */
  readonly "DELETE /v1/keys/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Key };
  /** Ask for one message to one customer. */
  readonly "POST /v1/messages": { readonly input: { readonly body: MessageRequest; readonly idempotencyKey?: string }; readonly answer: MessageAccepted };
  /** What became of a message. */
  readonly "GET /v1/messages/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: MessageAnswer };
  /** What was learnt, by action and channel. */
  readonly "GET /v1/models": { readonly input: Record<never, never>; readonly answer: Models };
  /** Send somebody a one-time code. */
  readonly "POST /v1/otp": { readonly input: { readonly body: CodeRequest }; readonly answer: CodeAccepted };
  /** Ask whether a one-time code is right. */
  readonly "POST /v1/otp/verify": { readonly input: { readonly body: CodeSaid }; readonly answer: { readonly valid: boolean } };
  /** Report what came of an action that was decided. */
  readonly "POST /v1/outcomes": { readonly input: { readonly body: OutcomeRequest }; readonly answer: OutcomeAnswer };
  /** Say which page somebody looked at. */
  readonly "POST /v1/page": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** Who may log in to the console, with their roles. */
  readonly "GET /v1/people": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly Colleague[]; readonly cursor: string | null } };
  /** Let a colleague log in. */
  readonly "POST /v1/people": { readonly input: { readonly body: { readonly email: string; readonly name: string; readonly roles: readonly ("viewer" | "analyst" | "editor" | "marketer" | "agent" | "privacy" | "admin")[] } }; readonly answer: Colleague };
  /** Give roles and take them, disable a colleague or let them in again. */
  readonly "PUT /v1/people/{id}": { readonly input: { readonly path: { readonly id: string }; readonly body: { readonly roles?: readonly ("viewer" | "analyst" | "editor" | "marketer" | "agent" | "privacy" | "admin")[]; readonly enabled?: boolean } }; readonly answer: Colleague };
  /** Mail an invitation once more. */
  readonly "POST /v1/people/{id}/invite": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Colleague };
  /** Validate and keep a playbook. */
  readonly "POST /v1/playbooks": { readonly input: { readonly body: Upload }; readonly answer: Uploaded };
  /** All versions that were kept, newest first. */
  readonly "GET /v1/playbooks": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly PlaybookSummary[]; readonly cursor: string | null } };
  /** One version with its files, and what may be said where. */
  readonly "GET /v1/playbooks/{version}": { readonly input: { readonly path: { readonly version: string } }; readonly answer: Playbook };
  /** Find out what a version would do to those inside of journeys, before it goes live. */
  readonly "POST /v1/playbooks/{version}/preview": { readonly input: { readonly path: { readonly version: string } }; readonly answer: { readonly previewId: string } };
  /** Make a version live within 5 seconds. */
  readonly "POST /v1/playbooks/{version}/publish": { readonly input: { readonly path: { readonly version: string }; readonly body?: Publication }; readonly answer: { readonly version: string; readonly previous: string | null } };
  /** Try a version on logged decisions, or on a list of profiles. */
  readonly "POST /v1/playbooks/{version}/simulate": { readonly input: { readonly path: { readonly version: string }; readonly body?: SimulationRequest }; readonly answer: { readonly simulationId: string } };
  /** What a version would do: who stays, moves, leaves, goes on at once. */
  readonly "GET /v1/previews/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Preview };
  /** The same, with the reference in the query. */
  readonly "GET /v1/profiles": { readonly input: { readonly query?: { readonly ref?: string } }; readonly answer: Profile };
  /** What is known of a customer now. */
  readonly "GET /v1/profiles/{ref}": { readonly input: { readonly path: { readonly ref: string } }; readonly answer: Profile };
  /** Record what a customer told somebody of the company that they agree to, or do not. */
  readonly "POST /v1/profiles/{ref}/consent": { readonly input: { readonly path: { readonly ref: string }; readonly body: ConsentTold }; readonly answer: Profile };
  /** All conversations of a customer, newest first. */
  readonly "GET /v1/profiles/{ref}/conversations": { readonly input: { readonly path: { readonly ref: string }; readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly ConversationRow[]; readonly cursor: string | null } };
  /** The same with every address, which is written into the audit log. */
  readonly "POST /v1/profiles/{ref}/reveal": { readonly input: { readonly path: { readonly ref: string } }; readonly answer: Profile };
  /** Everything that happened with a customer, newest first. */
  readonly "GET /v1/profiles/{ref}/timeline": { readonly input: { readonly path: { readonly ref: string }; readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly TimelineEntry[]; readonly cursor: string | null } };
  /** How the providers answer, of each account and channel. */
  readonly "GET /v1/providers": { readonly input: Record<never, never>; readonly answer: Providers };
  /** Render a treatment for a customer, without sending it. */
  readonly "POST /v1/renders": { readonly input: { readonly body: RenderRequest }; readonly answer: RenderAnswer };
  /** What was decided and what came of it, by day. */
  readonly "GET /v1/reports": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string; readonly from?: string; readonly to?: string; readonly by?: string } }; readonly answer: Report };
  /** How customers were answered: opened, closed, first answers, what was breached, ratings. */
  readonly "GET /v1/reports/service": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string; readonly from?: string; readonly to?: string; readonly by?: "team" | "channel" | "topic" | "agent" | "hour" } }; readonly answer: { readonly items: readonly ({ readonly key: string; readonly opened: number; readonly closed: number; readonly reopened: number; readonly answered: number; readonly firstAnswer: { readonly p50: number | null; readonly p90: number | null }; readonly breached: number; readonly backlog: number; readonly rating: { readonly average: number | null; readonly count: number } })[]; readonly cursor: string | null; readonly from: string; readonly to: string; readonly by: "team" | "channel" | "topic" | "agent" | "hour"; readonly isPartial: boolean } };
  /** Say which screen of an app somebody looked at. */
  readonly "POST /v1/screen": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** All segments of the live playbook, with how many are in each. */
  readonly "GET /v1/segments": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly Segment[]; readonly cursor: string | null } };
  /** One segment. */
  readonly "GET /v1/segments/{name}": { readonly input: { readonly path: { readonly name: string } }; readonly answer: Segment };
  /** Who is in a segment. */
  readonly "GET /v1/segments/{name}/members": { readonly input: { readonly path: { readonly name: string }; readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly Member[]; readonly cursor: string | null } };
  /** Ask a placement once for each customer of a segment, or of a condition. */
  readonly "POST /v1/sends": { readonly input: { readonly body: SendRequest; readonly idempotencyKey?: string }; readonly answer: { readonly sendId: string } };
  /** All sends, the newest first. */
  readonly "GET /v1/sends": { readonly input: { readonly query?: { readonly limit?: number; readonly cursor?: string } }; readonly answer: { readonly items: readonly Send[]; readonly cursor: string | null } };
  /** One send: how far it came. */
  readonly "GET /v1/sends/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Send };
  /** End a send; what was decided leaves. */
  readonly "POST /v1/sends/{id}/cancel": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Send };
  /** Keep a send still; it goes on where it was. */
  readonly "POST /v1/sends/{id}/pause": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Send };
  /** Let a send go on. */
  readonly "POST /v1/sends/{id}/resume": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Send };
  /** Begin for good what was tried dry, or let go on what is paused. */
  readonly "POST /v1/sends/{id}/start": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Send };
  /** How far a simulation is, and what it has found so far. */
  readonly "GET /v1/simulations/{id}": { readonly input: { readonly path: { readonly id: string } }; readonly answer: Simulation };
  /** Decide what a page shows now. */
  readonly "POST /v1/slots": { readonly input: { readonly body: SlotsRequest }; readonly answer: SlotsAnswer };
  /** Tell what came of it. */
  readonly "POST /v1/slots/{token}": { readonly input: { readonly path: { readonly token: string }; readonly body: SlotOutcomeRequest }; readonly answer: { readonly accepted: true } };
  /** Say what somebody did. */
  readonly "POST /v1/track": { readonly input: { readonly body: SegmentCall }; readonly answer: Collected };
  /** The systems that are told of events, and how they answer. */
  readonly "GET /v1/webhooks": { readonly input: Record<never, never>; readonly answer: { readonly items: readonly Webhook[] } };
  /** Tell a system again what could not be told. */
  readonly "POST /v1/webhooks/{name}/replay": { readonly input: { readonly path: { readonly name: string } }; readonly answer: Replayed };
  /** Call a system with an event that is about nobody. */
  readonly "POST /v1/webhooks/{name}/test": { readonly input: { readonly path: { readonly name: string } }; readonly answer: Tried };
}
