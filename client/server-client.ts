import type {
  Calls,
  DecisionAnswer,
  DecisionRequest,
  MessageAccepted,
  MessageAnswer,
  MessageRequest,
  OutcomeAnswer,
  OutcomeRequest,
  Profile,
  SegmentCall,
  SegmentEvent,
} from "./api.generated.ts";
import { type Call, callsOver } from "./calls.ts";
import { batchBody, type ConsentChange, consentEvent, queued } from "./event.ts";
import { eventQueue, type QueueOptions } from "./event-queue.ts";
import { type TransportOptions, transport } from "./transport.ts";

export interface ServerClientOptions extends TransportOptions, QueueOptions {
  /** A secret key, whose scopes say what it may do. Never put it into a page or an app. */
  readonly secretKey: string;
}

/** One event about one person, who is named in it: `{ userId: "kim", event: "Order Completed" }`. */
type Tell = (event: SegmentCall) => void;
type Timeline = Calls["GET /v1/profiles/{ref}/timeline"];

/** What the company's own programs tell and ask. Events wait a moment and travel together; end with `flush`. */
export interface ServerClient {
  readonly identify: Tell;
  readonly track: Tell;
  readonly page: Tell;
  readonly alias: Tell;
  /** Tells what somebody agreed to, or no longer. */
  consent(who: Pick<SegmentCall, "userId" | "anonymousId">, change: ConsentChange): void;
  /** Sends at once what waits. Rejects when it could not. */
  flush(): Promise<void>;
  /** Decides what to say, offer or do now, for one `placement` or for several `placements`. */
  decide<R extends DecisionRequest>(
    request: R,
  ): Promise<
    R extends { readonly placements: readonly string[] }
      ? { readonly decisions: readonly DecisionAnswer[] }
      : DecisionAnswer
  >;
  /** Reports what came of an action that was decided. */
  outcome(request: OutcomeRequest): Promise<OutcomeAnswer>;
  /** Asks for one message. The same `idempotencyKey` and request within 24 hours are the same message. */
  message(request: MessageRequest, idempotencyKey?: string): Promise<MessageAccepted>;
  /** What became of a message. */
  messageStatus(messageId: string): Promise<MessageAnswer>;
  /** What is known of a customer: a customerId, or `type:value`. */
  profile(ref: string): Promise<Profile>;
  /** What happened with a customer, newest first; `cursor` of the answer leads to what was before. */
  timeline(ref: string, query?: Timeline["input"]["query"]): Promise<Timeline["answer"]>;
  readonly call: Call;
}

/** A client for servers and scripts, which hold a secret key. It remembers nobody: each event names its person. */
export const serverClient = (options: ServerClientOptions): ServerClient => {
  const call = callsOver(transport(options, { authorization: `Bearer ${options.secretKey}` }));
  // The time of the batch is that of its first try here: a pause of seconds corrects no server's clock.
  const queue = eventQueue((batch) => call("POST /v1/batch", { body: batchBody(batch) }), options);
  const tell =
    (type: SegmentEvent["type"]): Tell =>
    (event) =>
      queue.add(queued({ ...event, type }));
  return {
    identify: tell("identify"),
    track: tell("track"),
    page: tell("page"),
    alias: tell("alias"),
    consent: (who, change) => queue.add(queued({ ...who, ...consentEvent(change) })),
    flush: queue.flush,
    decide: (request) => call("POST /v1/decisions", { body: request }) as Promise<never>,
    outcome: (body) => call("POST /v1/outcomes", { body }),
    message: (body, idempotencyKey) =>
      call("POST /v1/messages", { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }),
    messageStatus: (id) => call("GET /v1/messages/{id}", { path: { id } }),
    profile: (ref) => call("GET /v1/profiles/{ref}", { path: { ref } }),
    timeline: (ref, query = {}) => call("GET /v1/profiles/{ref}/timeline", { path: { ref }, query }),
    call,
  };
};
