import type { z } from "zod";
import { type RapportError, wrongField, wrongFields } from "#kernel/errors.ts";
import { fieldErrors } from "#runtime/expectation.ts";
import type { Alarms } from "../alarms/alarms.ts";
import { parseObject } from "../aws/json.ts";
import { ISSUERS } from "../aws/place.ts";
import type { Delivery } from "../door/provider-local.ts";
import { type HttpApi, type HttpRequest, type HttpResponse, respond } from "../http/messages.ts";
import { problem } from "../http/problem.ts";
import { type CloudClock, parseDuration } from "../machine/clock.ts";
import type { Faults } from "../machine/faults.ts";
import type { LogBook } from "../machine/log-book.ts";
import type { MetricBook } from "../machine/metric-book.ts";
import type { TimeTravel } from "../machine/time-travel.ts";
import type { Usage } from "../machine/usage.ts";
import { page, welcome } from "../pages/pages.ts";
import type { Outbox } from "../providers/outbox.ts";
import type { Providers } from "../providers/play.ts";
import type { Queues } from "../sqs/queues.ts";
import type { Changes } from "./changes.ts";
import type { LatestDecisions } from "./latest-decisions.ts";
import {
  clockSchema,
  decisionsQuery,
  faultSchema,
  feedbackSchema,
  inboundOn,
  outboxQuery,
} from "./schemas.ts";
import { sendableEvents } from "./sendable-events.ts";

type Around = {
  /** Where the API answers on this machine. */
  readonly url: string;
  readonly providers: Providers;
  readonly outbox: Outbox;
  readonly usage: Usage;
  readonly faults: Faults;
  readonly logs: LogBook;
  readonly metrics: MetricBook;
  readonly alarms: Pick<Alarms, "list">;
  readonly time: TimeTravel;
  readonly messaging: { readonly queues: Queues };
  readonly clock: CloudClock;
  readonly changes: Pick<Changes, "count">;
  readonly decisions: LatestDecisions;
  /** Where people log in. */
  readonly issuer: HttpApi;
};
type Call = (
  around: Around,
  request: HttpRequest,
  query: URLSearchParams,
) => HttpResponse | Promise<HttpResponse>;

/** `/_local/*` and the page at `/`: what only a local cloud can tell and do. */
export function createControl(around: Around): HttpApi {
  return async (request) => {
    const url = new URL(request.url, around.url);
    if (url.pathname === "/") return welcome();
    if (url.pathname.startsWith(`/_local/${ISSUERS}/`)) return around.issuer(request);
    const path = url.pathname.replace(/\/$/, "").replace(/^\/_local\/?/, "");
    const calls = CALLS[path];
    if (calls === undefined) {
      const found =
        request.method === "GET"
          ? page(path, { outbox: around.outbox, query: url.searchParams, now: around.clock.now() })
          : null;
      return found ?? problem(404, "not_found", `there is nothing at ${url.pathname}`);
    }
    const call = calls[request.method];
    if (call === undefined)
      return problem(405, "method_not_allowed", `${url.pathname} answers ${Object.keys(calls).join(", ")}`);
    return call(around, request, url.searchParams);
  };
}

