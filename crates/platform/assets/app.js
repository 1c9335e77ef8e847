// Adds to pages that work without it; words stand in the page. See README.md.
(() => {
const d = document, $ = (s, r = d) => r.querySelector(s), $$ = (s, r = d) => [...r.querySelectorAll(s)];
const near = (e, s) => e.target.closest?.(s), on = (t, f, o) => d.addEventListener(t, f, o), store = localStorage;

// data-confirm: ask in <dialog id="confirm">, then repeat the click.
let agreed, last, ahead;
on('click', e => {
	const b = near(e, '[data-confirm]'), g = $('#confirm');
	if (!b || agreed == b) return agreed = 0;
	e.preventDefault(); e.stopPropagation();
	if (b.form && !b.formNoValidate && !b.form.reportValidity()) return;
	$('[data-confirm-text]', g).textContent = b.dataset.confirm;
	$('[value=ok]', g).textContent = b.textContent.trim();
	g.returnValue = '';
	g.onclose = () => { if (g.returnValue) { agreed = b; b.click() } };
	g.showModal();
}, true);

const fold = e => $$('details.menu[open],details.nav-small[open]').forEach(m => { if (!e || !m.contains(e.target)) m.open = false });
on('click', e => {
	let b;
	fold(e);
	if (b = near(e, '[data-open]')) { e.preventDefault(); $('#' + b.dataset.open).showModal() }
	if (near(e, '[data-close]')) near(e, 'dialog').close();
	if (near(e, '[data-print]')) { e.preventDefault(); print() }
	if (b = near(e, '[data-copy]')) copy(b, $(b.dataset.copy));
	if (near(e, '[data-review]') && (b = near(e, '[data-f],[data-t]'))) point(b, e);
});

async function copy(b, from) {
	try { await navigator.clipboard.writeText(from.value ?? from.textContent.trim()) }
	catch { getSelection().selectAllChildren(from); d.execCommand('copy') }
	$('[data-copied]', b.parentNode).hidden = false;
}

on('change', e => {
	const t = e.target, f = t.form ?? d, all = t.dataset.checkAll, boxes = (n, s = '') => $$(`[name="${n}"]${s}`, f);
	if (all) boxes(all).forEach(c => c.checked = t.checked);
	$$('[data-checked]', f).forEach(o => o.textContent = boxes(o.dataset.checked, ':checked').length);
	if (t.matches('[data-keys-on]')) store.keys = t.checked ? '' : 'off';
	if (t.matches('[data-upload] [type=file]')) send(f, t.files);
});

// Review: data-t = task, data-f = field, on both sides; .on = the piece in hand.
const now = () => $('.task.on'), tasks = () => $$('[data-review] .task');
const show = e => { if (!e) return; const m = e.closest('details'); if (m) m.open = true; e.scrollIntoView({ block: 'nearest' }) };
function point(el, e) {
	const r = el.closest('[data-review]'), t = el.closest('[data-t]')?.dataset.t, f = el.dataset.f, paper = !!el.closest('.paper');
	if (!f && e && near(e, 'a,button,input,select,textarea,label')) return;
	const same = o => o.dataset.f ? o.dataset.f == f : o.dataset.t == t, lit = $$('[data-t],[data-f]', r).filter(o => (o.classList.toggle('on', same(o)), same(o)));
	show(lit.find(o => !!o.closest('.paper') != paper && (!f || o.dataset.f)));
	if (!paper) show(el);
}
const pick = t => { if (t) { point(t); t.focus({ preventScroll: true }) } };
on('keydown', e => {
	const r = $('[data-review]'), k = (/^Key/.test(e.code) ? e.code[3] : e.key).toLowerCase(), l = tasks(), i = l.indexOf(now());
	if (k == 'escape') { fold(); if (r && !$('dialog[open]')) $('.task [data-escape]', r)?.click() }
	if (!r || e.ctrlKey || e.metaKey || e.altKey || $('dialog[open]') || near(e, 'input,select,textarea')) return;
	if (store.keys == 'off' && k != '?' || k == 'enter' && near(e, 'a,button,summary')) return;
	if (k == '?') $('#keys').showModal();
	else if (k == 'j') pick(l[i + 1]);
	else if (k == 'k') pick(l[i - 1]);
	else {
		if (k == 'enter' && i >= 0 && $('[data-escape]', l[i])) return;
		const b = i >= 0 && $(`[data-key="${k}"]`, l[i]) || $$(`[data-key="${k}"]`, r).find(b => !b.closest('.task'));
		if (!b) return;
		ahead = k == 'enter' || k == 'x';
		b.click();
	}
	e.preventDefault();
});
on('htmx:before:swap', () => { const t = now(); last = t && [t.dataset.t, tasks().indexOf(t)] });
on('htmx:after:swap', () => {
	const form = $('[data-review] [autofocus]');
	if (form) { last = ahead = 0; form.focus(); return }
	if (!last || now()) return;
	const l = tasks(), i = l.findIndex(t => t.dataset.t == last[0]), t = l[i < 0 || ahead && i != last[1] ? last[1] : i + !!ahead] ?? l[i];
	last = ahead = 0;
	if (t && !$(':focus', t)) pick(t);
});

// The list below is read again for each paper that was read.
const uploaded = li => { if (!li.hasAttribute('hx-get')) d.body.dispatchEvent(new Event('uploaded')) };
// Upload: one request a file, two at a time; the answer is one <li class="upload">.
function send(form, files) {
	const box = form.parentNode, list = $('[data-uploads]', box), field = $('[type=file]', form).name, queue = [...files];
	const next = () => {
		const file = queue.shift(), x = new XMLHttpRequest(), data = new FormData(form);
		if (!file) return;
		let li = $('template', box).content.firstElementChild.cloneNode(true);
		const bar = $('progress', li), say = s => $('[data-say]', li).textContent = s;
		$('.upload-name', li).textContent = file.name;
		list.append(li);
		data.set(field, file);
		x.upload.onprogress = p => { bar.value = p.loaded / p.total; say(Math.floor(100 * bar.value) + ' %') };
		x.upload.onload = () => { bar.removeAttribute('value'); say(li.dataset.reading) };
		x.onloadend = () => {
			const t = d.createElement('template');
			t.innerHTML = x.responseText;
			const got = $('.upload', t.content);
			if (got) { li.replaceWith(got); window.htmx?.process(got); uploaded(got) }
			else { li.classList.add('failed'); bar.remove(); say(li.dataset.failed) }
			next();
		};
		x.open('POST', form.action);
		x.setRequestHeader('X-Upload', '1');
		x.send(data);
	};
	next(); next();
	form.reset();
}
for (const t of ['dragover', 'dragleave', 'drop']) on(t, e => {
	const z = near(e, '.drop');
	if (!z) return;
	e.preventDefault();
	z.classList.toggle('over', t == 'dragover');
	if (t == 'drop') send(z.closest('form'), e.dataTransfer.files);
});
$$('[data-upload] [type=submit]').forEach(b => b.hidden = true);
$$('[data-keys-on]').forEach(c => c.checked = store.keys != 'off');

// Idle lock, shared by all tabs; <dialog id="idle"> warns a minute before.
const { idle, idleTo, idlePing } = d.body.dataset, g = $('#idle');
if (idle) {
	let over;
	store.ping = store.seen = Date.now();
	const seen = () => { if (!g.open) store.seen = Date.now() };
	const unsaved = () => $$('main form[method=post]:not([data-keep]) :is(input:not([type=hidden]),textarea)').some(e => e.value != e.defaultValue);
	// The session ends here and now; without a line the server ends it by itself.
	const lock = () => over ??= fetch(idleTo, { method: 'POST', redirect: 'manual' }).catch(() => {}).then(() => location = idleTo + (unsaved() ? '?mat=1' : ''));
	for (const t of ['pointerdown', 'keydown', 'input']) on(t, seen, true);
	g.onclose = seen;
	setInterval(() => {
		const left = Math.round(idle - (Date.now() - store.seen) / 1e3);
		if (left <= 0) return lock();
		$('[data-left]', g).textContent = left;
		$('[data-unsaved]', g).hidden = !unsaved();
		if (left > 60) g.close(); else if (!g.open) g.showModal();
		if (store.seen > store.ping && Date.now() - store.ping > 3e4) { store.ping = Date.now(); fetch(idlePing).catch(() => {}) }
	}, 1e3);
}
})();
