import { readCondition } from "#domain/audience/condition.ts";
import { inputOf } from "#domain/audience/input.ts";
import { DEFAULT_STOP } from "#domain/audience/send.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import { JobTurn } from "#events/job-turn.ts";
import { OutcomeCounted } from "#events/outcome-counted.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { hashId } from "#kernel/hash.ts";
import { beginJob } from "#usecases/audience/begin-job.ts";
import { sendStep } from "#usecases/audience/send-step.ts";
import { type Step, walkSlice } from "#usecases/audience/walk-slice.ts";
import { watchSend } from "#usecases/audience/watch-send.ts";
import type { Dependencies } from "./environment.ts";
import type { Deed } from "./shop/people.ts";

type Sending = Extract<Deed, { kind: "send" }>;

/** The id of what is sent by a deed. */
export const sendIdOf = ({ number }: Pick<Sending, "number">): string =>
  hashId("snd", "deed", String(number));

const PLACEMENT = "trigger.welcome";
const EVERYBODY = "customer.orders >= 0";

/** As functions/audience/api does it. */
export const beginSend = async (deps: Dependencies, deed: Sending): Promise<void> => {
  const { rate, hour } = deed;
  const audience = { if: EVERYBODY, tree: readCondition(EVERYBODY, await deps.playbooks.current()) };
  await beginJob(deps, {
    jobId: sendIdOf(deed),
    kind: "send",
    input: inputOf({
      name: "news",
      audience,
      placement: PLACEMENT,
      dryRun: false,
      stopAt: DEFAULT_STOP,
      ...(hour === undefined ? {} : { hour }),
    }),
    expected: 0,
    ...(rate === undefined ? {} : { rate }),
  });
};

const nobodyAsksFor = async (): Promise<Step> => {
  throw new Error("nobody here asks for that");
};

/** As in functions/audience/walk. */
export const walk = async (deps: Dependencies, { name, detail }: DomainEvent): Promise<void> => {
  if (name === OutcomeRecorded.name) return watchSend(deps, OutcomeRecorded.schema.parse(detail));
  if (name === OutcomeCounted.name) return watchSend(deps, OutcomeCounted.schema.parse(detail));
  const kinds = {
    send: sendStep(deps),
    sizes: nobodyAsksFor,
    members: nobodyAsksFor,
    preview: nobodyAsksFor,
  };
  const customers = { page: deps.scan.page, after: (customerId: string) => customerId };
  await walkSlice({ ...deps, customers, kinds }, JobTurn.schema.parse(detail));
};
