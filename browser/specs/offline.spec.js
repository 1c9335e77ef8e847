// A poor line: typed without a network, the browser closed and opened again, the line back twice: recorded once.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { check } from '../check.js';
import { PATIENCE, line, machine, signIn, start } from '../server.js';

let server;
let wire;
const folders = [];
before(async () => {
  server = await start();
  wire = await line(server.address);
});
after(async () => {
  await wire?.down();
  await server?.stop();
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
});

// A fresh browser of a person, with the entry pages kept.
async function ready(login) {
  const folder = mkdtempSync(join(tmpdir(), 'lantoa-machine-'));
  folders.push(folder);
  const context = await machine(folder);
  const page = context.pages()[0] ?? (await context.newPage());
  await signIn(page, wire.address, login);
  // Whoever may record an activity sees the way there on this page; from then on the form is kept.
  await page.goto(`${wire.address}/hoat-dong`);
  await kept(page, login === 'xem' ? '/cho-gui' : '/hoat-dong/moi');
  return { folder, context, page };
}

// Waits until the worker answers for the page and has this one among those that it keeps.
async function kept(page, path) {
  const there = async (wanted) => !!navigator.serviceWorker.controller && !!(await (await caches.open('pages')).match(wanted));
  const end = Date.now() + PATIENCE;
  do {
    if (await page.evaluate(there, path)) return;
    // The next look when the browser has drawn: it is at work meanwhile.
    await page.evaluate(() => new Promise(requestAnimationFrame));
  } while (Date.now() < end);
  assert.fail(`${path} is not kept`);
}

const waiting = (page) => page.locator('[data-waiting] .count');

async function record(page, title, kind = 1) {
  await page.selectOption('#loai', { index: kind });
  await page.fill('#ten', title);
  await page.fill('#luot', '45');
  await page.getByRole('button', { name: 'Lưu hoạt động' }).first().click();
}

async function recorded(title) {
  const { page, context } = await server.person('xa');
  await page.goto(`${server.address}/hoat-dong?q=${encodeURIComponent(title)}`);
  const rows = await page.locator('main tbody tr').count();
  await context.close();
  return rows;
}

/** Sends what waits; the server gets it, the browser never hears of it. */
async function sendAndLose(context, page, address) {
  const lost = new Promise((done) => {
    const swallow = async (route) => {
      await route.fetch();
      await route.abort();
      done();
    };
    context.route(address, swallow, { times: 1 });
  });
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await lost;
}

