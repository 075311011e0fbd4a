import { existsSync, readFileSync } from "node:fs";
import * as z from "zod/mini";

const Cdk = z.object({ context: z.object({ "rapport:channels": z.array(z.string()) }) });

const listIn = (text: string): readonly string[] => text.split(",").flatMap((name) => name.trim() || []);

/**
 * The channels that are deployed from a folder, and started: those of `RAPPORT_CHANNELS`, else of its cdk.json. Undefined: neither says
 * so.
 */
export const deployedChannels = (
  folder: string,
  wished: string | undefined,
): readonly string[] | undefined => {
  if (wished !== undefined) return listIn(wished);
  const path = `${folder}/cdk.json`;
  if (!existsSync(path)) return undefined;
  try {
    const cdk: unknown = JSON.parse(readFileSync(path, "utf8"));
    return z.safeParse(Cdk, cdk).data?.context["rapport:channels"];
  } catch {
    // What CDK itself does not read says nothing of channels.
    return undefined;
  }
};
