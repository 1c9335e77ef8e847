// Every page a role or a reader can reach answers, is accessible, fits the screen and reads at 400 %.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { check, wide } from '../check.js';
import { start } from '../server.js';

const CAP = 40;
// Beside the menu, where every role begins; what its pages link to is followed three steps deep, one page of each kind.
const ROLES = {
  thuky: ['/viec-cua-toi', '/van-ban', '/ke-hoach', '/tai-khoan-cua-toi', '/tai-khoan', '/nhiem-vu'],
  quantri: ['/viec-cua-toi', '/tai-khoan', '/tai-khoan-cua-toi'],
  daumoi: ['/viec-cua-toi', '/van-ban', '/ke-hoach'],
  lanhdao: ['/viec-cua-toi', '/van-ban', '/ke-hoach'],
  canbo: ['/viec-cua-toi', '/ke-hoach'],
  xa: ['/viec-cua-toi', '/ke-hoach'],
  xem: ['/van-ban', '/ke-hoach'],
  bientap: ['/viec-cua-toi'],
};
// Never followed: what leaves the session or changes the language, and files.
const NEVER = /^\/(dang-xuat|khoa-phien|ngon-ngu\/|con-day|assets\/|anh\/|tep\/)/;

let server;
before(async () => {
  server = await start({ films: true });
});
after(() => server?.stop());

// Addresses in words: one page of each kind is enough.
const SLUG = /^\/(luat-cho-toi\/(?:nhom|su-kien|noi)|thu-vien\/(?:loai|tieng|linh-vuc)|tin|luat|luat-cho-toi|thu-vien|mo-hinh|chuyen-muc|trang|chu-de|noi-dang|tin-dia-phuong|the-loai|s)\/[^/]+/;
// One of each kind: ids become “*”, and of the queries only the names count.
const kind = (url) => {
  const { pathname, searchParams } = new URL(url, server.address);
  const path = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(SLUG, '/$1/*').replace(/dieu-\w+/, '*');
  return `${path}?${[...new Set(searchParams.keys())].sort()}`;
};

const anchors = (page, within) => page.locator(`${within} a[href]`).evaluateAll((all) => all.map((anchor) => new URL(anchor.getAttribute('href'), document.baseURI).href.split('#')[0]));
const ours = (url) => url.startsWith(`${server.address}/`) && !NEVER.test(new URL(url).pathname);

// What a page is made of: another role with the same parts need not be looked at again.
const looked = new Set();
async function parts(page, url) {
  const found = await page.locator('main').evaluate((main) => [
    ...[...main.querySelectorAll('h2')].map((heading) => heading.id),
    ...[...main.querySelectorAll('form')].map((form) => form.getAttribute('action') ?? ''),
    ...[...main.querySelectorAll('.empty, .ds-alert, dialog')].map((part) => part.className),
  ]);
  return `${kind(url).split('?')[0]} ${[...new Set(found.map((part) => (part.startsWith('/') ? kind(part) : part)))].sort()}`;
}

async function look(page, problems, url, wrong) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await check(page, problems).catch((error) => wrong.push(`${width} px ${url}: ${error.message}`));
    problems.length = 0;
  }
  // What a screen of 1280 × 1024 is at 400 % (WCAG 2.2, 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 });
  await wide(page).catch((error) => wrong.push(`400 % ${url}: ${error.message}`));
  await page.setViewportSize({ width: 1280, height: 900 });
}

// Follows links from the menu and the main pages; says how many pages there were and what was wrong with them.
async function crawl({ page, problems }, roots, within = 'main') {
  const seen = new Set();
  const wrong = [];
  const visit = async (url) => {
    if (seen.has(kind(url)) || seen.size >= CAP) return [];
    seen.add(kind(url));
    const { pathname, searchParams } = new URL(url);
    const saved = /\.(xlsx|csv|png|atom)$|\/(xuat|tep|bang-mau|docx|pdf|xlsx|doan|tai-bieu|tai-ve|atom|lich)$|^\/(minh-chung|tep-hoat-dong|tep-van-ban-di)\//;
    if (searchParams.has('tai') || (saved.test(pathname) && pathname !== '/hoat-dong/lich')) {
      const file = await page.request.get(url);
      if (file.status() !== 200) wrong.push(`${file.status()} ${url}`);
      return [];
    }
    const answer = await page.goto(url);
    if (answer.status() !== 200) {
      wrong.push(`${answer.status()} ${url}`);
      problems.length = 0;
      return [];
    }
    const made = await parts(page, url);
    if (!looked.has(made)) {
      looked.add(made);
      await look(page, problems, url.slice(server.address.length), wrong);
    }
    return (await anchors(page, within)).filter(ours);
  };
  let level = [...(await anchors(page, 'header')).filter(ours), ...roots.map((path) => server.address + path)];
  for (let depth = 0; depth <= 3; depth++) {
    const next = [];
    for (const url of level) next.push(...(await visit(url)));
    level = next;
  }
  return { pages: seen.size, wrong };
}

describe('every page of a role', () => {
  for (const [login, roots] of Object.entries(ROLES)) {
    test(`${login}: answers, is accessible, fits 1280 and 360 pixels`, async () => {
      const person = await server.person(login);
      const { pages, wrong } = await crawl(person, roots);
      await person.context.close();
      assert.deepEqual(wrong, []);
      assert.ok(pages >= 4, `only ${pages} pages`);
    });
  }

  test('readers: answers, is accessible, fits 1280 and 360 pixels', async () => {
    const reader = await server.person(null);
    await reader.page.goto(`${server.address}/trang-chu`);
    const { pages, wrong } = await crawl(reader, ['/trang-chu', '/tim-kiem?q=hòa+giải'], 'body');
    await reader.context.close();
    assert.deepEqual(wrong, []);
    assert.ok(pages >= 20, `only ${pages} pages`);
  });

  test('people without an account see the sign-in and the activation page', async () => {
    for (const width of [1280, 360]) {
      const { page, problems, context } = await server.person(null, { width });
      for (const path of ['/dang-nhap', '/kich-hoat']) {
        assert.equal((await page.goto(server.address + path)).status(), 200);
        await check(page, problems);
      }
      await context.close();
    }
  });
});
