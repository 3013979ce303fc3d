// Our package on pyodide's Python: node tests/page/corpus.mjs FOLDER FILE, a JSON object of mails in base64 by name.  One JSON line, what classify says by name.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, given] = process.argv.slice(2);
const pyodide = createRequire(resolve("docs/try/package.json")).resolve("pyodide/pyodide.mjs");
const { loadPyodide } = await import(pathToFileURL(pyodide).href);
const python = await loadPyodide();
python.unpackArchive(new Uint8Array(readFileSync(join(folder, "packages.zip"))), "zip", { extractDir: "/lib/bounceclass" });
python.globals.set("given", readFileSync(given, "utf8"));
console.log(
  python.runPython(`
import base64, json, sys
sys.path.insert(0, "/lib/bounceclass")
from bounceclass import classify, parse
from bounceclass.serial.schema import mail_to_dict
told = {}
for name, octets in json.loads(given).items():
    report = parse(base64.b64decode(octets))
    told[name] = mail_to_dict("-", report, classify(report))
json.dumps({"python": sys.version, "told": told})
`),
);
