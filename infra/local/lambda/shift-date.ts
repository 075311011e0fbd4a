/**
 * Makes `Date` of this thread follow the shared offset of the local cloud's clock. Timers and `performance.now()` keep
 * real time: they measure durations, not moments.
 * @param shared one float, milliseconds
 */
export function shiftDate(shared: SharedArrayBuffer): void {
  const offset = new Float64Array(shared);
  const RealDate = globalThis.Date;
  const realNow = RealDate.now.bind(RealDate);
  const now = (): number => Math.floor(realNow() + (offset[0] ?? 0));
  globalThis.Date = new Proxy(RealDate, {
    get: (target, property) => (property === "now" ? now : Reflect.get(target, property)),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    // Called without `new`, Date answers the present moment as text (ECMA-262, 21.4.2.1).
    apply: () => new RealDate(now()).toString(),
  });
}
