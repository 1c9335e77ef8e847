// Pages saved for reading without a line: kept by this browser alone, listed at /da-luu. Loaded only where it is used.
const d = document, HOME = '/da-luu', cache = await caches.open('saved');
const parsed = text => new DOMParser().parseFromString(text, 'text/html');
const images = page => [...page.querySelectorAll('main img[src]')].map(image => new URL(image.getAttribute('src'), location)).filter(url => url.origin == location.origin).map(url => url.pathname + url.search);
const put = (path, text) => cache.put(path, new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } }));

async function text(path) {
	const got = await fetch(path);
	if (!got.ok || got.redirected) throw new Error(path);
	return got.text();
}

/** Paths, titles and pictures of what is saved. */
async function all() {
	const found = [];
	for (const { url } of await cache.keys()) {
		const path = new URL(url).pathname, kept = await cache.match(url);
		if (path == HOME || !kept.headers.get('content-type').startsWith('text/html')) continue;
		const page = parsed(await kept.text());
		found.push({ path, title: page.title.split(' · ').slice(0, -1).join(' · ') || path, images: images(page) });
	}
	return found;
}

async function save(path) {
	const page = await text(path);
	// Without a picture the page is still worth reading.
	for (const image of images(parsed(page))) await cache.add(image).catch(() => {});
	await put(HOME, await text(HOME));
	await put(path, page);
	if (!await navigator.serviceWorker.getRegistration()) await navigator.serviceWorker.register('/doc.js');
	await navigator.serviceWorker.ready;
	await navigator.storage?.persist?.();
}

async function drop(path) {
	await cache.delete(path);
	const wanted = (await all()).flatMap(page => page.images);
	for (const { url } of await cache.keys()) {
		const { pathname, search } = new URL(url), kept = await cache.match(url);
		if (!kept.headers.get('content-type')?.startsWith('text/html') && !wanted.includes(pathname + search)) await cache.delete(url);
	}
}

/** Saves a page, or lets it go. */
export const toggle = async path => await cache.match(path) ? drop(path) : save(path);

const list = d.querySelector('[data-saved]');
async function show() {
	const pages = await all();
	list.replaceChildren(...pages.map(({ path, title }) => {
		const item = d.createElement('li'), link = item.appendChild(d.createElement('a')), button = d.createElement('button');
		link.href = path;
		link.textContent = title;
		button.type = 'button';
		button.className = 'button';
		button.textContent = list.dataset.drop;
		button.setAttribute('aria-label', `${list.dataset.drop}: ${title}`);
		button.addEventListener('click', () => drop(path).then(show));
		item.append(' ', button);
		return item;
	}));
	d.querySelector('[data-none]').hidden = pages.length > 0;
}
if (list) {
	d.querySelector('[data-unscripted]').hidden = true;
	d.querySelector('[data-elsewhere]').hidden = location.pathname == HOME;
	await show();
}
