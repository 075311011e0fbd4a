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
  /** A playbook's files in JSON, and a simulation's request with the profiles it brings. */
  uploadBytes: 8 * 1024 * 1024,
  simulationBytes: 1024 * 1024,
  /** One event, together with what its batch says for all (Segment's limit). */
  eventBytes: 32 * 1024,
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
  /** The value that a computed trait keeps. */
  computedBytes: 1024,
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
