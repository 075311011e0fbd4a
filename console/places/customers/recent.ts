/** Customers that were looked at since the page was loaded: in memory alone, for they are people. */
const MOST = 8;
let seen: readonly string[] = [];

export const noteSeen = (customerId: string): void => {
  seen = [customerId, ...seen.filter((id) => id !== customerId)].slice(0, MOST);
};
export const recentlySeen = (): readonly string[] => seen;