describe('without a line', () => {
  test('an activity typed is kept, survives the closing of the browser, and is recorded once however often the line returns', async () => {
    const title = `đợt ${Date.now()}`;
    const { folder, context, page } = await ready('xa');
    await wire.down();
    await page.goto(`${wire.address}/hoat-dong/moi`);
    await record(page, `Nói chuyện pháp luật ở thôn bản, ${title}`);
    await page.locator('[data-kept]', { hasText: 'Chưa có mạng' }).waitFor();
    assert.equal(await waiting(page).innerText(), '1');
    // The form is ready for the next, under a key of its own.
    assert.equal(await page.inputValue('#ten'), '');
    await record(page, `Chiếu phim lưu động, ${title}`, 2);
    await page.waitForFunction(() => document.querySelector('[data-waiting] .count').textContent === '2');
    await context.close();

    const again = await machine(folder);
    const reopened = again.pages()[0] ?? (await again.newPage());
    await reopened.goto(`${wire.address}/cho-gui`);
    await reopened.locator('[data-entries] li').nth(1).waitFor();
    assert.match(await reopened.locator('[data-entries]').innerText(), new RegExp(title));
    // What waits can be put into a file.
    const [file] = await Promise.all([reopened.waitForEvent('download'), reopened.getByRole('button', { name: 'Lưu ra tệp' }).click()]);
    const saved = await file.path();
    assert.equal(JSON.parse(readFileSync(saved, 'utf8')).entries.length, 2);
    const content = { name: 'cho-gui.json', mimeType: 'application/json', buffer: readFileSync(saved) };

    // The line comes back, breaks in the middle of sending, and comes back again.
    await wire.up();
    await sendAndLose(again, reopened, '**/api/hoat-dong');
    await wire.down();
    await wire.up();
    await reopened.reload();
    await reopened.locator('[data-no-entries]:not([hidden])').waitFor();
    await wire.down();
    await wire.up();
    await reopened.reload();
    await reopened.locator('[data-no-entries]:not([hidden])').waitFor();
    assert.equal(await recorded(title), 2, 'both once');
    await check(reopened);

    // The file once more changes nothing.
    await reopened.setInputFiles('#load', content);
    await reopened.locator('[data-kept]', { hasText: /Đã (nạp|gửi) 2/ }).waitFor();
    await reopened.locator('[data-no-entries]:not([hidden])').waitFor();
    assert.equal(await recorded(title), 2);
    await again.close();
  });

  test('figures of a report typed without a line survive the closing of the browser and make one version of the report, however often the line returns', async () => {
    const { folder, context, page } = await ready('xa');
    await page.goto(`${wire.address}/bao-cao`);
    const report = await page.locator('main a[href^="/bao-cao/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')).find((path) => /^\/bao-cao\/[0-9a-f-]{36}$/.test(path)));
    assert.ok(report, 'a report to be made');
    const fill = `${report}/dien`;
    await page.goto(wire.address + fill);
    await kept(page, fill);
    const before = Number(await page.inputValue('[name=phien_ban]'));

    await wire.down();
    await page.goto(wire.address + fill);
    const cell = await page.locator('form[data-keep=report] input[name^="c."]').first().getAttribute('name');
    const figure = '4321';
    await page.fill(`[name="${cell}"]`, figure);
    const reason = page.locator(`[name="${cell.replace('c.', 'r.')}"]`);
    if (await reason.count()) await reason.fill('Gồm cả số của thôn chưa nối mạng');
    await page.getByRole('button', { name: 'Lưu số liệu' }).click();
    await page.locator('[data-kept]', { hasText: 'Chưa có mạng' }).waitFor();
    assert.equal(await waiting(page).innerText(), '1');
    await context.close();

    const again = await machine(folder);
    const reopened = again.pages()[0] ?? (await again.newPage());
    await reopened.goto(`${wire.address}/cho-gui`);
    await reopened.locator('[data-entries] li').first().waitFor();
    // The line comes back and breaks before the answer arrives; then it comes back twice.
    await wire.up();
    await sendAndLose(again, reopened, '**/api/bao-cao/ngoai-tuyen');
    for (let turn = 0; turn < 2; turn += 1) {
      await wire.down();
      await wire.up();
      await reopened.reload();
      await reopened.locator('[data-no-entries]:not([hidden])').waitFor();
    }
    await again.close();

    const { page: office, context: desk } = await server.person('xa');
    await office.goto(server.address + fill);
    assert.equal(await office.inputValue(`[name="${cell}"]`).then((text) => text.replaceAll('.', '')), figure);
    assert.equal(Number(await office.inputValue('[name=phien_ban]')), before + 1, 'one version');
    await desk.close();
  });

  test('another person of the same browser neither sees nor sends it', async () => {
    const title = `Tuyên truyền lưu động ${Date.now()}`;
    const { context, page } = await ready('xa');
    await wire.down();
    await page.goto(`${wire.address}/hoat-dong/moi`);
    await record(page, title);
    await page.locator('[data-kept]', { hasText: 'Chưa có mạng' }).waitFor();
    await wire.up();
    // Another tab signs another person in; the page of the first still stands open.
    const other = await context.newPage();
    await context.clearCookies();
    await signIn(other, wire.address, 'canbo');
    await other.goto(`${wire.address}/cho-gui`);
    await other.locator('[data-no-entries]:not([hidden])').waitFor();
    const pages = () => other.evaluate(async () => (await (await caches.open('pages')).keys()).map((page) => new URL(page.url).pathname));
    assert.ok((await pages()).every((path) => path === '/cho-gui' || path === '/hoat-dong/moi'), String(await pages()));
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('[data-kept]', { hasText: 'tài khoản khác' }).waitFor();
    assert.equal(await recorded(title), 0);
    // The first signs in again, with a new session: now it goes.
    await context.clearCookies();
    await signIn(page, wire.address, 'xa');
    await page.locator('[data-kept]', { hasText: 'Đã gửi 1' }).waitFor();
    assert.equal(await recorded(title), 1);
    await context.close();
  });
});
