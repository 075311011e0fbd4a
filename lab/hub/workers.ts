import { RapportError } from "#kernel/errors.ts";
import { asRapportError } from "#runtime/errors.ts";
import { waitSeconds } from "#runtime/patience.ts";
import type { Invocation, Processes } from "./machine/processes.ts";
import type { Delivery, Queue } from "./machine/queue.ts";

/** What a worker does with one message. */
export type Work<Body> = (body: Body, invocation: Invocation) => Promise<void>;

const BATCH = 10;
const MOST_AT_ONCE = 3;

type Around<Body> = {
  readonly processes: Processes;
  /** Makes one message of all of a group, which a worker does at once when they come for the first time. */
  readonly join?: ((bodies: readonly Body[]) => Body) | undefined;
  /** Told of what can never be done, and of errors that no port throws. */
  readonly deadLettered: (reason: string, body: unknown) => void;
};

/** Messages that must stay in order together; those of a standard queue stand alone. */
const inGroups = <Body>(batch: readonly Delivery<Body>[]): Delivery<Body>[][] => [
  ...Map.groupBy(batch, ({ group, key }) => group ?? key).values(),
];

/**
 * Feeds a queue's messages to its worker, as Lambda and the pipeline of workers do: groups side by side, a group in order;
 * what may succeed later comes back in seconds, what never will goes to the dead letters with its reason.
 */
export const consume = <Body>(queue: Queue<Body>, work: Work<Body>, around: Around<Body>): void => {
  const { processes, deadLettered, join } = around;
  const toBe = (invocation: Invocation, name: string, perform: () => void): Promise<void> =>
    processes.call(invocation, {
      name: `${queue.name}.${name}`,
      possible: ["crash before", "crash after", "error", "lost answer", "slow"],
      perform: async () => perform(),
    });

  const failed = async (
    rest: readonly Delivery<Body>[],
    error: RapportError,
    invocation: Invocation,
  ): Promise<boolean> => {
    const [first] = rest;
    if (first === undefined) return false;
    if (!error.transient) {
      const reason = `${error.code}: ${error.message}`;
      await toBe(invocation, "deadLetter", () => deadLettered(reason, first.body));
      return false;
    }
    const ms = 1_000 * waitSeconds(first.receives, error.retryAfter);
    // Not brought forward: they come back all the same, only later.
    await toBe(invocation, "comeBackIn", () => {
      for (const one of rest) queue.comeBackIn(one, ms);
    }).catch(() => undefined);
    return true;
  };

  const doneTogether = async (group: readonly Delivery<Body>[], invocation: Invocation): Promise<boolean> => {
    if (join === undefined || group.length < 2 || group.some(({ receives }) => receives > 1)) return false;
    return work(join(group.map(({ body }) => body)), invocation).then(
      () => true,
      () => false,
    );
  };

  /** Those that are done. */
  const workGroup = async (
    group: readonly Delivery<Body>[],
    invocation: Invocation,
  ): Promise<readonly Delivery<Body>[]> => {
    if (await doneTogether(group, invocation)) return group;
    for (const [index, delivery] of group.entries()) {
      try {
        await work(delivery.body, invocation);
      } catch (thrown) {
        if (!(thrown instanceof RapportError)) deadLettered(String(thrown), delivery.body);
        const error = asRapportError(thrown);
        if (await failed(group.slice(index), error, invocation)) return group.slice(0, index);
      }
    }
    return group;
  };

  let active = 0;
  const poll = (): void => {
    while (active < MOST_AT_ONCE) {
      const batch = queue.receive(BATCH);
      const [first] = batch;
      if (first === undefined) return;
      active += 1;
      const key = `${queue.name}:${first.key}#${first.receives}`;
      let done: readonly Delivery<Body>[] = [];
      const run = async (invocation: Invocation): Promise<void> => {
        done = (await Promise.all(inGroups(batch).map((group) => workGroup(group, invocation)))).flat();
      };
      void processes.begin(key, run).then((outcome) => {
        active -= 1;
        if (outcome === "done") for (const delivery of done) queue.remove(delivery);
        poll();
      });
    }
  };
  queue.listen({ visible: poll, wornOut: (body) => deadLettered("received too often", body) });
};
