/** The client of a Rapport hub: `pageClient` for browsers and apps, `serverClient` for programs with a secret key. */
export type * from "./api.generated.ts";
export type { Call } from "./calls.ts";
export type { ConsentChange } from "./event.ts";
export type { OnProblem, QueueOptions } from "./event-queue.ts";
export { type PageClient, type PageClientOptions, pageClient } from "./page-client.ts";
export { type OwnCode, RapportProblem } from "./problem.ts";
export { type ServerClient, type ServerClientOptions, serverClient } from "./server-client.ts";
export type { Slot } from "./slots.ts";
export type { Fetch, TransportOptions } from "./transport.ts";
export type { Identity, Visitor } from "./visitor.ts";
