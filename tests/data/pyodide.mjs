// Runs a piece of Python in Pyodide, with a folder mounted: node pyodide.mjs PYODIDE_FOLDER FOLDER CODE
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [home, folder, code] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(home, "pyodide.mjs")));
const python = await loadPyodide();
python.FS.mkdirTree("/project");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/project");
try {
  console.log(await python.runPythonAsync(code));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
