import type { Tone } from "./badge.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  requested: "wait",
  sending: "wait",
  uncertain: "wait",
  sent: "good",
  delivered: "good",
  read: "good",
  failed: "bad",
  rejected: "bad",
  bounced: "bad",
  complained: "bad",
  unsubscribed: "bad",
  dismissed: "wait",
  clicked: "good",
  opened: "good",
  accepted: "good",
  converted: "good",
};

/** How a status or an outcome stands. */
export const toneOf = (status: string): Tone =>
  Object.hasOwn(TONES, status) ? (TONES[status] ?? "even") : "even";
