import { fileURLToPath } from "node:url";
import { buildApplication } from "./application.ts";
import { bundleFunctions, codePath } from "./bundle.ts";
import { discoverFunctions, hasHandler } from "./functions.ts";
import { checkWithNag } from "./nag-packs.ts";

/** What `cdk` runs. It bundles before it synthesizes, so that a plain `cdk deploy` ships what is there. */
const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = `${root}dist`;
const functions = (await discoverFunctions(root)).filter(hasHandler);
await bundleFunctions({ folders: functions, outdir });
const app = await buildApplication({ functions, codePath: (folder) => codePath(outdir, folder) });
checkWithNag(app);
app.synth();
