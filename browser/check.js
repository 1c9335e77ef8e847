// What every page must pass: axe without serious findings, nothing wider than the screen, one h1, no console errors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Is the page wider than the screen? Tables and the like scroll by themselves.
export async function wide(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${new URL(page.url()).pathname} is ${over} px wider than the screen`);
}

export async function check(page, problems = []) {
  await page.waitForLoadState('load');
  const where = new URL(page.url()).pathname;
  // The policy forbids inline scripts; evaluating through the debugger is not one.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  );
  const serious = found.violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
  assert.deepEqual(
    serious.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`),
    [],
    `axe on ${where}`,
  );
  await wide(page);
  assert.equal(await page.locator('h1').count(), 1, `headings of ${where}`);
  assert.deepEqual(problems, [], `console on ${where}`);
}
