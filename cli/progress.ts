import type { Job } from "#client/index.ts";

const WIDTH = 30;

/** How far a job came, as a bar: `[#######-----]  23 %  4100 of 10000`. */
export const progressBar = ({ done, total }: Pick<Job, "done" | "total">): string => {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const full = Math.floor(share * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${percent} %  ${done} of ${total}`;
};
