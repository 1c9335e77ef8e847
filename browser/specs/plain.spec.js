// Everything works without scripts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { plan } from '../paper.js';
import { start } from '../server.js';
import { until } from '../until.js';

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

describe('without scripts', () => {
  test('a paper is uploaded, reviewed and confirmed by plain forms', async () => {
    const { page } = await server.person('thuky', { javaScriptEnabled: false });
    const paper = plan(951);
    await page.goto(`${server.address}/van-ban`);
    await page.setInputFiles('#files', paper);
    await page.getByRole('button', { name: 'Tải lên và đọc' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/van-ban'));
    const line = await until(page, `${server.address}/van-ban?trang-thai=draft`, (p) => p.locator('main tbody a, main .upload a', { hasText: /951\/KH-UBND|Rà soát/ }), 'the draft');
    await line.click();
    await page.waitForURL(/\/ra-soat/);
    const total = await page.locator('[data-review] .task').count();
    assert.ok(total >= 4, `${total} tasks were read`);
    for (let taken = 1; taken <= total; taken++) {
      const task = page.locator('.task.open').first();
      await task.hover();
      await task.getByRole('button', { name: 'Nhận' }).click();
      await page.locator('#dem', { hasText: `Đã nhận ${taken}/${total}` }).waitFor();
    }
    await page.getByRole('link', { name: 'Xác nhận văn bản' }).click();
    await page.check('input[name=mode][value=in_force]');
    if (await page.locator('input[name=blanks]').count()) await page.check('input[name=blanks]');
    await page.getByRole('button', { name: /^Xác nhận văn bản với/ }).click();
    await page.goto(`${server.address}/van-ban?q=951`);
    await page.locator('main tbody tr', { hasText: 'còn hiệu lực' }).waitFor();
    await until(page, `${server.address}/ke-hoach`, (p) => p.locator('main tbody tr', { hasText: paper.number }), 'the plan');
  });

  test('the buttons of a task are in sight with scripts and without, and within reach of the Tab key', async () => {
    const actions = (page, at) => page.locator('.task').nth(at).locator('.task-actions');
    const { page } = await server.person('thuky', { javaScriptEnabled: false });
    await page.goto(`${server.address}/van-ban`);
    await page.setInputFiles('#files', plan(952));
    await page.getByRole('button', { name: 'Tải lên và đọc' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/van-ban'));
    const line = await until(page, `${server.address}/van-ban?trang-thai=draft`, (p) => p.locator('main tbody a, main .upload a', { hasText: /952\/KH-UBND|Rà soát/ }), 'the draft');
    await line.click();
    await page.waitForURL(/\/ra-soat/);
    const address = page.url();
    const plain = await actions(page, 1).boundingBox();
    assert.ok(plain && plain.width > 100, `buttons of ${plain?.width} pixels without scripts`);

    const scripted = (await server.person('thuky')).page;
    await scripted.goto(address);
    await scripted.mouse.move(0, 0);
    const rested = await actions(scripted, 1).boundingBox();
    assert.ok(rested && rested.width > 100, `buttons of ${rested?.width} pixels where nothing is pointed at`);
    assert.ok(await actions(scripted, 1).locator('kbd').first().isVisible(), 'keys are told where there is a keyboard');
    await scripted.setViewportSize({ width: 360, height: 800 });
    assert.ok(await actions(scripted, 1).locator('kbd').first().isHidden(), 'and not on a telephone');
    await scripted.setViewportSize({ width: 1280, height: 900 });
    // From the task after it backwards: the last button of the task before is the next thing to be focused.
    await scripted.locator('.task').nth(2).locator('.said').first().focus();
    await scripted.keyboard.press('Shift+Tab');
    const focused = await scripted.evaluate(() => {
      const button = document.activeElement;
      return { inside: !!button.closest('.task-actions'), width: button.getBoundingClientRect().width };
    });
    assert.ok(focused.inside && focused.width > 20, `the focus is on a visible button: ${JSON.stringify(focused)}`);
  });

  test('progress is reported', async () => {
    const { page } = await server.person('canbo', { javaScriptEnabled: false, width: 360 });
    await page.goto(`${server.address}/viec-cua-toi`);
    await page.locator('main tbody th a').first().click();
    await page.fill('#phan_tram', '40');
    await page.fill('#ket_qua', 'Đã soạn xong tài liệu.');
    await page.setInputFiles('#tep', { name: 'tai-lieu.txt', mimeType: 'text/plain', buffer: Buffer.from('Tài liệu.\n') });
    await page.getByRole('button', { name: 'Gửi báo cáo tiến độ' }).click();
    await page.locator('[data-flash]').waitFor();
    assert.match(await page.locator('main').innerText(), /40 %/);
    await page.getByRole('link', { name: 'tai-lieu.txt' }).waitFor();
  });

  test('a wrong password is answered beside the form', async () => {
    const { page } = await server.person(null, { javaScriptEnabled: false });
    await page.goto(`${server.address}/dang-nhap`);
    await page.fill('#login', 'thuky');
    await page.fill('#password', 'khong-phai-mat-khau');
    await page.click('main button');
    await page.locator('[role=alert]').waitFor();
    assert.equal(await page.inputValue('#login'), 'thuky');
  });
});
