import { addCell, type Cell, EMPTY_CELL } from "#domain/learning/model.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import { attributes, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { cellsPrefix, fromCells, fromHead, HEAD, modelKey } from "./learning-items.ts";

/** Models for those who decide by them or show them, and learn nothing. */
export const dynamoLearningReader = ({ client, table }: Table): Pick<LearningStore, "read"> => ({
  read: async (model) => {
    // `cells#...` sorts before `head`: one query gives both.
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk <= :sk",
      ExpressionAttributeValues: attributes({ ":pk": modelKey(model), ":sk": HEAD }),
    });
    const { cuts, binning } = fromHead(items.find((item) => item.sk?.S === HEAD));
    const cells = new Map<string, Cell>();
    for (const item of items) {
      if (!item.sk?.S?.startsWith(cellsPrefix(cuts))) continue;
      for (const [name, cell] of fromCells(item)) {
        cells.set(name, addCell(cells.get(name) ?? EMPTY_CELL, cell));
      }
    }
    return { cuts, binning, cells };
  },
});
