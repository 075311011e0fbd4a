import { fileURLToPath } from "node:url";
import { buildApplication } from "./application.ts";
import { bundleFunctions, codePath } from "./bundle.ts";
import { discoverFunctions } from "./functions.ts";

/** What `cdk` runs. It bundles before it synthesizes, so that a plain `cdk deploy` ships what is there. */
const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = `${root}dist`;
const functions = await discoverFunctions(root);
await bundleFunctions({ folders: functions, outdir });
const app = await buildApplication({ functions, codePath: (folder) => codePath(outdir, folder) });

// The local cloud deploys nothing: its start need not wait for a review of what AWS would get.
if (app.node.tryGetContext("rapport:stage") !== "local") {
  const { checkWithNag } = await import("./nag-packs.ts");
  checkWithNag(app);
}
app.synth();
