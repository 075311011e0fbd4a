import type { LogBook } from "#infra/local/machine/log-book.ts";

/** Sum of a counter that functions told in CloudWatch's embedded metric format, as far as the log book goes back. */
export const countedIn = (logs: LogBook, name: string, reason?: string): number =>
  logs
    .lines()
    .filter(({ line }) => line.includes('"_aws"'))
    .map(({ line }): Record<string, unknown> => JSON.parse(line))
    .filter((metric) => reason === undefined || metric.reason === reason)
    .reduce((sum, metric) => sum + Number([metric[name]].flat()[0] ?? 0), 0);
