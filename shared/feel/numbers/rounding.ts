export type Rounding = "up" | "down" | "half up" | "half down" | "half even" | "floor" | "ceiling";

/** Doubles of this size and more have no fraction, and fewer places than 323 below the point. */
const MAXIMUM_PLACES = 323;

/**
 * Rounds the decimal that the number is written as, not the binary fraction behind it: 1.005 rounded half up to two
 * places is 1.01. `places` may be negative.
 */
export function roundTo(value: number, places: number, rounding: Rounding): number {
  if (value === 0 || places > MAXIMUM_PLACES) return value;
  const { digits, exponent } = decimalOf(value);
  const dropped = -exponent - places;
  if (dropped <= 0) return value;
  const negative = value < 0;
  const kept = dropped >= digits.length ? 0n : BigInt(digits.slice(0, -dropped));
  const rest = dropped > digits.length ? digits.padStart(dropped, "0") : digits.slice(-dropped);
  const result = roundsAway(rest, kept % 2n === 1n, negative, rounding) ? kept + 1n : kept;
  return Number(`${negative ? "-" : ""}${result}e${-places}`) + 0;
}

/** The shortest decimal that means this number: digits times ten to the exponent. */
function decimalOf(value: number): { digits: string; exponent: number } {
  const [mantissa = "0", power = "0"] = Math.abs(value).toExponential().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return { digits: whole + fraction, exponent: Number(power) - fraction.length };
}

function roundsAway(rest: string, isOdd: boolean, negative: boolean, rounding: Rounding): boolean {
  if (/^0*$/.test(rest)) return false;
  const half = compareWithHalf(rest);
  switch (rounding) {
    case "up":
      return true;
    case "down":
      return false;
    case "floor":
      return negative;
    case "ceiling":
      return !negative;
    case "half up":
      return half >= 0;
    case "half down":
      return half > 0;
    case "half even":
      return half > 0 || (half === 0 && isOdd);
  }
}

function compareWithHalf(rest: string): number {
  if (rest[0] !== "5") return (rest[0] ?? "0") > "5" ? 1 : -1;
  return /^50*$/.test(rest) ? 0 : 1;
}
