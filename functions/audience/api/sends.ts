import type { Audience } from "#domain/audience/audience.ts";
import { inputOf, sendIn } from "#domain/audience/input.ts";
import type { Job } from "#domain/audience/job.ts";
import { DEFAULT_STOP, SEND_PREFIX, type Send } from "#domain/audience/send.ts";
import type { JobCommand } from "#domain/audience/steer.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { KeptJob } from "#ports/job-store.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { beginJob, steerJob, walkAnew } from "#usecases/audience/begin-job.ts";
import type { AudienceDependencies } from "./dependencies.ts";
import { isPlanned, type operations, type SendRequest } from "./operations.ts";
import { shownSend } from "./shown.ts";

type Calls = typeof operations;

const noSuchSend = (): RapportError => new RapportError("not_found", "there is no such send");

const audienceOf = async (
  { readCondition }: AudienceDependencies,
  { segment, if: condition = "" }: SendRequest,
  playbook: CompiledPlaybook,
): Promise<Audience> => {
  if (segment === undefined) return { if: condition, tree: await readCondition(condition, playbook) };
  const names = playbook.segments.map(({ name }) => name);
  if (names.includes(segment)) return { segment };
  throw wrongField("segment", expectedOneOf(segment, names), "another name");
};

const checkPlacement = (placement: string, { actionsByPlacement }: CompiledPlaybook): void => {
  const known = [...actionsByPlacement.keys()];
  if (!known.includes(placement))
    throw wrongField("placement", expectedOneOf(placement, known), "another name");
};

/** A time, or an hour of each customer's own day. */
const beginningOf = (at: string | undefined): Pick<Send, "at" | "hour"> => {
  if (at === undefined) return {};
  return at.length <= "18:00".length ? { hour: at } : { at: new Date(at).toISOString() };
};

/** What is asked for, filled in by what the playbook plans under that name. */
const planned = (asked: SendRequest, { document: { sends = [] } }: CompiledPlaybook): SendRequest => {
  if (!isPlanned(asked)) return asked;
  const plan = sends.find(({ name }) => name === asked.name);
  if (plan === undefined) {
    const known = sends.map(({ name }) => name);
    const expected =
      known.length === 0 ? "a segment or if, and a placement" : expectedOneOf(asked.name, known);
    throw wrongField("name", expected, "a name that no file under sends/ has");
  }
  const { file: _, hour, ...fields } = plan;
  return { ...fields, ...(hour === undefined ? {} : { at: hour }), ...asked };
};

const sendOf = async (
  deps: AudienceDependencies,
  given: SendRequest,
): Promise<Send & { readonly rate?: number }> => {
  const playbook = await deps.playbooks.current();
  const asked = planned(given, playbook);
  const { name, placement = "", dryRun = false, stopAt, rate } = asked;
  checkPlacement(placement, playbook);
  return {
    name,
    audience: await audienceOf(deps, asked, playbook),
    placement,
    dryRun,
    ...beginningOf(asked.at),
    stopAt: { ...DEFAULT_STOP, ...stopAt },
    ...(rate === undefined ? {} : { rate }),
  };
};

/** A new id, or that of the key: then what was asked for before is not begun again. */
const idFor = ({ ids }: AudienceDependencies, caller: string, key: string | undefined): string =>
  key === undefined ? ids.id("snd") : hashId("snd", caller, key);

export const createSend = async (
  deps: AudienceDependencies,
  { body, caller, headers }: Call<Calls["createSend"]>,
): Promise<Answer<Calls["createSend"]>> => {
  const { rate, ...send } = await sendOf(deps, body);
  const sendId = idFor(deps, caller.hash, headers["idempotency-key"]);
  const input = inputOf(send);
  const { job } = await beginJob(deps, {
    jobId: sendId,
    kind: "send",
    input,
    expected: 0,
    ...(rate === undefined ? {} : { rate }),
    ...(send.dryRun || send.at === undefined ? {} : { startsAt: send.at }),
  });
  const isOther = job.rate !== rate || !isSameSend(sendIn(job), send);
  if (isOther) {
    const message = "this idempotency key was used with another body";
    throw new RapportError("idempotency_conflict", message);
  }
  return { status: 202, json: { sendId }, changed: { after: { sendId, name: send.name } } };
};

/** What was tried dry may have been begun meanwhile: that makes it no other. */
const isSameSend = (one: Send, other: Send): boolean =>
  JSON.stringify({ ...one, dryRun: null }) === JSON.stringify({ ...other, dryRun: null });

export const listSends = async (
  { jobs }: AudienceDependencies,
  { query }: Call<Calls["listSends"]>,
): Promise<Answer<Calls["listSends"]>> => {
  const { limit, cursor } = query;
  const page = await jobs.list(["send"], { limit, ...(cursor === undefined ? {} : { cursor }) });
  const kept = await Promise.all(page.jobs.map(({ jobId }) => jobs.read(jobId)));
  return {
    status: 200,
    json: { items: kept.filter((one) => one !== null).map(shownSend), cursor: page.cursor },
  };
};

const isSend = (id: string): boolean => id.startsWith(SEND_PREFIX);

const shownOr404 = (
  kept: KeptJob | null,
): { readonly status: 200; readonly json: ReturnType<typeof shownSend> } => {
  if (kept === null) throw noSuchSend();
  return { status: 200, json: shownSend(kept) };
};

export const showSend = async (
  { jobs }: AudienceDependencies,
  id: string,
): Promise<Answer<Calls["showSend"]>> => shownOr404(isSend(id) ? await jobs.read(id) : null);

/** How a send is begun for good: after a dry run, or once more after it failed. Null: it is begun, or was called off. */
const beginning = (job: Job) => {
  const send = sendIn(job);
  if (!send.dryRun && job.status !== "failed") return null;
  if (job.status === "cancelled") return null;
  return {
    input: inputOf({ ...send, dryRun: false }),
    ...(send.at === undefined ? {} : { startsAt: send.at }),
  };
};

/** Begins what was tried dry, or lets go on what is paused; of what goes on or is over nothing more comes. */
export const startSend = async (
  deps: AudienceDependencies,
  id: string,
): Promise<Answer<Calls["startSend"]>> => {
  const kept = isSend(id) ? await deps.jobs.read(id) : null;
  if (kept === null) throw noSuchSend();
  if (kept.job.status === "paused" && !sendIn(kept.job).dryRun)
    return shownOr404(await steerJob(deps, id, "resume"));
  return shownOr404(await walkAnew(deps, id, beginning));
};

export const steerSend = async (
  deps: AudienceDependencies,
  id: string,
  command: JobCommand,
): Promise<Answer<Calls["pauseSend"]>> => shownOr404(isSend(id) ? await steerJob(deps, id, command) : null);
