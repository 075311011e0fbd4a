import type { FaultKind } from "./faults.ts";
import type { Invocation, Processes } from "./processes.ts";

const ANY_CALL: readonly FaultKind[] = ["crash before", "crash after", "error", "slow"];
const ANY_WRITE: readonly FaultKind[] = [...ANY_CALL, "lost answer", "repeated"];
const ANY_LIST: readonly FaultKind[] = [...ANY_WRITE, "torn"];

const READS = new Set([
  "resolve",
  "load",
  "find",
  "get",
  "getAll",
  "marks",
  "recorded",
  "keysOf",
  "buckets",
  "watermark",
  "units",
  "sums",
  "head",
  "read",
  "counted",
  "sample",
  "slice",
  "page",
]);
/** Calls that take a list of which a part may be done. */
const LISTS = new Set([
  "history.put",
  "bus.publish",
  "inbox.send",
  "timers.set",
  "timers.cancel",
  "due.send",
  "log.write",
  "customers.repoint",
]);

const possibleFor = (method: string, name: string): readonly FaultKind[] => {
  if (LISTS.has(name)) return ANY_LIST;
  return READS.has(method) ? ANY_CALL : ANY_WRITE;
};

const half = ([first, ...rest]: readonly unknown[]): readonly unknown[] => [
  Array.isArray(first) ? first.slice(0, Math.floor(first.length / 2)) : first,
  ...rest,
];

/** Who calls, where, and what may befall these calls besides. */
export type Around = {
  readonly processes: Processes;
  readonly invocation: Invocation;
  readonly besides?: readonly FaultKind[];
};

/** The port as a process reaches it: each call takes its time, and may fail in every way that is possible for it. */
export const guard = <Port extends object>(port: Port, name: string, around: Around): Port =>
  new Proxy(port, {
    get: (target, property) => {
      const method = String(property);
      const own: unknown = Reflect.get(target, property);
      // What was gone a moment ago is known in the process itself.
      if (typeof own !== "function" || method === "gone") return own;
      const call = `${name}.${method}`;
      return (...args: readonly unknown[]) =>
        around.processes.call(around.invocation, {
          name: call,
          possible: [...(around.besides ?? []), ...possibleFor(method, call)],
          perform: async () => own(...args),
          performHalf: async () => own(...half(args)),
        });
    },
  });
