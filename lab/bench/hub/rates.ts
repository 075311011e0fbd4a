import type { Client } from "../../measure/client.ts";
import { atLeast, type Line, noted } from "../../measure/table.ts";
import { inTurn, type Load, newcomers, type Rates, throughput } from "./loads.ts";
import { NOTIFUSE, PARCELVOY } from "./peers.ts";
import type { HubProcess } from "./process.ts";

/** Connections of a driver, as the peers were measured with. */
export const CONNECTIONS = 16;
const RETURNING = 1_000;
/** What customers who return are worth, beside whom they are: events a second, and a share of what newcomers reach. */
const BUDGET = { appliedReturning: 1_500, appliedSingle: 800, ofNewcomers: 0.5, ofFastest: 2 / 3 } as const;
const CUSTOMERS_IN_TURN = [1_000, 300, 100, 10];
const SINGLE_EVENTS = 3_000;
const SECONDS = 10;

const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en")} /s`;
const share = (value: number): string => `${Math.round(value * 100)} %`;

type Measured = Rates & { readonly cpuMs: number };
type Work = Omit<Load, "width">;

const measure = async (hub: HubProcess, client: Client, load: Work): Promise<Measured> => {
  const before = hub.cpuMs();
  const { total, ...rates } = await throughput(client, { ...load, width: CONNECTIONS });
  return { ...rates, cpuMs: (hub.cpuMs() - before) / total };
};

const besides = (parcelvoy: number, notifuse?: number): string =>
  `Parcelvoy ${perSecond(parcelvoy)}${notifuse === undefined ? "" : `, Notifuse ${perSecond(notifuse)}`}`;

/** 100 events a request: of 25 new customers, then of 1,000 customers in turn, each event of a request another's. */
const batchLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  const perRequest = 100;
  const fresh = await measure(hub, client, {
    run: "new",
    perRequest,
    customerOf: newcomers("new", perRequest),
    until: { requests: 100 },
  });
  const returning = await measure(hub, client, {
    run: "turn",
    perRequest,
    customerOf: inTurn(RETURNING),
    until: { requests: 300 },
  });
  const { acceptedReturning, appliedReturning, appliedNew } = PARCELVOY;
  return [
    noted("100 a request, 25 new customers each: processor time an event", `${fresh.cpuMs.toFixed(2)} ms`),
    noted("  accepted", perSecond(fresh.accepted)),
    {
      ...atLeast("  applied and evaluated", fresh.applied, appliedNew, perSecond),
      peers: besides(appliedNew),
    },
    noted(
      "100 a request, 1,000 customers in turn: processor time an event",
      `${returning.cpuMs.toFixed(2)} ms`,
    ),
    {
      ...noted("  accepted", perSecond(returning.accepted)),
      peers: besides(acceptedReturning, NOTIFUSE.acceptedReturning),
    },
    {
      ...atLeast("  applied and evaluated", returning.applied, BUDGET.appliedReturning, perSecond),
      peers: besides(appliedReturning, NOTIFUSE.acceptedReturning),
    },
    atLeast("  of what new customers reach", returning.applied / fresh.applied, BUDGET.ofNewcomers, share),
  ];
};

/** One event a request: for ten seconds, then as many of fewer and fewer customers. */
const singleLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  const steady = await measure(hub, client, {
    run: "steady",
    perRequest: 1,
    customerOf: inTurn(RETURNING),
    until: { seconds: SECONDS },
  });
  const lines: Line[] = [
    noted(
      `1 a request for ${SECONDS} s, 1,000 customers in turn: processor time an event`,
      `${steady.cpuMs.toFixed(2)} ms`,
    ),
    {
      ...noted("  accepted", perSecond(steady.accepted)),
      peers: besides(PARCELVOY.acceptedSingle, NOTIFUSE.acceptedSingle),
    },
    {
      ...atLeast("  applied and evaluated", steady.applied, BUDGET.appliedSingle, perSecond),
      peers: besides(PARCELVOY.appliedSingle, NOTIFUSE.acceptedSingle),
    },
  ];
  const rates: number[] = [];
  for (const customers of CUSTOMERS_IN_TURN) {
    const { applied, cpuMs } = await measure(hub, client, {
      run: `of${customers}`,
      perRequest: 1,
      customerOf: inTurn(customers),
      until: { requests: SINGLE_EVENTS },
    });
    rates.push(applied);
    lines.push(
      noted(
        `  ${SINGLE_EVENTS.toLocaleString("en")} over ${customers} customers: applied`,
        perSecond(applied),
        `${cpuMs.toFixed(2)} ms each`,
      ),
    );
  }
  const slowest = Math.min(...rates) / Math.max(...rates);
  return [...lines, atLeast("  the slowest of the fastest", slowest, BUDGET.ofFastest, share)];
};

/** How many events a second the hub takes, and how many it applies, where customers are new and where they return. */
export const rateLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  const customerOf = newcomers("warm", 100);
  await measure(hub, client, { run: "warm", perRequest: 100, customerOf, until: { requests: 20 } });
  return [...(await batchLines(hub, client)), ...(await singleLines(hub, client))];
};
