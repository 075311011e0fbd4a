/** Who did something, as a line shows it: of somebody who logs in the hub keeps an id alone, which is long. */
export const shownName = (by: string): string => by.replace(/^(person:[0-9a-f]{8})[0-9a-f-]+$/, "$1");
