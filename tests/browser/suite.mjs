// Runs the tests of this folder in one browser, against daemons that it starts itself; nothing is mocked.
import { finish } from "./lib.mjs";

for (const part of ["axe", "page", "widget", "host", "paint", "media", "tree", "hostile"]) await import(`./test_${part}.mjs`);
process.exit(await finish(process.argv[2] || ""));
