// Writing in Markdown: buttons, paste from Word and web pages with their structure, a word before what was typed is lost.
// The form works without it. Words stand in the page.
(() => {
const d = document, area = d.querySelector('[data-markdown]'), bar = d.querySelector('[data-for-markdown]');
if (!area) return;
const form = area.form;

// Puts text in place of what is chosen, so that the browser can undo it; from and to: what is chosen afterwards, within the text.
function put(text, from = text.length, to = from) {
	const start = area.selectionStart;
	area.focus();
	if (!d.execCommand('insertText', false, text)) {
		area.setRangeText(text, start, area.selectionEnd, 'end');
		area.dispatchEvent(new Event('input', { bubbles: true }));
	}
	area.setSelectionRange(start + from, start + to);
}
const chosen = () => area.value.slice(area.selectionStart, area.selectionEnd);

// data-wrap="before|words|after": around what is chosen. data-line="## ": before each chosen line. data-block: lines of their own.
function press(b) {
	const { wrap, line, block } = b.dataset;
	if (wrap) {
		const [before, words, after] = wrap.split('|'), inner = chosen() || words;
		return put(before + inner + after, before.length, before.length + inner.length);
	}
	const begin = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1;
	if (line) {
		area.setSelectionRange(begin, Math.max(area.selectionEnd, begin));
		const lines = (chosen() || '').split('\n').map((one, n) => (line == '1. ' ? `${n + 1}. ` : line) + one).join('\n');
		return put(lines);
	}
	const lead = area.value.slice(0, area.selectionStart), gap = !lead || lead.endsWith('\n\n') ? '' : lead.endsWith('\n') ? '\n' : '\n\n';
	put(gap + block.replaceAll('\\n', '\n') + '\n\n');
}
if (bar) {
	bar.hidden = false;
	bar.addEventListener('click', e => { const b = e.target.closest('button'); if (b) { e.preventDefault(); press(b) } });
}

// ── from HTML to Markdown ──
const SKIP = /^(STYLE|SCRIPT|META|LINK|TITLE|HEAD|XML|NOSCRIPT|IFRAME|OBJECT|SVG|IMG|TEMPLATE|[A-Z]+:[A-Z]+)$/i;
const BLOCK = /^(P|DIV|H[1-6]|UL|OL|LI|TABLE|THEAD|TBODY|TFOOT|TR|TD|TH|CAPTION|BLOCKQUOTE|PRE|SECTION|ARTICLE|HEADER|FOOTER|MAIN|BODY|HR|DL|DT|DD|FIGURE|FIGCAPTION|CENTER|FORM|ADDRESS)$/;
const style = el => (el.getAttribute('style') ?? '').toLowerCase().replace(/\s/g, '');
const plain = text => text.replace(/[\s\u00a0]+/g, ' ').replace(/[\\`*[\]<]/g, '\\$&').replace(/(^|[^\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, m => m.replace('_', '\\_'));
// What would begin a heading, list or quote is words.
const settled = line => line.trim().replace(/^(#{1,6}|[-+>])(?= |$)/, '\\$1').replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2').replace(/^([=~-]{3,})/, '\\$1');

function marked(el, inner) {
	const s = style(el), weight = /(?:^|;)font-weight:(bold|[6-9]00|normal|[1-5]00)/.exec(s)?.[1];
	const bold = weight ? /bold|[6-9]00/.test(weight) : /^(B|STRONG)$/.test(el.nodeName);
	const slant = /(?:^|;)font-style:(italic|normal)/.exec(s)?.[1];
	const italic = slant ? slant == 'italic' : /^(I|EM)$/.test(el.nodeName);
	const mark = (bold ? '**' : '') + (italic ? '*' : '');
	if (!mark || !inner.trim() || inner.includes('*') || inner.includes('\n')) return inner;
	const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(inner);
	return before + mark + words + [...mark].reverse().join('') + after;
}

function words(node) {
	let out = '';
	for (const one of node.childNodes) {
		if (one.nodeType == 3) { out += plain(one.data); continue }
		if (one.nodeType != 1 || SKIP.test(one.nodeName) && !/^(O:P|ST1:.*)$/i.test(one.nodeName) || style(one).includes('mso-list:ignore') || style(one).includes('display:none')) continue;
		if (one.nodeName == 'BR') { out += '  \n'; continue }
		const inner = words(one), to = one.nodeName == 'A' ? one.getAttribute('href') ?? '' : '';
		out += BLOCK.test(one.nodeName) ? ` ${inner} ` : /^(https?:|mailto:|\/(?!\/))/.test(to) && inner.trim() ? `[${inner.trim()}](${to.replace(/[\s()<>]/g, encodeURIComponent)})` : marked(one, inner);
	}
	return out.replace(/\*\*\*\*/g, '').replace(/ {2,}(?!\n)/g, ' ').replace(/[ \u00a0]*\n */g, '  \n');
}

function table(el) {
	const rows = [...el.querySelectorAll('tr')].filter(tr => tr.closest('table') == el).map(tr => [...tr.children].filter(c => /^T[DH]$/.test(c.nodeName)).flatMap(c =>
		[words(c).replace(/\s+/g, ' ').trim().replaceAll('|', '\\|'), ...Array(Math.min(Math.max(c.colSpan - 1, 0), 20)).fill('')])).filter(r => r.some(Boolean));
	const width = Math.max(0, ...rows.map(r => r.length));
	if (width < 2) return rows.map(r => settled(r.join(' '))).join('\n\n');
	const line = r => `| ${Array.from({ length: width }, (_, n) => r[n] ?? '').join(' | ')} |`;
	return [line(rows[0]), `|${' --- |'.repeat(width)}`, ...rows.slice(1).map(line)].join('\n');
}

// A list as Word writes it: a paragraph with its level, its mark in a part to be ignored.
function worded(el) {
	const level = /mso-list:\S*?level(\d)/.exec(style(el))?.[1];
	if (!level) return null;
	const mark = [...el.querySelectorAll('[style]')].find(one => style(one).includes('mso-list:ignore'))?.textContent.trim() ?? '';
	return '   '.repeat(level - 1) + (/^[0-9a-zđ]{1,4}[.)]/i.test(mark) ? '1. ' : '- ');
}

function list(el, deep) {
	const out = [];
	let n = 0;
	for (const li of el.children) {
		if (/^[UO]L$/.test(li.nodeName)) { out.push(list(li, deep + 1)); continue }
		const own = li.cloneNode(true), inner = [...li.querySelectorAll('ul,ol')].filter(one => one.parentElement.closest('ul,ol') == el);
		own.querySelectorAll('ul,ol').forEach(one => one.remove());
		const text = words(own).replace(/\s+/g, ' ').trim();
		if (text) out.push('   '.repeat(deep) + (el.nodeName == 'OL' ? `${++n}. ` : '- ') + text);
		inner.forEach(one => out.push(list(one, deep + 1)));
	}
	return out.filter(Boolean).join('\n');
}

function blocks(node, out) {
	let loose = '';
	const flush = () => { const text = loose.split('  \n').map(settled).join('  \n').trim(); if (text) out.push(text); loose = '' };
	for (const one of node.childNodes) {
		if (one.nodeType == 3) { loose += plain(one.data); continue }
		if (one.nodeType != 1 || SKIP.test(one.nodeName) || style(one).includes('display:none')) continue;
		const name = one.nodeName, head = /^H([1-6])$/.exec(name)?.[1] ?? (/MsoTitle/.test(one.className) ? 1 : 0), holds = [...one.querySelectorAll('*')].some(el => BLOCK.test(el.nodeName));
		if (!BLOCK.test(name) && !holds) { const box = d.createElement('p'); box.append(one.cloneNode(true)); loose += words(box); continue }
		flush();
		const mark = worded(one);
		if (mark) { const text = words(one).replace(/\s+/g, ' ').trim(); if (text) out.push({ item: mark + text }) }
		else if (head) { const text = words(one).replace(/\s+/g, ' ').replace(/\*\*/g, '').trim(); if (text) out.push('#'.repeat(Math.min(Math.max(+head, 2), 4)) + ' ' + text) }
		else if (/^[UO]L$/.test(name)) out.push(list(one, 0));
		else if (name == 'TABLE') out.push(table(one));
		else if (name == 'BLOCKQUOTE') { const inner = []; blocks(one, inner); out.push(joined(inner).split('\n').map(line => ('> ' + line).trimEnd()).join('\n')) }
		else blocks(one, out);
	}
	flush();
}

function joined(found) {
	let text = '', item = false;
	for (const one of found.filter(Boolean)) {
		text += (text && (item && one.item ? '\n' : '\n\n')) + (one.item ?? one);
		item = !!one.item;
	}
	return text;
}

function fromHtml(html) {
	const page = new DOMParser().parseFromString(html, 'text/html'), out = [];
	blocks(page.body, out);
	return joined(out);
}
globalThis.lantoaMarkdown = fromHtml;

area.addEventListener('paste', e => {
	const html = e.clipboardData?.getData('text/html') ?? '';
	if (!/<(p|h[1-6]|li|table|b|strong|i|em|a)[\s>]/i.test(html)) return;
	const text = fromHtml(html);
	if (text) { e.preventDefault(); put(text) }
});

// What was typed and not kept.
let dirty = false;
form.addEventListener('input', () => { dirty = true });
form.addEventListener('submit', e => { if (!e.submitter?.formTarget) dirty = false });
addEventListener('beforeunload', e => { if (dirty) e.preventDefault() });
})();
