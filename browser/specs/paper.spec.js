// From a file to a register entry and a plan, by keyboard where a keyboard is quicker.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { check } from '../check.js';
import { plan } from '../paper.js';
import { start } from '../server.js';
import { until } from '../until.js';

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

describe('a paper', () => {
  test('is uploaded, reviewed by keyboard, confirmed and becomes a plan', async () => {
    const { page, problems } = await server.person('thuky');
    const paper = plan(901);

    await page.goto(`${server.address}/van-ban`);
    await page.setInputFiles('#files', paper);
    const item = page.locator('.upload', { hasText: paper.number });
    await item.getByRole('link', { name: 'Rà soát' }).waitFor();
    await page.locator('#so tbody tr', { hasText: paper.number }).waitFor();
    await item.getByRole('link', { name: 'Rà soát' }).click();
    await page.waitForURL(/\/ra-soat$/);
    assert.match(await page.locator('h1').innerText(), /901\/KH-UBND/);
    await check(page, problems);

    const tasks = page.locator('[data-review] .task');
    const total = await tasks.count();
    assert.ok(total >= 4, `${total} tasks were read`);
    // J goes down, K goes up; the task in hand is marked on both sides and focused.
    const inHand = page.locator('.task.on');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await inHand.getAttribute('id');
    assert.equal(second, await tasks.nth(1).getAttribute('id'));
    await page.keyboard.press('k');
    assert.equal(await inHand.getAttribute('id'), await tasks.nth(0).getAttribute('id'));
    assert.ok(await inHand.evaluate((task) => task === document.activeElement), 'the task in hand is focused');
    assert.ok((await page.locator('.paper .on').count()) > 0, 'its words are marked in the paper');
    // Enter takes it; the next one comes to hand.
    await page.keyboard.press('Enter');
    await page.locator('#dem', { hasText: `Đã nhận 1/${total}` }).waitFor();
    await page.locator('.task.on:not(.accepted)').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#dem', { hasText: `Đã nhận 2/${total}` }).waitFor();

    // A task that was missed: the form comes into sight and takes the focus.
    await page.getByRole('link', { name: 'Thêm nhiệm vụ bị sót' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'anchor');
    await page.locator('#viec').getByRole('link', { name: 'Thôi' }).click();
    await page.locator('#anchor').waitFor({ state: 'detached' });

    // The rest: the sure ones at once, what is doubtful one by one.
    const sure = page.getByRole('button', { name: /^Chấp nhận \d+ phần chắc chắn/ });
    if (await sure.count()) {
      await sure.click();
      await sure.waitFor({ state: 'detached' });
    }
    for (let open = await page.locator('.task.open').count(); open > 0; open--) {
      await page.locator('.task.open').first().hover();
      await page.locator('.task.open [data-key="enter"]').first().click();
      await page.waitForFunction((left) => document.querySelectorAll('.task.open').length === left, open - 1);
    }
    await page.locator('#dem', { hasText: `Đã nhận ${total}/${total}` }).waitFor();
    await check(page, problems);

    await page.getByRole('link', { name: 'Xác nhận văn bản' }).click();
    await page.waitForURL(/\/xac-nhan$/);
    await check(page, problems);
    await page.check('input[name=mode][value=in_force]');
    if (await page.locator('input[name=blanks]').count()) await page.check('input[name=blanks]');
    await page.getByRole('button', { name: /^Xác nhận văn bản với/ }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/xac-nhan'));
    await check(page, problems);

    await page.goto(`${server.address}/van-ban?q=901`);
    const line = page.locator('main tbody tr', { hasText: paper.number });
    assert.equal(await line.count(), 1);
    assert.match(await line.innerText(), /còn hiệu lực/);

    const link = await until(page, `${server.address}/ke-hoach`, (p) => p.locator('main tbody tr', { hasText: paper.number }).locator('a'), 'the plan');
    await link.click();
    await page.locator('h1', { hasText: 'an toàn giao thông' }).waitFor();
    assert.ok((await page.locator('main tbody tr').count()) >= 4, 'its tasks stand on the board');
  });

  test('uploaded twice is not entered twice', async () => {
    const { page } = await server.person('thuky');
    const paper = plan(902);
    await page.goto(`${server.address}/van-ban`);
    await page.setInputFiles('#files', paper);
    await page.locator('.upload', { hasText: paper.number }).getByRole('link', { name: 'Rà soát' }).waitFor();
    await page.setInputFiles('#files', paper);
    await page.locator('.upload', { hasText: 'Không tạo văn bản thứ hai' }).waitFor();
  });
});
