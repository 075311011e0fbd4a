/** What came of a question: its answer, or why there is none. */
export type Told<T> =
  | { readonly told: "answer"; readonly value: T }
  /** What was asked for is not there. */
  | { readonly told: "absent" }
  /** Nobody there knows the question: a local cloud plays a part of AWS. */
  | { readonly told: "unanswered" }
  /** The caller has no right to ask. */
  | { readonly told: "denied" };

/** One thing that was looked at. `missing` blocks: something cannot work without it. */
export type Finding = {
  readonly verdict: "fine" | "advice" | "missing" | "unanswered";
  /** One sentence. */
  readonly says: string;
  /** The command that mends it, where one does. */
  readonly mend?: string;
};

/** A channel as the live playbook has it. */
export type SenderInPlaybook = {
  readonly channel: string;
  /** Deployment stage: part of the names of what its stack made. */
  readonly stage: string;
  /** Whom messages come from, as the playbook says it; absent where it says nobody. */
  readonly from: string | undefined;
};

/** What a provider's account must have before anything is sent: the face `checkup.ts`. */
export type ProviderCheckup = {
  /**
   * Asks by calls that only read.
   * @param aws settings of an AWS client
   */
  readonly look: (aws: object, sender: SenderInPlaybook) => Promise<readonly Finding[]>;
  /** Absent where the provider has nobody to play a customer. */
  readonly simulator?: Simulator;
};

/** Addresses by which a provider plays customers who are nobody, each way as often as asked. `label` tells runs apart. */
export type Simulator = {
  /** Also the type of the identifier, and the trait that holds it. */
  readonly channel: string;
  readonly takes: (label: string) => string;
  readonly bounces: (label: string) => string;
};

const ABSENT: readonly string[] = [
  "NotFoundException",
  "ParameterNotFound",
  "ResourceNotFoundException",
  "NotFound",
];
const DENIED: readonly string[] = ["AccessDenied", "AccessDeniedException", "AuthorizationError"];

const statusOf = (error: object): unknown => ("$metadata" in error ? error.$metadata : undefined);

/** Asks, and takes a refusal that says something for an answer. Anything else that fails is thrown. */
export const ask = async <T>(question: Promise<T>): Promise<Told<T>> => {
  try {
    return { told: "answer", value: await question };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (ABSENT.includes(error.name)) return { told: "absent" };
    if (DENIED.includes(error.name)) return { told: "denied" };
    const metadata = statusOf(error);
    const isUnknown =
      typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
        ? metadata.httpStatusCode === 501
        : false;
    if (isUnknown || error.name === "NotImplemented") return { told: "unanswered" };
    throw error;
  }
};

/** What is found where a question has no answer, or what its answer comes to. `absent` is for the judge to say. */
export const judged = <T>(
  what: string,
  given: Told<T>,
  judge: (value: T | undefined) => readonly Finding[],
): readonly Finding[] => {
  switch (given.told) {
    case "answer":
      return judge(given.value);
    case "absent":
      return judge(undefined);
    case "unanswered":
      return [{ verdict: "unanswered", says: `${what}: not answered here.` }];
    case "denied":
      return [{ verdict: "unanswered", says: `${what}: these credentials may not ask.` }];
  }
};
