import { join } from "node:path";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { assetCalls } from "./assets.ts";
import { readBuilt } from "./built.ts";
import { operations } from "./operations.ts";

const { publicUrl } = readEnv("publicUrl");

/** Bundling puts the built files beside the handler (infra/bundle.ts). */
const built = readBuilt(join(import.meta.dirname, "console"));

export const handler = httpHandler(operations, assetCalls({ built, publicUrl }));
