// Runs Python away from the page, so that the page never stops.  Answers {id, ready | step | result | failure}.
// The page starts it from a blob:, so that the page's Content-Security-Policy holds here too.

let python;
let read;

const say = (message) => postMessage(message);

/** Start Python, unpack bounceclass, import it; `base` is where the page's files lie. */
const start = async (base) => {
  say({ step: "python" });
  const { loadPyodide } = await import(`${base}pyodide/pyodide.mjs`);
  const [started, packages, reader] = await Promise.all([
    loadPyodide({ indexURL: `${base}pyodide/` }),
    fetched(`${base}packages.zip`, "arrayBuffer"),
    fetched(`${base}reader.py`, "text"),
  ]);
  python = started;
  say({ step: "packages" });
  python.unpackArchive(packages, "zip", { extractDir: "/lib/bounceclass" });
  python.FS.writeFile("/lib/bounceclass/reader.py", reader);
  python.runPython("import sys; sys.path.insert(0, '/lib/bounceclass')");
  say({ step: "import" });
  read = python.pyimport("reader").read;
  say({ ready: true });
};

const fetched = async (url, kind) => {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return response[kind]();
};

onmessage = async ({ data }) => {
  try {
    if (data.base) {
      await start(data.base);
    } else {
      const result = read.callKwargs(python.toPy(data.octets), { locale: data.locale, minutes: data.minutes });
      say({ id: data.id, result: JSON.parse(result) });
    }
  } catch (error) {
    say({ id: data.id, failure: String(error?.message ?? error).slice(-500) });
  }
};
