// Aids to reading on the portal: size of letters, colours, a voice. Choices stay in the browser; it runs before anything is painted, so that nothing flashes.
(() => {
const d = document, root = d.documentElement, SIZES = [100, 115, 130, 150, 175, 200];
const get = name => { try { return localStorage.getItem(name) ?? '' } catch { return '' } };
const put = (name, value) => { try { localStorage.setItem(name, value) } catch { /* not kept */ } };
const size = () => Math.max(0, SIZES.indexOf(Number(get('reading-size'))));
const apply = () => { root.dataset.size = SIZES[size()]; root.dataset.look = get('reading-look') };
apply();

d.addEventListener('DOMContentLoaded', () => {
	const bar = d.querySelector('[data-reading]'), text = d.querySelector('article.text') ?? d.querySelector('main'), copy = d.querySelector('[data-copy]');
	if (copy && navigator.clipboard) {
		copy.hidden = false;
		copy.setAttribute('aria-live', 'polite');
		copy.addEventListener('click', () => navigator.clipboard.writeText(copy.parentNode.querySelector('a').href).then(() => copy.textContent = copy.dataset.copy, () => {}));
	}
	if (!bar) return;
	const save = bar.querySelector('[data-save]');
	if (save && navigator.serviceWorker && window.caches && !location.search) {
		const label = save.textContent, shown = async () => {
			const kept = !!await caches.match(location.pathname, { cacheName: 'saved' });
			save.setAttribute('aria-pressed', kept);
			save.textContent = kept ? save.dataset.kept : label;
			save.hidden = save.disabled = false;
		};
		shown();
		save.addEventListener('click', () => {
			save.disabled = true;
			import(save.dataset.save).then(saved => saved.toggle(location.pathname)).catch(() => {}).then(shown);
		});
	}
	bar.hidden = false;
	const look = bar.querySelector('[data-look]'), speak = bar.querySelector('[data-speak]'), voice = window.speechSynthesis;
	look.value = get('reading-look');
	look.addEventListener('change', () => { put('reading-look', look.value); apply() });
	for (const button of bar.querySelectorAll('[data-bigger]')) button.addEventListener('click', () => {
		put('reading-size', SIZES[Math.min(SIZES.length - 1, Math.max(0, size() + Number(button.dataset.bigger)))]);
		apply();
	});
	bar.querySelector('[data-print]').addEventListener('click', () => print());
	if (!voice || !window.SpeechSynthesisUtterance) return;
	speak.hidden = false;
	const start = speak.textContent, rest = () => { speak.textContent = start; speak.setAttribute('aria-pressed', 'false') };
	rest();
	// A passage at a time: browsers stop in the middle of long ones.
	speak.addEventListener('click', () => {
		const talking = speak.getAttribute('aria-pressed') == 'true';
		voice.cancel();
		if (talking) return rest();
		speak.textContent = speak.dataset.stop;
		speak.setAttribute('aria-pressed', 'true');
		const parts = [...text.querySelectorAll('h1,h2,h3,h4,p,li,td,th,blockquote')].filter(one => !one.closest('.muted,.kind,.short,.chips,nav,form') && !one.querySelector('p,li'));
		parts.forEach((one, at) => {
			const said = new SpeechSynthesisUtterance(one.textContent);
			said.lang = one.closest('[lang]').lang;
			if (at == parts.length - 1) said.onend = rest;
			voice.speak(said);
		});
	});
	addEventListener('pagehide', () => voice.cancel());
});
})();
