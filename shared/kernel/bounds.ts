/**
 * How far anything may grow that somebody outside can make grow: the one page of numbers (docs/bounds.md says the same).
 * Bytes are those of JSON in UTF-8.
 */
export const BOUNDS = {
  /** Lists and objects within one another, in any JSON that comes in. */
  jsonDepth: 64,
  /** A request's body, where the call says nothing else. */
  bodyBytes: 256 * 1024,
  /** What a page asks for with a public key: its body, and how many placements at once. */
  slotsBytes: 16 * 1024,
  slotsPlacements: 5,
  /** What a page brings to a chat, with a public key or the token that it was given. */
  chatBytes: 64 * 1024,
  /** Messages that may be written in a chat at once, and after how many milliseconds there is room for one more. */
  chatBurst: 20,
  chatEveryMs: 2_000,
  /** What a provider brings by one call. */
  inboundBytes: 1024 * 1024,
  /** The page of the console that a log-in comes back to: it lies in a cookie until then. */
  comeBackCharacters: 1_000,
  /** A playbook's files in JSON, and a simulation's request with the profiles it brings. */
  uploadBytes: 8 * 1024 * 1024,
  simulationBytes: 1024 * 1024,
  /** A playbook's files: how many, the text of each, of each model in DMN (a table of ten thousand rows has 1.6 MB), and of all. */
  uploadFiles: 500,
  uploadFileBytes: 512 * 1024,
  uploadTableBytes: 2 * 1024 * 1024,
  uploadTextBytes: 4 * 1024 * 1024,
  /** Pages of what a company knows, and each of them: they are searched whole. */
  knowledgePages: 200,
  knowledgePageBytes: 32 * 1024,
  /** Drafts of playbooks that are not published, and what a save of one brings, in JSON. */
  openDrafts: 100,
  draftBytes: 3 * 1024 * 1024,
  /** Canned answers of a playbook: all of them are filled in when an agent looks for one. */
  cannedAnswers: 200,
  /** What one template includes: pieces within pieces too, and their text. */
  includes: 200,
  includedBytes: 512 * 1024,
  /** Elements of a template in MJML, and of all of an upload: each takes MJML its time. */
  mjmlElements: 2_000,
  uploadMjmlElements: 60_000,
  /** Attributes of one element: MJML's time grows with their square and more. */
  mjmlAttributes: 100,
  /** Rules of CSS and selectors that MJML looks up in every element. */
  mjmlInlinedRules: 200,
  /** A template's source as it is parsed: what MJML made of it, where it is MJML. */
  templateBytes: 512 * 1024,
  /** Tags of Liquid within one another. */
  liquidDepth: 64,
  /** Models in DMN that import others are each read with all there are: their number times the bytes of all. */
  uploadImportBytes: 8 * 1024 * 1024,
  /** Values of a YAML file, aliases filled in. */
  yamlBytes: 1024 * 1024,
  /** What one test of a playbook may bring about: more goes in a circle, or was not meant. */
  testDeliveries: 5_000,
  /** What the tests that an upload requires may take together, in milliseconds: well within its function's time. */
  requiredTestsMs: 12_000,
  /** One event, together with what its batch says for all (Segment's limit). */
  eventBytes: 32 * 1024,
  /** What an event holds of a customer's message: characters, and things that came along. The original has the rest. */
  receivedTextCharacters: 8_000,
  receivedAttachments: 20,
  /** One file that lies with a provider: the most that messengers take of pictures, sounds and films. */
  mediaBytes: 16 * 1024 * 1024,
  /** Each name and id in it. */
  receivedNameCharacters: 300,
  /** A batch as it comes (Segment's limit). */
  batchBytes: 500 * 1024,
  batchEvents: 2_500,
  /** A batch's events together, each with what the batch says for all. */
  batchMergedBytes: 4 * 1024 * 1024,
  /** A customer's state, contact history and consent are read together; the sum is at most 64 KB. */
  stateBytes: 44 * 1024,
  /** A state past this is counted as large: people should look at what it keeps. */
  largeStateBytes: 32 * 1024,
  /** One trait. */
  traitBytes: 8 * 1024,
  /** What a message shows of a text that anybody may have said, in characters; the data model may say otherwise. */
  publicTextCharacters: 100,
  /** The value that a computed trait keeps. */
  computedBytes: 1024,
  /** The last events that a profile keeps. */
  recentBytes: 4 * 1024,
  /** Addresses of one channel. */
  addressesBytes: 4 * 1024,
  /** Customers who became this one. */
  absorbed: 200,
  /** What names of a playbook take in a profile: its segments, watched events, triggers that wait. */
  playbookNamesBytes: 16 * 1024,
  /** What a run of a journey keeps of the event that led in. */
  journeyEntryBytes: 4 * 1024,
  /** Segments that reports are counted by: each doubles the rows that there may be. */
  reportedSegments: 5,
  /** What follows from one message and lies beside the profile until it is done; a message of more is applied in parts. */
  unsentBytes: 64 * 1024,
  /** A customer's contacts, those apart that a cap counts. */
  contactBytes: 8 * 1024,
  /** What a customer's addresses are known to have said no to, within the room that contacts leave. */
  refusalBytes: 2 * 1024,
  /** A customer's identifiers, and those of others that were seen with them. */
  identifiersBytes: 6 * 1024,
  contestedBytes: 2 * 1024,
  /** Addresses and logins that only a public key said a customer has. */
  unprovenBytes: 1024,
  consentBytes: 12 * 1024,
  /** Grants are taken up to here: the rest is kept free for withdrawals. */
  grantedBytes: 8 * 1024,
  /** The words that somebody agreed to. */
  consentTextBytes: 2 * 1024,
} as const;
