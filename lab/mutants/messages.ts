/** What the command and the process that runs the tests say to each other; paths from the project's root. */
export interface Order {
  /** In the order in which they are to be asked, until one fails. */
  readonly tests: readonly string[];
  /** Whether they are only loaded, to learn what each imports, and not run. */
  readonly onlyLoaded: boolean;
  /** What a file's text is to be instead of its own; absent: everything as it is. */
  readonly planted?: { readonly file: string; readonly text: string };
}

/** How many imports lead from each test file to each module that it loads. */
export type Distances = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** One test file has ended. */
export interface Ended {
  readonly kind: "ended";
  readonly test: string;
  /** The first test that failed; null where none did. */
  readonly failed: string | null;
  readonly milliseconds: number;
}

/** How long the process has computed since it began, in ms: what others do on the machine does not count. */
export interface Busy {
  readonly kind: "busy";
  readonly milliseconds: number;
}

/** All that were asked have ended, or one has failed. */
export interface Done {
  readonly kind: "done";
  readonly passed: boolean;
  /** What went wrong outside of any test; empty: nothing. */
  readonly outside: string;
  /** Of what was only loaded; else empty. */
  readonly distances: Distances;
}

export type Report = Ended | Busy | Done;
