/** How often the divisor fits into a number, rounded down: below zero too, as calendars count. */
export function quotient(dividend: number, divisor: number): number {
  return Math.floor(dividend / divisor);
}
