// Opens pages of a built Storybook in Chromium and reports what went wrong. Reads a plan from standard input, prints
// one JSON document.
//
// plan: { base, executable, modules, timeout, parallel, quick, pages: [{ id, view, globals, width, height, query, screenshot, full,
//         axe, overflow, probe }] }
// probe: the body of a function that runs in the page and gives something JSON can hold.
import { createRequire } from 'node:module';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const plan = JSON.parse(text);
const require = createRequire(`${plan.modules}/package.json`);
const { chromium } = require('playwright-core');
const axeSource = require.resolve('axe-core/axe.min.js');

const browser = await chromium.launch({
  executablePath: plan.executable,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
});

// Runs in the page before Storybook does: collects its channel's events from the first one on.
const record = () => {
  window.__events = [];
  let channel;
  Object.defineProperty(window, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set: (value) => {
      channel = value;
      for (const name of ['docsRendered', 'storyRendered', 'storyFinished', 'storyMissing', 'storyErrored', 'storyThrewException', 'playFunctionThrewException', 'unhandledErrorsWhilePlaying']) {
        value.on(name, (data) => {
          const a11y = data?.reporters?.find((reporter) => reporter.type === 'a11y');
          window.__events.push({
            name, at: performance.now(),
            detail: data?.description ?? data?.message ?? (typeof data === 'string' ? data : data?.status),
            violations: (a11y?.result?.violations ?? []).map((found) => `${found.id} (${found.nodes.length}): ${found.nodes[0]?.html.slice(0, 160)} ${found.nodes[0]?.failureSummary?.replace(/\s+/g, ' ').slice(0, 200)}`),
          });
        });
      }
    },
  });
};

async function visit({ id, view = 'story', globals = {}, width = 1280, height = 900, query = {}, screenshot, full = false, axe = false, overflow = true, probe, manager = false }) {
  const context = await contextFor(width, height);
  const page = await context.newPage();
  try {
    return await opened(page, { id, view, globals, query, screenshot, full, axe, overflow, probe, manager });
  } finally {
    await page.close();
  }
}

const contexts = new Map();

/** One for each size: what was compiled and fetched for one page serves the next. */
async function contextFor(width, height) {
  const key = `${width} ${height}`;
  if (!contexts.has(key)) contexts.set(key, newContext(width, height));
  return contexts.get(key);
}

async function newContext(width, height) {
  const context = await browser.newContext({ viewport: { width, height }, permissions: plan.refuseClipboard ? [] : ['clipboard-read', 'clipboard-write'], colorScheme: plan.colorScheme ?? 'light', reducedMotion: plan.reducedMotion ?? 'no-preference' });
  await context.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await context.addInitScript(record);
  return context;
}

async function opened(page, { id, view, globals, query, screenshot, full, axe, overflow, probe, manager }) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(`console ${message.type()}: ${message.text()}`));
  page.on('dialog', (dialog) => (problems.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${plan.base}/`) && !/^(data|blob):/.test(request.url())) problems.push(`outside request: ${request.url()}`);
  });
  const chosen = Object.entries(globals).map(([key, value]) => `${key}:${value}`);
  if (plan.quick) chosen.push('a11y.manual:!true'); // without the accessibility check, which takes most of the time
  const named = chosen.join(';');
  const search = new URLSearchParams({ id, viewMode: view, ...(named ? { globals: named } : {}), ...query });
  await page.goto(manager ? `${plan.base}/?path=/${view}/${encodeURIComponent(id)}${named ? `&globals=${named}` : ''}` : `${plan.base}/iframe.html?${search}`);
  const result = { id, problems };
  const frame = manager ? await (await page.waitForSelector('#storybook-preview-iframe')).contentFrame() : page;
  const end = view === 'docs' ? 'docsRendered' : 'storyFinished';
  await frame.waitForFunction((name) => window.__events?.some((event) => event.name === name || /Missing|Errored|Threw/.test(event.name)), end, { timeout: plan.timeout ?? 30000 })
    .catch(() => problems.push(`no ${end} in time`));
  for (const event of await frame.evaluate(() => window.__events ?? [])) {
    if (['storyRendered', 'docsRendered'].includes(event.name)) result.drawn ??= Math.round(event.at);
    if (/Missing|Errored|Threw|unhandled/.test(event.name)) problems.push(`${event.name}: ${event.detail}`);
    if (event.name === 'storyFinished') {
      result.finished = Math.round(event.at);
      if (event.detail === 'error' && !event.violations.length) problems.push('the story ended in error');
    }
    problems.push(...event.violations.map((violation) => `a11y: ${violation}`));
  }
  if (overflow && !manager) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) problems.push(`the page scrolls sideways by ${wide} px`);
  }
  if (axe) {
    await page.addScriptTag({ path: axeSource });
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    problems.push(...found.violations.map((violation) => `axe: ${violation.id} (${violation.nodes.length}): ${violation.nodes[0]?.html.slice(0, 160)}`));
  }
  if (probe) {
    try {
      const late = new Promise((_, fail) => setTimeout(fail, plan.timeout ?? 30000, new Error('no answer in time')).unref());
      result.probe = await Promise.race([frame.evaluate(`(async () => { ${probe} })()`), late]);
    } catch (error) {
      problems.push(`probe: ${error.message}`);
    }
  }
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: full, animations: 'disabled' });
  return result;
}

const results = [];
let next = 0;
const work = async () => {
  while (next < plan.pages.length) {
    const place = (next += 1) - 1;
    results[place] = await visit(plan.pages[place]);
  }
};
try {
  await Promise.all(Array.from({ length: plan.parallel ?? 1 }, work));
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(results));
