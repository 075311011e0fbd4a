/** Minutes as the timers' table names them: `2026-11-21T10:05`, UTC. */
export const minuteOf = (time: number): string => new Date(time).toISOString().slice(0, 16);
export const minuteMs = (minute: string): number => Date.parse(`${minute}:00.000Z`);
