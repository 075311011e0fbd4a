/** A page of what a company knows, in one language. */
export type KnowledgePage = {
  /** Of its file: the same page in several languages has one name. */
  readonly name: string;
  readonly locale: string;
  readonly title: string;
  /** Other words that people ask by. */
  readonly words: readonly string[];
  /** What is said to a customer: the page in short. */
  readonly answer: string;
  /** Markdown. */
  readonly text: string;
  /** Milliseconds since the epoch; the end is the first moment that is outside. Absent: always. */
  readonly activeFrom?: number;
  readonly activeTo?: number;
  /** Another one with each change of the page. */
  readonly version: string;
};
