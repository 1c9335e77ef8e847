// An agency does its work and the secretariat decides.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { check } from '../check.js';
import { start } from '../server.js';

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

// Opens the first obligation of “Việc của tôi” that `fits`, and says where it is.
async function open(page, fits) {
  await page.goto(`${server.address}/viec-cua-toi`);
  const rows = page.locator('main tbody tr');
  const paths = await rows.locator('th a').evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href')));
  for (const path of paths) {
    await page.goto(server.address + path);
    if (await fits(page).count()) return path;
  }
  return assert.fail('none of the obligations fits');
}

// The link to what waits for a decision, on whichever page of its section it stands; none when it does not wait any more.
async function waiting(page, section, path) {
  for (let at = 1; ; at += 1) {
    await page.goto(`${server.address}/viec-cua-toi?muc=${section}&trang=${at}`);
    const link = page.locator(`main a[href="${path}"]`, { hasText: 'Xem và quyết định' });
    if (await link.count()) return link;
    if (!(await page.locator('.pager a', { hasText: 'Sau' }).count())) return null;
  }
}

const history = (page) => page.locator('section', { has: page.locator('#hist') });

describe('an obligation', () => {
  test('is received, reported done with evidence, confirmed and seen done', async () => {
    const focal = await server.person('daumoi');
    const { page } = focal;
    const done = async () => {
      await page.goto(`${server.address}/viec-cua-toi`);
      return Number(await page.locator('.kpi.done .kpi-value').innerText());
    };
    const before = await done();
    const path = await open(page, (p) => p.locator('#progress input[name=xong][value="1"] + b', { hasText: 'đề nghị xác nhận' }));

    // It is received by its button, unless somebody did so before; looking at it is not receiving.
    const receive = page.getByRole('button', { name: 'Tiếp nhận', exact: true });
    if (await receive.count()) {
      assert.equal(await history(page).getByText('Tiếp nhận', { exact: true }).count(), 0);
      await receive.click();
    }
    await history(page).getByText('Tiếp nhận', { exact: true }).waitFor();
    await check(page, focal.problems);

    await page.fill('#phan_tram', '100');
    await page.fill('#ket_qua', 'Đã tổ chức 12 buổi cho 3.400 lượt học sinh.');
    await page.setInputFiles('#tep', { name: 'bien-ban.txt', mimeType: 'text/plain', buffer: Buffer.from('Biên bản buổi ngoại khóa thứ mười hai.\n') });
    await page.check('input[name=xong][value="1"]');
    await page.getByRole('button', { name: 'Gửi báo cáo tiến độ' }).click();
    await page.locator('.pill', { hasText: 'chờ xác nhận' }).first().waitFor();
    const evidence = page.getByRole('link', { name: 'bien-ban.txt' });
    const file = await page.request.get(server.address + (await evidence.getAttribute('href')));
    assert.equal(file.status(), 200);
    assert.match(await file.text(), /Biên bản buổi ngoại khóa/);
    await check(page, focal.problems);

    const secretary = await server.person('thuky');
    await secretary.page.goto(`${server.address}/viec-cua-toi`);
    await check(secretary.page, secretary.problems);
    await (await waiting(secretary.page, 'xac-nhan', path)).click();
    await secretary.page.locator('#end').waitFor();
    await check(secretary.page, secretary.problems);
    await secretary.page.getByRole('button', { name: 'Xác nhận', exact: true }).click();
    await secretary.page.locator('#end').waitFor({ state: 'detached' });
    assert.equal(await waiting(secretary.page, 'xac-nhan', path), null);

    await page.goto(server.address + path);
    assert.match(await page.locator('.page-head').innerText(), /hoàn thành|xong/i);
    assert.equal(await page.locator('#progress').count(), 0, 'nothing more to report');
    assert.equal(await done(), before + 1);
    await check(page, focal.problems);
  });

  test('is returned only with a reason', async () => {
    const { page } = await server.person('daumoi');
    const path = await open(page, (p) => p.locator('#progress input[name=xong][value="1"] + b', { hasText: 'đề nghị xác nhận' }));
    await page.fill('#phan_tram', '100');
    await page.fill('#ket_qua', 'Đã làm.');
    await page.check('input[name=xong][value="1"]');
    await page.getByRole('button', { name: 'Gửi báo cáo tiến độ' }).click();
    await page.locator('.pill', { hasText: 'chờ xác nhận' }).first().waitFor();

    const secretary = await server.person('thuky');
    await secretary.page.goto(server.address + path);
    await secretary.page.getByRole('button', { name: 'Trả lại' }).click();
    await secretary.page.locator('.ds-error-summary').waitFor();
    await secretary.page.locator('#end').waitFor();
    await secretary.page.fill('#tra_loi', 'Đề nghị gửi kèm minh chứng.');
    await secretary.page.getByRole('button', { name: 'Trả lại' }).click();
    await secretary.page.locator('#end').waitFor({ state: 'detached' });

    await page.goto(server.address + path);
    await history(page).getByText('Đề nghị gửi kèm minh chứng.').waitFor();
    assert.equal(await page.locator('#progress').count(), 1, 'it is open again');
  });
});

describe('an extension', () => {
  test('asked by a commune is refused with the reason it then reads', async () => {
    const commune = await server.person('xa', { width: 360 });
    const { page } = commune;
    const path = await open(page, (p) => p.locator('form[action$="/gia-han"]'));
    const due = await page.locator('.page-head .pill', { hasText: 'hạn' }).last().innerText();
    await page.getByText('Đề nghị gia hạn', { exact: true }).click();
    await page.fill('#den_ngay', `31/12/${new Date().getFullYear() + 2}`);
    await page.fill('#ly_do', 'Chờ tu sửa nhà văn hóa.');
    await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await page.getByRole('heading', { name: 'Đề nghị gia hạn' }).waitFor();
    await check(page, commune.problems);

    const secretary = await server.person('thuky');
    await (await waiting(secretary.page, 'quyet-dinh', path)).click();
    const request = secretary.page.locator('section[aria-label="Đề nghị đang chờ"]');
    await request.getByText('Chờ tu sửa nhà văn hóa.').waitFor();
    // Without a reason it is not refused.
    await request.getByRole('button', { name: 'Không đồng ý' }).click();
    await secretary.page.locator('.ds-error-summary').waitFor();
    await secretary.page.getByRole('heading', { name: 'Đề nghị gia hạn' }).waitFor();
    await request.locator('textarea').fill('Thời hạn do cấp trên quy định.');
    await request.getByRole('button', { name: 'Không đồng ý' }).click();
    await secretary.page.getByRole('heading', { name: 'Đề nghị gia hạn' }).waitFor({ state: 'detached' });

    await page.goto(server.address + path);
    await history(page).getByText('Thời hạn do cấp trên quy định.').waitFor();
    assert.equal(await page.locator('.page-head .pill', { hasText: 'hạn' }).last().innerText(), due, 'the date stays');
    await check(page, commune.problems);
  });
});
