// Reloads until a background job has done its work; bounded by count and time, the server answers at its own pace.
import assert from 'node:assert/strict';

export async function until(page, url, locate, what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  do {
    await page.goto(url);
    if (await locate(page).count()) return locate(page).first();
  } while (Date.now() < end);
  assert.fail(`${what} did not appear on ${new URL(url).pathname} within ${seconds} s`);
}
