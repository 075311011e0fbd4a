import { busEvents } from "../catalogue/bus-events.ts";
import { cataloguePage } from "../catalogue/page.ts";
import type { ApiDocument } from "../openapi/client-types.ts";
import { openapiDocument } from "../openapi/document.ts";
import { httpFunctions } from "../openapi/functions.ts";
import type { WrittenFile } from "./written-file.ts";

/* The catalogue of every event, for whoever sends, reads or subscribes to one. */

const { components }: ApiDocument = JSON.parse(JSON.stringify(openapiDocument(await httpFunctions())));
const members = components.schemas.SegmentEvent?.properties ?? {};
const types = members.type?.enum?.map(String) ?? [];

export const files: readonly WrittenFile[] = [
  {
    path: "docs/event-catalogue.md",
    text: cataloguePage({ types, members: Object.keys(members) }, await busEvents()),
  },
];
