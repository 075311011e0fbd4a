import type { ContactStore } from "#ports/contact-store.ts";
import { putOver, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import { toContactItem } from "./customer-items.ts";

/** The customer's item `contact` in the table `customers`; one request. */
export const dynamoContactStore = ({ client, table }: Table): ContactStore => ({
  save: async (customerId, history) => {
    const put = putOver(table, toContactItem(customerId, history), history.version - 1);
    return (await putAll(client, [put])) === null;
  },
});
