// On paper stands what the page says, and nothing to click.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start } from '../server.js';

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

// What must not be printed: navigation, buttons, forms for searching, dialogs.
const NEVER = 'header.top, nav, .crumbs, .tabs, .filters, .actions, .skip, .brocade, dialog, button, input[type=file]';

// An A4 page between its margins, and a whole one.
const SHEET = 673;
const WHOLE = 794;

async function printed(page, sheet = SHEET) {
  await page.waitForLoadState('load');
  await page.emulateMedia({ media: 'print' });
  const shown = await page.locator(NEVER).evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.getClientRects().length).map((one) => one.outerHTML.slice(0, 120)));
  assert.deepEqual(shown, [], `printed on ${new URL(page.url()).pathname}`);
  assert.ok(await page.locator('main').isVisible());
  // What the page is wide between its margins: nothing may stand beyond it.
  await page.setViewportSize({ width: sheet, height: 980 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= sheet, `${new URL(page.url()).pathname} is ${wide} px wide on paper`);
}

// Two agencies, the country's name and motto, place and day, as official papers have them.
async function headed(page) {
  const head = await page.locator('.letterhead').innerText();
  assert.match(head, /CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\s+Độc lập - Tự do - Hạnh phúc/);
  assert.match(head, /\S+, ngày \d\d tháng \d+ năm \d{4}/);
}

describe('on paper', () => {
  test('a plan, its list, its heat map, a task and an obligation stand without navigation', async () => {
    const { page } = await server.person('thuky');
    await page.goto(`${server.address}/ke-hoach`);
    const plan = await page.locator('main tbody th a').first().getAttribute('href');
    await page.goto(server.address + plan);
    const task = await page.locator('main tbody th a').first().getAttribute('href');
    for (const path of [plan, `${plan}/danh-sach`, `${plan}/bang-nhiet`, `${plan}/san-pham`, task]) {
      await page.goto(server.address + path);
      await printed(page);
      await headed(page);
      assert.ok(await page.locator('h1').isVisible(), `${path} is printed with its heading`);
    }
    for (const path of ['/viec-cua-toi', '/nhiem-vu', '/tong-quan']) {
      await page.goto(server.address + path);
      await printed(page);
      await headed(page);
    }
    const focal = await server.person('daumoi');
    await focal.page.goto(`${server.address}/viec-cua-toi`);
    await focal.page.locator('main tbody th a').first().click();
    await focal.page.locator('#progress').waitFor();
    await printed(focal.page);
    await headed(focal.page);
  });

  test('the print command prints', async () => {
    const { page } = await server.person('thuky');
    await page.goto(`${server.address}/ke-hoach`);
    await page.locator('main tbody th a').first().click();
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '1');
    });
    await page.getByText('Xuất', { exact: true }).click();
    await page.getByRole('link', { name: 'Bản in' }).click();
    await page.locator('body[data-printed]').waitFor();
  });

  test('an activation slip is printed alone', async () => {
    const { page } = await server.person('quantri');
    await page.goto(`${server.address}/tai-khoan/moi`);
    await page.fill('#name', 'Lương Thị Mây');
    await page.fill('#login', 'may.luong');
    const place = await page.locator('#places option').first().getAttribute('value');
    await page.fill('#agency', place);
    await page.getByRole('button', { name: 'Tạo và in phiếu' }).click();
    await page.locator('.slip').waitFor();
    assert.match(await page.locator('.slip').innerText(), /may\.luong/);
    await printed(page, WHOLE);
    assert.ok(await page.locator('.slip').isVisible());
    assert.ok(!(await page.locator('h1').isVisible()), 'the heading of the page is not on the slips');
  });
});
