// Reads stylesheets as a browser would and says what is wrong with them: node lightningcss.mjs FILE...
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";

for (const filename of process.argv.slice(2)) {
  const { warnings } = transform({ filename, code: readFileSync(filename), errorRecovery: false });
  for (const warning of warnings) console.log(`${filename}: ${warning.message}`);
}
