import { startLocalCloud } from "#infra/local/cloud.ts";

/** A local cloud in a process of its own, to be killed: survivor.ts <assembly> <state folder>. Prints its address. */
const [assembly, stateDirectory] = process.argv.slice(2);
if (assembly === undefined || stateDirectory === undefined)
  throw new Error("give an assembly and a state folder");
const cloud = await startLocalCloud({ assembly, port: 0, stateDirectory });
process.stdout.write(`${cloud.url}\n`);
