/** Groups of the people who log in to the console. Somebody may be in several, and may then do what any of them may. */
export const ROLES = ["viewer", "analyst", "editor", "marketer", "agent", "privacy", "admin"] as const;
export type Role = (typeof ROLES)[number];

const EVERYBODY: readonly Role[] = ROLES;
const WHO_DRAFTS: readonly Role[] = ["editor", "marketer", "admin"];
const WHO_PUBLISHES: readonly Role[] = ["marketer", "admin"];
const WHO_TRIES: readonly Role[] = ["analyst", "editor", "marketer", "agent", "admin"];
const WHO_ANSWERS: readonly Role[] = ["agent", "admin"];
/** Of one customer's way through a journey; a whole journey is stopped by those who publish. */
const WHO_LEADS: readonly Role[] = ["marketer", "agent", "admin"];
/** What customers write is full of what names them: nobody else needs it. */
const WHO_READS_LETTERS: readonly Role[] = ["agent", "privacy", "admin"];

/**
 * Who may make which call of the API by a session of the console: the `operationId`, and the roles. A call that is not here
 * is for keys alone. docs/console.md shows the table, and a test asks the hub about each place in it.
 */
export const ROLES_OF_CALLS: Readonly<Record<string, readonly Role[]>> = {
  findProfile: EVERYBODY,
  showProfile: EVERYBODY,
  showTimeline: EVERYBODY,
  revealProfile: ["agent", "privacy", "admin"],
  tellConsent: ["agent", "privacy", "admin"],
  listAudit: ["privacy", "admin"],
  listPeople: EVERYBODY,
  invitePerson: ["admin"],
  invitePersonAgain: ["admin"],
  changePerson: ["admin"],
  listAlarms: EVERYBODY,
  listProviders: EVERYBODY,
  listKeys: ["admin"],
  createKey: ["admin"],
  revokeKey: ["admin"],
  showDecision: EVERYBODY,
  decide: WHO_TRIES,
  showMessage: EVERYBODY,
  requestMessage: ["marketer", "agent", "admin"],
  renderTreatment: EVERYBODY,
  listPlaybooks: EVERYBODY,
  showPlaybook: EVERYBODY,
  uploadPlaybook: WHO_DRAFTS,
  publishPlaybook: WHO_PUBLISHES,
  listDrafts: EVERYBODY,
  showDraft: EVERYBODY,
  readDraftFiles: EVERYBODY,
  compareDraft: EVERYBODY,
  checkDraft: EVERYBODY,
  beginDraft: WHO_DRAFTS,
  saveDraftFiles: WHO_DRAFTS,
  discardDraft: WHO_DRAFTS,
  takeLive: WHO_DRAFTS,
  proposeDraft: WHO_DRAFTS,
  keepDraft: ["analyst", ...WHO_DRAFTS],
  approveDraft: WHO_PUBLISHES,
  publishDraft: WHO_PUBLISHES,
  simulate: ["analyst", ...WHO_DRAFTS],
  showSimulation: EVERYBODY,
  listConversations: WHO_READS_LETTERS,
  showConversation: WHO_READS_LETTERS,
  listConversationMessages: WHO_READS_LETTERS,
  listSuggestions: WHO_READS_LETTERS,
  showOriginal: WHO_READS_LETTERS,
  listCannedAnswers: WHO_ANSWERS,
  listConversationsOfProfile: WHO_READS_LETTERS,
  beginConversation: WHO_ANSWERS,
  replyToConversation: WHO_ANSWERS,
  claimConversation: WHO_ANSWERS,
  releaseConversation: WHO_ANSWERS,
  assignConversation: WHO_ANSWERS,
  addNote: WHO_ANSWERS,
  closeConversation: WHO_ANSWERS,
  snoozeConversation: WHO_ANSWERS,
  reopenConversation: WHO_ANSWERS,
  tagConversation: WHO_ANSWERS,
  listJourneys: EVERYBODY,
  showJourney: EVERYBODY,
  listRuns: EVERYBODY,
  startRun: WHO_LEADS,
  pauseRun: WHO_LEADS,
  resumeRun: WHO_LEADS,
  moveRun: WHO_LEADS,
  cancelRun: WHO_LEADS,
  pauseJourney: WHO_PUBLISHES,
  resumeJourney: WHO_PUBLISHES,
  listSegments: EVERYBODY,
  showSegment: EVERYBODY,
  listMembers: EVERYBODY,
  listSends: EVERYBODY,
  showSend: EVERYBODY,
  createSend: WHO_PUBLISHES,
  startSend: WHO_PUBLISHES,
  pauseSend: WHO_PUBLISHES,
  resumeSend: WHO_PUBLISHES,
  cancelSend: WHO_PUBLISHES,
  beginPreview: ["analyst", ...WHO_DRAFTS],
  showPreview: EVERYBODY,
  listJobs: EVERYBODY,
  showJob: EVERYBODY,
  pauseJob: WHO_PUBLISHES,
  resumeJob: WHO_PUBLISHES,
  cancelJob: WHO_PUBLISHES,
  showReport: EVERYBODY,
  showServiceReport: ["analyst", "marketer", "agent", "admin"],
  showModels: EVERYBODY,
  showExperiments: EVERYBODY,
  listWebhooks: EVERYBODY,
  checkWebhook: WHO_PUBLISHES,
  tellWebhookAgain: WHO_PUBLISHES,
};

/** Who sees the addresses of customers without asking for them. Others see them masked. */
const SEES_ADDRESSES: readonly Role[] = ["agent", "privacy"];

/** Whether any of somebody's roles may make a call. */
export const mayCall = (roles: readonly Role[], operationId: string): boolean =>
  Object.hasOwn(ROLES_OF_CALLS, operationId) &&
  roles.some((role) => ROLES_OF_CALLS[operationId]?.includes(role));

/** The calls that somebody may make. */
export const callsOf = (roles: readonly Role[]): readonly string[] =>
  Object.keys(ROLES_OF_CALLS).filter((id) => mayCall(roles, id));

/** Whether somebody with these roles sees addresses as they are. */
export const seesAddresses = (roles: readonly Role[]): boolean =>
  roles.some((role) => SEES_ADDRESSES.includes(role));