const CALLS: { readonly [path: string]: { readonly [method: string]: Call } } = {
  outbox: {
    GET: showOutbox,
    DELETE: ({ outbox }) => {
      outbox.clear();
      return empty();
    },
  },
  decisions: {
    GET: ({ decisions }, _request, query) =>
      checked(decisionsQuery, Object.fromEntries(query), (filter) => json(200, { items: decisions(filter) })),
  },
  events: {
    GET: async ({ url, clock }) => json(200, { items: await sendableEvents(url, clock.now()) }),
  },
  feedback: {
    POST: ({ providers }, request) =>
      withBody(request, feedbackSchema, async (wanted) => resultOf(await providers.giveFeedback(wanted))),
  },
  inbound: {
    POST: ({ providers }, request) =>
      withBody(request, inboundOn(providers.inboundChannels), (inbound) =>
        providers.bringIn(inbound).then(resultOf),
      ),
  },
  clock: {
    GET: ({ clock }) => json(200, { now: new Date(clock.now()).toISOString() }),
    POST: (around, request) => withBody(request, clockSchema, (wish) => moveClock(around, wish)),
  },
  idle: {
    GET: async ({ time, clock }) => {
      await time.idle();
      return json(200, { now: new Date(clock.now()).toISOString() });
    },
  },
  usage: {
    GET: ({ usage }, _request, query) => {
      const events = Number(query.get("events") ?? 0);
      return json(200, usage.report(events > 0 ? events : null));
    },
    DELETE: ({ usage }) => {
      usage.reset();
      return empty();
    },
  },
  faults: {
    GET: ({ faults }) => json(200, { items: faults.list() }),
    POST: ({ faults }, request) =>
      withBody(request, faultSchema, (fault) => {
        faults.add(fault);
        return json(201, fault);
      }),
    DELETE: ({ faults }) => {
      faults.clear();
      return empty();
    },
  },
  queues: {
    GET: ({ messaging }) =>
      json(200, {
        items: messaging.queues.all().map((queue) => ({ name: queue.settings.name, ...queue.counts() })),
      }),
  },
  metrics: {
    GET: ({ metrics }) => json(200, { items: metrics.list() }),
    DELETE: ({ metrics }) => {
      metrics.reset();
      return empty();
    },
  },
  changes: { GET: ({ changes }) => json(200, { changes: changes.count() }) },
  alarms: {
    GET: ({ alarms }) => json(200, { items: alarms.list() }),
  },
  logs: {
    GET: ({ logs }, _request, query) => json(200, { items: logs.lines(query.get("function") ?? undefined) }),
  },
};

function showOutbox(
  { outbox }: Around,
  _request: HttpRequest,
  query: URLSearchParams,
): Promise<HttpResponse> {
  return checked(
    outboxQuery,
    Object.fromEntries(query),
    ({ limit = null, cursor, channel, to, messageId }) => {
      const filter = {
        ...(channel === undefined ? {} : { channel }),
        ...(to === undefined ? {} : { to }),
        ...(messageId === undefined ? {} : { messageId }),
      };
      return json(200, outbox.page(filter, { limit, before: cursor === undefined ? null : Number(cursor) }));
    },
  );
}

async function moveClock(around: Around, wish: z.infer<typeof clockSchema>): Promise<HttpResponse> {
  const from = around.clock.now();
  const length = "advance" in wish ? parseDuration(wish.advance) : null;
  if ("advance" in wish && length === null) {
    const expected = "an ISO-8601 duration of weeks, days, hours, minutes or seconds, such as PT1H";
    return invalid(wrongField("advance", expected, "another text"));
  }
  const target = "set" in wish ? Date.parse(wish.set) : from + (length ?? 0);
  if (target < from)
    return problem(400, "invalid_request", `time moves forward only; it is ${new Date(from).toISOString()}`);
  const fired = await around.time.moveTo(target);
  return json(200, { now: new Date(around.clock.now()).toISOString(), fired });
}

/** Answers what `work` makes of the input, or 400 with what is wrong in it, in the form of the public API. */
async function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  work: (value: z.output<Schema>) => HttpResponse | Promise<HttpResponse>,
): Promise<HttpResponse> {
  const result = schema.safeParse(input);
  if (result.success) return work(result.data);
  return invalid(wrongFields(fieldErrors(result.error.issues, input)));
}

const invalid = ({ status, code, message, errors }: RapportError): HttpResponse =>
  problem(status, code, message, errors);

async function withBody<Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
  work: (body: z.output<Schema>) => HttpResponse | Promise<HttpResponse>,
): Promise<HttpResponse> {
  const parsed = parseObject(request.body.toString("utf8"));
  if (parsed === null) return problem(400, "malformed_json", "the body is not a JSON object");
  return checked(schema, parsed, work);
}

function resultOf(result: Delivery): HttpResponse {
  if (result.ok) {
    const { deliveredTo, providerMessageId } = result;
    return json(202, { deliveredTo, ...(providerMessageId === undefined ? {} : { providerMessageId }) });
  }
  return problem(result.status, result.status === 404 ? "not_found" : "not_possible", result.message);
}

const json = (status: number, body: object): HttpResponse =>
  respond(status, "application/json", JSON.stringify(body));

const empty = (): HttpResponse => ({ status: 204, headers: {}, body: "" });
