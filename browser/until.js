// Reloads until a background job has done its work; bounded by count and time, the server answers at its own pace.
import assert from 'node:assert/strict';
import { PATIENCE } from './server.js';

export async function until(page, url, locate, what) {
  const end = Date.now() + PATIENCE;
  do {
    await page.goto(url);
    if (await locate(page).count()) return locate(page).first();
  } while (Date.now() < end);
  assert.fail(`${what} did not appear on ${new URL(url).pathname} within ${PATIENCE / 1000} s`);
}
