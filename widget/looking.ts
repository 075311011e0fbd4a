/** How often the hub is asked what is new: soon after something happened, and ever more seldom while nothing does. */
const SOON_MS = 2_000;
const SELDOM_MS = 30_000;
const IDLE_MS = 60_000;
const SLOWER = 1.25;

export type Looking = {
  /** Looks at once. */
  readonly now: () => void;
  /** Something happens: the next looks come soon. */
  readonly soon: () => void;
  /** Looks often while somebody does, and now and then otherwise. */
  readonly watch: (isLookedAt: boolean) => void;
  readonly stop: () => void;
};

/** Looks again and again, one look after the other. @param look never throws */
export const looking = (look: () => Promise<void>): Looking => {
  let waitMs = SOON_MS;
  let isLookedAt = false;
  let isLooking = false;
  let isAskedAgain = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const now = async (): Promise<void> => {
    if (isStopped) return;
    // What is on its way may have been asked before what is looked for was there.
    isAskedAgain = isLooking;
    if (isLooking) return;
    isLooking = true;
    clearTimeout(timer);
    await look();
    isLooking = false;
    waitMs = Math.min(waitMs * SLOWER, SELDOM_MS);
    const pauseMs = isAskedAgain ? 0 : isLookedAt ? waitMs : IDLE_MS;
    if (!isStopped) timer = setTimeout(now, pauseMs);
  };
  const soon = (): void => {
    waitMs = SOON_MS;
  };
  return {
    now: () => void now(),
    soon,
    watch: (looks) => {
      isLookedAt = looks;
      soon();
      void now();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};
