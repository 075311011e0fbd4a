/**
 * Numbers are doubles, but sums, differences, products and quotients are what a business person writes down.
 *
 * A result that lies within the rounding error of its operands beside a decimal with at most ten fraction digits is
 * that decimal: 0.1 + 0.2 is 0.3 and 1.1 - 1 is 0.1. Integers need no such care and cost one comparison.
 * docs/decisions/0003-feel-numbers.md has the reasons and the measurements.
 */
const EPSILON = 2 ** -52;
const MAXIMUM_SCALED = 2 ** 53;

function settle(value: number, magnitude: number): number {
  const size = Math.abs(value);
  const scale = size < 900_000 ? 1e10 : size < 9e9 ? 1e6 : 1e4;
  const scaled = value * scale;
  if (!(Math.abs(scaled) < MAXIMUM_SCALED)) return value;
  const decimal = Math.round(scaled) / scale;
  return Math.abs(decimal - value) <= magnitude * EPSILON ? decimal : value;
}

export function addNumbers(left: number, right: number): number {
  const sum = left + right;
  if (Number.isInteger(left) && Number.isInteger(right)) return sum;
  return settle(sum, Math.max(Math.abs(left), Math.abs(right), Math.abs(sum)));
}

export function subtractNumbers(left: number, right: number): number {
  return addNumbers(left, -right);
}

export function multiplyNumbers(left: number, right: number): number {
  const product = left * right;
  if (Number.isInteger(left) && Number.isInteger(right)) return product;
  return settle(product, 2 * Math.abs(product));
}

/** The caller has checked that `right` is not zero. */
export function divideNumbers(left: number, right: number): number {
  const quotient = left / right;
  if (Number.isInteger(quotient)) return quotient;
  return settle(quotient, 2 * Math.abs(quotient));
}
