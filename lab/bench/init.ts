import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { bundleFunctions, codePath, FUNCTION_BUNDLE } from "#infra/bundle.ts";
import { discoverFunctions } from "#infra/functions.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { ENV } from "#runtime/names.ts";
import { type Line, percentile, printTable } from "../measure/table.ts";

const runFile = promisify(execFile);
const ROOT = join(import.meta.dirname, "../..");
const ROUNDS = 25;
/** The quarter that took least says most: what else a machine does takes time, and a lucky start or two should not decide. */
const QUARTER = 0.25;
const BUDGET = 1.3;
/** Functions that may take longer, with the reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  "api-openapi": "calls no AWS service: the bare handler is empty",
  "playbook-api": "turns MJML into HTML and reads YAML and XML, when somebody uploads a playbook",
};

type Inputs = Readonly<Record<string, { readonly bytesInOutput: number }>>;

const AWS_CLASS = /@aws-sdk\/(client-[\w-]+)\/dist-es\/(?:commands\/)?(\w+(?:Client|Command))\.js$/;

/** Source of a handler that does nothing, with the AWS clients and commands of a bundle, and the same read of a secret. */
const bareSource = (inputs: Inputs): string => {
  const classes = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => {
    const [, from, name] = AWS_CLASS.exec(path) ?? [];
    return bytesInOutput === 0 || from === undefined || name === undefined ? [] : [{ from, name }];
  });
  const names = classes.map(({ name }) => name);
  const clients = names.filter((name) => name.endsWith("Client")).map((name) => `new ${name}({})`);
  return [
    ...classes.map(({ from, name }) => `import { ${name} } from "@aws-sdk/${from}";`),
    names.includes("GetSecretValueCommand")
      ? 'await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: "secret" }));'
      : "",
    `const clients = [${clients.join(", ")}];`,
    `export const handler = async () => [clients, ${names.join(", ")}].length;`,
  ].join("\n");
};

const bundleBare = async (outfile: string, contents: string): Promise<void> => {
  await build({
    stdin: { contents, resolveDir: ROOT, loader: "js" },
    ...FUNCTION_BUNDLE,
    outfile,
  });
};

/** Answers every request as Secrets Manager would. */
const secretsEndpoint = async () => {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ Name: "secret", SecretString: "0123456789abcdef0123456789abcdef" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
};

/** Milliseconds of processor time that a new process takes, with Node's own start, until it has imported the file. */
const initTime = async (file: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const script = `await import(${JSON.stringify(file)});
const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); process.exit();`;
  const { stdout } = await runFile(process.execPath, ["--input-type=module", "-e", script], { env });
  return Number(stdout.trim().split("\n").at(-1));
};

/** How many times the processor time of the bare handler a function's start takes; both take turns. */
const initRatio = async (full: string, bare: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const times = { full: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.full.push(await initTime(full, env));
    times.bare.push(await initTime(bare, env));
  }
  return percentile(times.full, QUARTER) / percentile(times.bare, QUARTER);
};

const lineOf = (id: string, ratio: number): Line => {
  const reason = EXEMPT[id];
  return {
    what: id,
    figure: `${ratio.toFixed(2)}x`,
    budget: reason ?? `<= ${BUDGET}x`,
    holds: reason === undefined ? ratio <= BUDGET : null,
  };
};

/** Environment variables that the sending workers of all channels read for their providers. */
const providerSettings = (): readonly string[] =>
  Object.values(SENDERS).flatMap((senders) => Object.values(senders).flatMap(({ settings }) => settings));

/** `npm run bench -- init`: what starting a function takes beside a bare handler with the same AWS clients. */
export const run = async (): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), "rapport-init-"));
  const endpoint = await secretsEndpoint();
  const env = {
    ...process.env,
    ...Object.fromEntries(
      [...Object.values(ENV), ...providerSettings()].map((name) => [name, "http://127.0.0.1/value"]),
    ),
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  try {
    const folders = await discoverFunctions(ROOT);
    await bundleFunctions({ folders, outdir: folder });
    const meta: { outputs: Record<string, { inputs: Inputs }> } = JSON.parse(
      readFileSync(join(folder, "meta.json"), "utf8"),
    );
    const lines: Line[] = [];
    for (const each of folders) {
      const output = Object.entries(meta.outputs).find(([path]) =>
        path.endsWith(`/${each.id}/index.mjs`),
      )?.[1];
      const bare = join(folder, `${each.id}-bare.mjs`);
      await bundleBare(bare, bareSource(output?.inputs ?? {}));
      lines.push(lineOf(each.id, await initRatio(join(codePath(folder, each), "index.mjs"), bare, env)));
    }
    return printTable("init: processor time beside a bare handler with the same AWS clients", lines);
  } finally {
    endpoint.stop();
    rmSync(folder, { recursive: true });
  }
};
