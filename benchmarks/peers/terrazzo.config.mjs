// Terrazzo through its command: BENCH_TOKENS, BENCH_OUTPUT and BENCH_FORMATS name folders and formats.
// Its Sass plug-in is not in every registry, so that its rows are css and json alone.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { defineConfig } from '@terrazzo/cli';
import css from '@terrazzo/plugin-css';
import js from '@terrazzo/plugin-js';

const { BENCH_TOKENS: tokens, BENCH_OUTPUT: output, BENCH_FORMATS: formats } = process.env;
const plugins = { css: () => css({ filename: 'tokens.css' }), json: () => js({ filename: 'tokens.js' }) };

export default defineConfig({
  tokens: readdirSync(tokens).sort().map((name) => pathToFileURL(`${tokens}/${name}`).href),
  outDir: `${pathToFileURL(output).href}/`,
  plugins: formats.split(',').filter((name) => name in plugins).map((name) => plugins[name]()),
});
