// A reader saves a page, the line is cut: it opens with its list, others give notice; what was saved is renewed when the line is back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { check } from '../check.js';
import { line, machine, start } from '../server.js';

let server;
let wire;
let folder;
let context;
before(async () => {
  server = await start();
  wire = await line(server.address);
  folder = mkdtempSync(join(tmpdir(), 'lantoa-reader-'));
  context = await machine(folder);
});
after(async () => {
  await context?.close();
  await wire?.down();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const SAVE = 'Lưu để đọc khi không có mạng';

describe('saved pages', () => {
  test('an article, an article of law and a card are saved, listed and read without a line, and let go again', async () => {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${wire.address}/tin`);
    const other = await page.locator('main .card h3 a').nth(1).getAttribute('href');
    const paths = [await page.locator('main .card h3 a').first().getAttribute('href')];
    await page.goto(`${wire.address}/luat/02-2019-vbm-qc`);
    paths.push(await page.locator('.toc a').first().getAttribute('href'));
    await page.goto(`${wire.address}/luat-cho-toi`);
    paths.push(await page.locator('main .card h3 a').first().getAttribute('href'));
    assert.deepEqual(await page.evaluate(() => caches.keys()), [], 'nothing is kept of whoever saves nothing');
    const titles = [];
    for (const path of paths) {
      await page.goto(wire.address + path);
      titles.push(await page.locator('h1').innerText());
      await page.getByRole('button', { name: SAVE }).click();
      await page.getByRole('button', { name: 'Đã lưu, bấm để bỏ' }).waitFor();
      await check(page);
    }
    await page.goto(`${wire.address}/da-luu`);
    await page.locator('[data-saved] li').nth(2).waitFor();
    await check(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);

    await wire.down();
    for (const [at, path] of paths.entries()) {
      await page.goto(wire.address + path);
      assert.equal(await page.locator('h1').innerText(), titles[at]);
      const font = await page.locator('h1').evaluate((one) => getComputedStyle(one).fontFamily);
      assert.match(font, /Be Vietnam Pro/, 'with its style sheet');
    }
    await page.goto(`${wire.address}/da-luu`);
    await page.locator('[data-saved] li').nth(2).waitFor();
    assert.ok(await page.locator('[data-elsewhere]').isHidden());
    await page.goto(wire.address + other);
    await page.locator('[data-elsewhere]').waitFor();
    await page.goto(`${wire.address}${paths[1]}?ngay=2020-01-01`);
    await page.locator('[data-elsewhere]', { hasText: 'chưa được lưu' }).waitFor();

    await wire.up();
    await page.goto(wire.address + other);
    assert.notEqual(await page.locator('h1').innerText(), 'Trang đã lưu');
    await page.goto(`${wire.address}/da-luu`);
    await page.locator('[data-saved] button').first().click();
    await page.waitForFunction(() => document.querySelectorAll('[data-saved] li').length === 2);
    await page.goto(wire.address + paths[2]);
    await page.locator('[data-save]:not([hidden])').waitFor();
    const kept = page.getByRole('button', { name: 'Đã lưu, bấm để bỏ' });
    if (await kept.count()) await kept.click();
    await page.getByRole('button', { name: SAVE }).waitFor();
  });
});
