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
import { ENV } from "#runtime/names.ts";
import { type Line, median, printTable } from "../measure/table.ts";

const runFile = promisify(execFile);
const ROOT = join(import.meta.dirname, "../..");
const ROUNDS = 7;
const BUDGET = 1.5;
/** Holds MJML (bundles.ts); it runs when somebody pushes a playbook. */
const EXEMPT: ReadonlySet<string> = new Set(["playbook-api"]);

const AWS_IMPORT = /^import \{([^}]*)\} from "(@aws-sdk\/client-[\w-]+)";$/gms;

/** The AWS classes that the sources import as values, by package. */
const awsClasses = (sources: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const classes = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const [, names = "", from = ""] of source.matchAll(AWS_IMPORT)) {
      const known = classes.get(from) ?? new Set();
      classes.set(from, known);
      for (const name of names.split(",").map((each) => each.trim())) {
        if (/^[A-Z]\w*(Client|Command)$/.test(name)) known.add(name);
      }
    }
  }
  return classes;
};

/** Source of a handler that does nothing, with the same AWS clients and commands, and the same read of a secret. */
const bareSource = (sources: readonly string[]): string => {
  const classes = awsClasses(sources);
  const imports = [...classes].map(([from, names]) => `import { ${[...names].join(", ")} } from "${from}";`);
  const all = [...classes.values()].flatMap((names) => [...names]);
  const clients = all.filter((name) => name.endsWith("Client")).map((name) => `new ${name}({})`);
  const secret = all.includes("GetSecretValueCommand")
    ? 'await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: "secret" }));'
    : "";
  const commands = all.filter((name) => name.endsWith("Command")).join(", ");
  return [
    ...imports,
    secret,
    `const clients = [${clients.join(", ")}];`,
    `export const handler = async () => [clients, ${commands}].length;`,
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

/** Milliseconds of processor time that importing the file takes in a new process. */
const initTime = async (file: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const script = `const before = process.cpuUsage(); await import(${JSON.stringify(file)});
const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000); process.exit();`;
  const { stdout } = await runFile(process.execPath, ["--input-type=module", "-e", script], { env });
  return Number(stdout.trim().split("\n").at(-1));
};

/** `npm run bench -- init`: what starting a function takes beside a bare handler with the same AWS clients. */
export const run = async (): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), "rapport-init-"));
  const endpoint = await secretsEndpoint();
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.values(ENV).map((name) => [name, "http://127.0.0.1/value"])),
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  try {
    const folders = await discoverFunctions(ROOT);
    await bundleFunctions({ folders, outdir: folder });
    const meta: {
      outputs: Record<string, { entryPoint?: string; inputs: Record<string, { bytesInOutput: number }> }>;
    } = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
    const lines: Line[] = [];
    for (const each of folders) {
      const output = Object.values(meta.outputs).find(({ entryPoint }) =>
        entryPoint?.endsWith(`${each.path.replace(`${ROOT}/`, "")}/handler.ts`),
      );
      const own = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
        path.includes("node_modules") || bytesInOutput === 0 ? [] : [path],
      );
      const bare = join(folder, `${each.id}-bare.mjs`);
      await bundleBare(bare, bareSource(own.map((path) => readFileSync(path, "utf8"))));
      const full = join(codePath(folder, each), "index.mjs");
      const ratios: number[] = [];
      for (let round = -1; round < ROUNDS; round += 1) {
        const ratio = (await initTime(full, env)) / (await initTime(bare, env));
        if (round >= 0) ratios.push(ratio);
      }
      const exempt = EXEMPT.has(each.id);
      lines.push({
        what: each.id,
        figure: `${median(ratios).toFixed(2)}x`,
        budget: exempt ? "" : `<= ${BUDGET}x`,
        holds: exempt ? null : median(ratios) <= BUDGET,
      });
    }
    return printTable("init: processor time beside a bare handler with the same AWS clients", lines);
  } finally {
    endpoint.stop();
    rmSync(folder, { recursive: true });
  }
};
