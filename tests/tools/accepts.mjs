// Reads files as their own tools would and prints, as JSON, what is wrong with each: node accepts.mjs LIST
// LIST is a JSON file of [kind, file]; a kind is es, script, less, stylus or typescript.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import less from "less";
import stylus from "stylus";
import ts from "typescript";

const readers = {
  es: (text) => new vm.SourceTextModule(text),
  script: (text) => new vm.Script(text),
  less: (text) => less.render(text),
  stylus: (text) => stylus.render(text),
  typescript(text) {
    const [fault] = ts.createSourceFile("a.d.ts", text, ts.ScriptTarget.ES2022).parseDiagnostics;
    if (fault) throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, " "));
  },
};

const faults = {};
for (const [kind, file] of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    await readers[kind](readFileSync(file, "utf8"));
  } catch (error) {
    faults[file] = String(error.message);
  }
}
console.log(JSON.stringify(faults));
