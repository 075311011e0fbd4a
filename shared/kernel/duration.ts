/** Weeks, days, hours, minutes, seconds: the parts of ISO 8601 that always last equally long (no months, no years). */
const PATTERN =
  /^P(?=[\dT])(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;
const UNITS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** What a duration in a playbook file looks like, for messages. */
export const DURATION_FORM = "a duration such as PT30M, PT4H, P7D or P2W";

/** Milliseconds of an ISO 8601 duration, or null when the text is none. */
export const durationMs = (text: string): number | null => {
  const match = PATTERN.exec(text);
  if (!match) return null;
  return UNITS.reduce((total, unit, index) => total + unit * Number(match[index + 1] ?? 0), 0);
};
