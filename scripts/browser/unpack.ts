import chromium from "@sparticuz/chromium";

/** Run by itself (chromium.ts): unpacks Chromium, its fonts and its libraries into the temporary folder that it is started with. */
process.stdout.write(await chromium.executablePath());
