import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { alarmBoard, auditLog, peopleRegister } from "#runtime/stores.ts";
import { operations } from "./operations.ts";
import { peopleCalls } from "./people.ts";

export const handler = httpHandler(
  operations,
  peopleCalls({ audit: auditLog(), people: peopleRegister(), alarms: alarmBoard() }),
  auditedCallers(),
);
