// Entry without a line: what is typed is kept in the browser by person, and sent once when the line is back. See README.md.
(() => {
const d = document, person = d.body.dataset.person, $ = (s, r = d) => r.querySelector(s), $$ = (s, r = d) => [...r.querySelectorAll(s)];
const words = $('#offline-words'), word = (name, value) => $(`[data-word="${name}"]`, words.content).textContent.replace('{}', value);
const API = { activity: '/api/hoat-dong', report: '/api/bao-cao/ngoai-tuyen' }, form = $('form[data-keep]');
if (!person || !window.indexedDB) return;

const STATES = ['typing', 'waiting', 'refused', 'alike', 'conflict', 'changed'];
// An entry: key, person, kind, path, title, fields, base (a report as it was), state, at; once and tried belong to sending.
const opened = new Promise((done, fail) => {
	const asked = indexedDB.open('lantoa', 1);
	asked.onupgradeneeded = () => asked.result.createObjectStore('entries', { keyPath: 'key' }).createIndex('person', 'person');
	asked.onsuccess = () => done(asked.result);
	asked.onerror = () => fail(asked.error);
});
const act = async (mode, what) => {
	const change = (await opened).transaction('entries', mode), asked = what(change.objectStore('entries'));
	return new Promise((done, fail) => {
		change.oncomplete = () => done(asked.result);
		change.onerror = change.onabort = () => fail(change.error);
	});
};
const put = entry => act('readwrite', s => s.put(entry)), drop = key => act('readwrite', s => s.delete(key));
const one = async key => { const entry = await act('readonly', s => s.get(key)); return entry?.person == person ? entry : undefined };
const all = async () => (await act('readonly', s => s.index('person').getAll(person))).sort((a, b) => a.at - b.at);

// UUID version 7: time, then chance.
function uuid() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	for (let n = 0, now = Date.now(); n < 6; n++) bytes[n] = Math.floor(now / 256 ** (5 - n)) % 256;
	bytes[6] = bytes[6] & 15 | 112;
	bytes[8] = bytes[8] & 63 | 128;
	return [...bytes].map((byte, n) => ([4, 6, 8, 10].includes(n) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

function say(text, link) {
	const box = $('[data-kept]'), line = $('p', box);
	line.textContent = text + ' ';
	if (link) {
		const a = line.appendChild(d.createElement('a'));
		[a.href, a.textContent] = link;
	}
	box.hidden = false;
	return box;
}

// The form in hand.
const fieldsOf = () => [...new FormData(form)].filter(([, value]) => typeof value == 'string');
const keyOf = () => `${person}:${form.dataset.keep == 'report' ? form.dataset.report : $('[name=khoa]', form).value}`;
const fresh = form && !$('.ds-error-summary') && !$('#van_luu');
let base = form?.dataset.keep == 'report' ? JSON.parse(form.dataset.rules) : undefined, timer, agreed, restored;
const titleOf = () => form.elements.ten?.value || $('h1').textContent;
// Photos stay out: a browser keeps words and figures only.
const photos = () => $$('input[type=file]', form).some(field => field.files.length);
const snapshot = state => ({
	photos: photos(), key: keyOf(), person, kind: form.dataset.keep, path: location.pathname, title: titleOf(), fields: fieldsOf(), base, state, at: Date.now(),
});

// What belongs to an earlier attempt stays with the entry.
async function keep(state) {
	const entry = snapshot(state), old = await one(entry.key);
	if (old?.tried) entry.tried = old.tried;
	if (old?.base) entry.base = base = old.base;
	await put(entry);
	if (state == 'waiting') navigator.storage?.persist?.();
	await count();
	return entry;
}

function restore(entry) {
	const queue = {}, changed = entry.kind == 'report' && patches(entry).values;
	// Of a report only what was changed: the rest stays as it is now.
	for (const [name, value] of entry.fields) if (!changed || name.slice(2) in changed) (queue[name] ??= []).push(value);
	for (const field of form.elements) {
		const values = queue[field.name];
		if (!field.name || field.type == 'file' || field.tagName == 'BUTTON') continue;
		if (field.type == 'checkbox' || field.type == 'radio') field.checked = !!values?.includes(field.value);
		else if (values && field.name != 'phien_ban') field.value = values.length > 1 ? values.shift() : values[0];
		const part = field.closest('details');
		if (part && (field.type == 'checkbox' ? field.checked : field.tagName != 'SELECT' && field.value)) part.open = true;
	}
	base = entry.base;
	restored = true;
	say(word('restored', new Date(entry.at).toLocaleString('vi-VN')));
	form.dispatchEvent(new Event('input', { bubbles: true }));
}

// A page that was kept bears an old day and a key that may be used up.
function renew(key = uuid()) {
	$('[name=khoa]', form).value = key;
	const [year, month, day] = new Date(Date.now() + 7 * 36e5).toISOString().slice(0, 10).split('-');
	if (!$('[name=sao]', form).value) form.elements.ngay.value = `${day}/${month}/${year}`;
}

async function begin() {
	const asked = location.hash.startsWith('#giu=') && await one(decodeURIComponent(location.hash.slice(5))), activity = form.dataset.keep == 'activity';
	if (activity && fresh) renew(asked ? asked.key.split(':')[1] : undefined);
	if (asked) return restore(asked);
	if (!fresh) return;
	if (activity) return (await all()).some(entry => entry.kind == 'activity' && entry.state == 'typing') && say(word('left'), ['/cho-gui', word('open')]);
	const left = await one(keyOf());
	if (!left) return;
	const { values } = patches(left);
	if (Object.keys(values).some(key => values[key] !== (base.values[key] ?? null))) say(word('left'), [`#giu=${encodeURIComponent(left.key)}`, word('open')]);
	else if (left.state == 'typing') await drop(left.key);
}

// What the page before says was taken in is kept no longer.
const settled = (async () => {
	const done = new URLSearchParams(location.search).get('xong'), { sent: key } = sessionStorage;
	if (done) await drop(`${person}:${done}`);
	if (!key) return;
	delete sessionStorage.sent;
	const entry = await one(key);
	if ($('[data-flash][data-color=success]')) await drop(key);
	else if (entry && $('[data-entries]') && location.pathname != '/cho-gui') await put({ ...entry, state: 'waiting' });
})();

if (form) {
	settled.then(begin);
	addEventListener('hashchange', begin);
	// Joining another's record settles what was typed.
	d.addEventListener('submit', e => { if (e.target.matches('[id^=join-]')) sessionStorage.sent = keyOf() });
	form.addEventListener('input', e => {
		if (!e.isTrusted) return;
		clearTimeout(timer);
		timer = setTimeout(() => keep('typing'), 300);
	});
	form.addEventListener('submit', async e => {
		if (agreed) return agreed = false;
		e.preventDefault();
		clearTimeout(timer);
		const by = e.submitter, who = await line();
		if (who == person) {
			if (restored && form.dataset.keep == 'report') return compare(await keep('typing'));
			// As without scripts; the page that follows says whether it was taken.
			await keep('typing');
			sessionStorage.sent = keyOf();
			agreed = true;
			return form.requestSubmit(by);
		}
		const wrong = $('[aria-invalid=true][data-live]', form);
		if (wrong) return keep('typing').then(() => wrong.focus());
		await keep('waiting');
		say(word(who == 'off' ? 'kept' : who == 'out' ? 'out' : 'other') + (photos() ? ' ' + word('photos') : ''), who == 'off' ? ['/cho-gui', word('see')] : ['/dang-nhap', word('sign-in')]).focus();
		if (form.dataset.keep == 'activity') {
			form.reset();
			renew();
		}
	});
}

// Who is signed in: a person's id, 'out' for nobody, 'off' without a line.
async function line() {
	try {
		const got = await fetch('/cho-gui/nguoi', { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(8000) });
		return got.ok ? (await got.json()).person : got.type == 'opaqueredirect' ? 'out' : 'off';
	} catch {
		return 'off';
	}
}

// A report's fields as the server takes them: what was changed, with what stood there before.
function patches({ fields, base }) {
	const typed = Object.fromEntries(fields), choice = { 'khong-phat-sinh': 'none', 'khong-duoc-giao': 'unassigned' };
	const out = { values: {}, base: {}, reasons: {} };
	for (const cell of base.form.cells) {
		if (!(`c.${cell.key}` in typed)) continue;
		const { value } = lantoaRules.read(cell, typed[`c.${cell.key}`], choice[typed[`k.${cell.key}`]]), was = base.values[cell.key];
		const reason = typed[`r.${cell.key}`]?.trim() ?? '';
		if ((value ?? null) === (was ?? null) && reason == (base.reasons[cell.key] ?? '')) continue;
		out.values[cell.key] = value ?? null;
		out.base[cell.key] = was ?? null;
		if (reason) out.reasons[cell.key] = reason;
	}
	return out;
}

function incoming(entry) {
	const { values, base, reasons } = patches(entry);
	return { key: entry.tried.once, report: entry.key.split(':')[1], person, base, values, reasons };
}

// Sends one entry; true when the next may be sent.
async function send(entry) {
	const body = JSON.stringify(entry.fields);
	if (entry.kind == 'report' && entry.tried?.body != body) entry.tried = { body, once: uuid() };
	entry.tried ??= { body };
	await put(entry);
	const told = entry.kind == 'report' ? incoming(entry) : { person, fields: entry.fields };
	const got = await fetch(API[entry.kind], {
		method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json' }, body: JSON.stringify(told), signal: AbortSignal.timeout(60e3),
	});
	if (got.status == 0 || got.status >= 500 || got.status == 429) return false;
	const answer = await got.json().catch(() => ({}));
	const stay = (state, message) => put({ ...entry, state, message, answer });
	if (answer.alike) await stay('alike', answer.alike.join('; '));
	else if (!got.ok) await stay('refused', [answer.error, ...Object.values(answer.errors ?? {})].filter(Boolean).join('; ') || word('gone'));
	else if (answer.conflicts?.length) await stay('conflict', answer.conflicts.map(c => c.label).join('; '));
	else if (answer.refused?.length) await stay('refused', answer.refused.map(c => c.message).join('; '));
	else if (answer.already && entry.tried.body != body) await stay('changed', '');
	else {
		await drop(entry.key);
		sent++;
		if (entry.photos && !answer.already) bare = answer.path;
	}
	return true;
}

// How many were sent, and one of them whose photos are still to come.
let sent = 0, bare;
const flush = () => navigator.locks?.request('lantoa-send', { ifAvailable: true }, held => held && sendAll()) ?? sendAll();
async function sendAll() {
	const waiting = (await all()).filter(entry => entry.state == 'waiting');
	if (!waiting.length) return;
	const who = await line();
	if (who == 'out') say(word('out'), ['/dang-nhap', word('sign-in')]);
	else if (who != 'off' && who != person) say(word('other'));
	if (who != person) return;
	sent = 0;
	bare = undefined;
	try { for (const entry of waiting) if (!await send(entry)) break } catch { /* the line broke: next time */ }
	if (sent) say(word('sent', sent) + (bare ? ' ' + word('photos') : ''), bare && [bare, word('open-activity')]);
	await count();
}

// How much waits, in the head of the page, and as a list on its own page.
async function count() {
	const entries = await all(), link = $('[data-waiting]'), waiting = entries.filter(entry => entry.state != 'typing').length;
	link.hidden = !waiting;
	$('.count', link).textContent = waiting;
	if ($('[data-entries]')) list(entries);
}

function list(entries) {
	$('[data-no-entries]').hidden = !!entries.length;
	$('[data-flush]').hidden = $('[data-save]').hidden = !entries.length;
	$('[data-entries]').replaceChildren(...entries.map(entry => {
		const li = $('#entry').content.firstElementChild.cloneNode(true), set = (name, text) => $(`[data-${name}]`, li).textContent = text;
		li.dataset.key = entry.key;
		set('title', entry.title);
		set('state', word(entry.state));
		$('[data-state]', li).classList.add({ typing: 'plain', waiting: 'soon' }[entry.state] ?? 'late');
		set('when', new Date(entry.at).toLocaleString('vi-VN'));
		set('message', entry.message ?? '');
		$('[data-message]', li).hidden = !entry.message;
		$('[data-open-entry]', li).href = entry.answer?.path ?? `${entry.path}#giu=${encodeURIComponent(entry.key)}`;
		$('[data-compare]', li).hidden = entry.state != 'conflict';
		return li;
	}));
}

// The server's page lays both sides beside each other.
async function compare(entry) {
	const post = d.body.appendChild(Object.assign(d.createElement('form'), { method: 'post', action: entry.path.replace(/dien$/, 'doi-chieu'), hidden: true }));
	const add = (name, value) => post.append(Object.assign(d.createElement('input'), { type: 'hidden', name, value }));
	const { values, base, reasons } = patches(entry);
	add('ban_giu', entry.key.split(':')[1]);
	for (const key in values) {
		add(`m.${key}`, JSON.stringify(values[key]));
		add(`w.${key}`, JSON.stringify(base[key]));
		add(`r.${key}`, reasons[key] ?? '');
	}
	post.submit();
}

d.addEventListener('click', async e => {
	const b = e.target.closest?.('[data-flush],[data-save],[data-drop],[data-compare]'), key = b?.closest('[data-key]')?.dataset.key;
	if (!b) return;
	if (b.matches('[data-flush]')) return flush();
	if (b.matches('[data-drop]')) return drop(key).then(count);
	if (b.matches('[data-compare]')) return compare(await one(key));
	const file = new Blob([JSON.stringify({ lantoa: 1, person, entries: await all() })], { type: 'application/json' });
	const a = Object.assign(d.createElement('a'), { href: URL.createObjectURL(file), download: `cho-gui-${new Date().toISOString().slice(0, 10)}.json` });
	a.click();
	URL.revokeObjectURL(a.href);
});

d.addEventListener('change', async e => {
	if (!e.target.matches('[data-load]') || !e.target.files[0]) return;
	const told = await e.target.files[0].text().then(JSON.parse).catch(() => ({}));
	e.target.value = '';
	const fits = entry => typeof entry?.key == 'string' && API[entry.kind] && Array.isArray(entry.fields) && /^\/[a-z]/.test(entry.path) && STATES.includes(entry.state);
	if (told.lantoa != 1 || !Array.isArray(told.entries) || !told.entries.every(fits)) return say(word('bad-file'));
	if (told.person != person || told.entries.some(entry => entry.person != person)) return say(word('foreign-file'));
	for (const { answer, message, ...entry } of told.entries) if (!((await one(entry.key))?.at > entry.at)) await put(entry);
	say(word('loaded', told.entries.length));
	await count();
	flush();
});

async function listPages(pages) {
	const items = [];
	for (const { url } of await pages.keys()) {
		const html = await (await pages.match(url)).text(), li = d.createElement('li'), a = li.appendChild(d.createElement('a'));
		a.href = new URL(url).pathname;
		a.textContent = new DOMParser().parseFromString(html, 'text/html').title.split(' · ').slice(0, -1).join(' · ');
		items.push(li);
	}
	$('[data-pages]').replaceChildren(...items);
}

async function start() {
	// Pages of another person are nobody's business.
	if (localStorage.person != person) {
		await window.caches?.delete('pages');
		localStorage.person = person;
	}
	await settled;
	await count();
	await flush();
	if (!navigator.serviceWorker) return;
	await navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready);
	const pages = await caches.open('pages'), wanted = ['/cho-gui', ...($('a[href^="/hoat-dong/moi"]') ? ['/hoat-dong/moi'] : [])];
	for (const path of wanted) if (!await pages.match(path)) {
		const got = await fetch(path);
		if (got.ok && !got.redirected) await pages.put(path, got);
	}
	if ($('[data-pages]')) await listPages(pages);
}
start().catch(() => {});
addEventListener('online', flush);
addEventListener('visibilitychange', () => d.hidden || flush());
setInterval(flush, 30e3);
})();
