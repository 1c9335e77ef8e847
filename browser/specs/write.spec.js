// Pasting from Word and web pages into the writing form: structure stays, junk goes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SCRIPT = fileURLToPath(new URL('../../crates/platform/assets/write.js', import.meta.url));
const FORM = `<form><div data-for-markdown hidden><button data-wrap="**|chữ đậm|**">B</button><button data-line="## ">H</button></div>
<textarea data-markdown name="noi_dung"></textarea><button id="save">Lưu</button></form>`;

let browser, page;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage();
  await page.setContent(FORM);
  await page.addScriptTag({ path: SCRIPT });
});
after(() => browser?.close());

const read = (html) => page.evaluate((html) => globalThis.lantoaMarkdown(html), html);

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:"";}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body lang=VI>
<!--StartFragment--><h1 style='mso-outline-level:1'><span lang=VI>Hội nghị phổ biến Luật Đất đai<o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Ngày 05/11</b>, xã <i>Mẫu Sơn</i> họp;<br>xem <a href="https://vbpl.vn/a b">văn bản</a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>   </span></span><![endif]>Ý thứ nhất</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a.</span><![endif]>Ý nhỏ</p>
<p class=MsoNormal>1. Mục tiêu: a * b</p>
<table><tr><td><p class=MsoNormal>Nội dung</p></td><td><p>Số lượng</p></td></tr><tr><td>Tờ gấp</td><td>1|2</td></tr></table>
<blockquote><p>Điều 1. Phạm vi</p></blockquote><script>alert(1)</script><!--EndFragment--></body></html>`;

test('what comes from Word keeps headings, lists, emphasis, links, tables and quotes, and nothing else', async () => {
  assert.equal(
    await read(WORD),
    [
      '## Hội nghị phổ biến Luật Đất đai',
      '**Ngày 05/11**, xã *Mẫu Sơn* họp;  \nxem [văn bản](https://vbpl.vn/a%20b)',
      '- Ý thứ nhất\n   1. Ý nhỏ',
      '1\\. Mục tiêu: a \\* b',
      '| Nội dung | Số lượng |\n| --- | --- |\n| Tờ gấp | 1\\|2 |',
      '> Điều 1. Phạm vi',
    ].join('\n\n'),
  );
});

test('what comes from the web keeps nested lists and drops what leads nowhere', async () => {
  assert.equal(await read('<ul><li>Một<ol><li>hai</li><li>ba</li></ol></li></ul><p><a href="javascript:alert(1)">bốn</a></p>'), '- Một\n   1. hai\n   2. ba\n\nbốn');
  assert.equal(await read('<b style="font-weight:normal"><p>Đoạn <span style="font-weight:700">đậm</span></p></b>'), 'Đoạn **đậm**');
  assert.equal(await read('<p style="display:none">ẩn</p><p>&nbsp;</p>'), '');
});

test('no input stops it', async () => {
  const parts = ['<p>', '</p>', '<table>', '<tr>', '<td colspan=9999999>', '</td>', '<ul>', '<li>', '<ol>', '<b>', '**', '*', '\\', '|', '<a href="', '">', '<![if', ']>', '\u0000', 'Điều 1', '<br>', '> ', '<h1>', '<o:p>', '<blockquote>', 'mso-list:l0 level9'];
  let seed = 7;
  const roll = (sides) => (seed = (seed * 1103515245 + 12345) % 2147483648) % sides;
  for (let n = 0; n < 300; n++) {
    const html = Array.from({ length: roll(40) }, () => parts[roll(parts.length)]).join('');
    const text = await read(html);
    assert.equal(typeof text, 'string', html);
    assert.doesNotMatch(text, /<(p|table|script|o:p)/i, html);
  }
});

test('buttons mark what is chosen, and a paste goes where the cursor stands', async () => {
  await page.fill('textarea', 'một hai');
  await page.evaluate(() => document.querySelector('textarea').setSelectionRange(4, 7));
  await page.click('text=B');
  assert.equal(await page.inputValue('textarea'), 'một **hai**');
  await page.click('text=H');
  assert.equal(await page.inputValue('textarea'), '## một **hai**');
  await page.fill('textarea', '');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/html', '<h2>Đề mục</h2><p>chữ</p>');
    document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await page.inputValue('textarea'), '## Đề mục\n\nchữ');
  const asked = await page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.ok(asked, 'leaving with unsaved words is asked about');
});
