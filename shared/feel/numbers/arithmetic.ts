/**
 * FEEL's numbers are doubles, but results are what people calculate on paper: 0.1 + 0.2 is 0.3, and 1.1 - 1 is 0.1.
 *
 * A result is settled on the nearest decimal with at most ten fraction digits, if that lies within the rounding error of
 * the operands. Integers need no such care and cost one comparison. Reasons and measurements:
 * docs/decisions/0003-feel-numbers.md.
 */

/** The rounding error, as a part of the size. Each operand is half a unit from the decimal that was meant, and so is the result: one and a half, rounded up. */
const TOLERANCE = 2 * 2 ** -52;

/** From here on the tolerance would reach what is no rounding error: results stay as they are. */
const LARGE = 5e12;

/** The number of decimals to look at, as a factor: so many that the error of scaling stays below a sixteenth. */
function scaleFor(size: number): number {
  if (size < 5e4) return 1e10;
  if (size < 5e6) return 1e8;
  if (size < 5e8) return 1e6;
  if (size < 5e10) return 1e4;
  return 1e2;
}

/** `magnitude` is the size of the largest operand or the result: the error is relative to it, cancelled or not. */
function settle(value: number, magnitude: number, tolerance = TOLERANCE): number {
  if (magnitude >= LARGE) return value;
  const scale = scaleFor(magnitude);
  const decimal = Math.round(value * scale) / scale + 0;
  return Math.abs(decimal - value) <= magnitude * tolerance ? decimal : value;
}

/** The sum, settled on the decimal that was meant. */
export function addNumbers(left: number, right: number): number {
  const sum = left + right;
  if (Number.isInteger(left) && Number.isInteger(right)) return sum;
  return settle(sum, Math.max(Math.abs(left), Math.abs(right), Math.abs(sum)));
}

/** The difference, settled on the decimal that was meant. */
export function subtractNumbers(left: number, right: number): number {
  return addNumbers(left, -right);
}

/** The product, settled on the decimal that was meant. */
export function multiplyNumbers(left: number, right: number): number {
  const product = left * right;
  if (Number.isInteger(left) && Number.isInteger(right)) return product + 0;
  return settle(product, Math.abs(product));
}

/** The caller has checked that `right` is not zero. */
export function divideNumbers(left: number, right: number): number {
  const quotient = left / right;
  if (Number.isInteger(quotient)) return quotient;
  return settle(quotient, Math.abs(quotient));
}

/** Each factor of a power brings its own rounding error. Only whole exponents make a decimal of decimals. */
export function raiseNumber(base: number, exponent: number): number {
  const power = base ** exponent;
  if (!Number.isInteger(exponent) || Number.isInteger(power)) return power;
  return settle(power, Math.abs(power), TOLERANCE * Math.max(1, Math.abs(exponent) / 4 + 0.5));
}

/** The number, or undefined where the calculation left the numbers that FEEL knows. */
export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
