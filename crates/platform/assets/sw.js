// Service worker: pages for entry, and pages that a reader saved, stay open without a line. The program puts the list of assets (SHELL) in front: that of
// staff, or the short one of readers.
const ASSETS = 'assets', PAGES = 'pages', SAVED = 'saved', PATIENCE = 10e3;
const KEEP = /^\/(cho-gui|hoat-dong\/moi|bao-cao\/[0-9a-f-]+\/dien)$/, OUT = /^\/dang-(nhap|xuat)$/;
const PUBLIC = /^\/(trang-chu|tin|luat|luat-cho-toi|chuyen-muc|chu-de|the-loai|noi-dang|da-luu|s)(\/|$)/;

addEventListener('install', e => e.waitUntil(caches.open(ASSETS).then(cache => cache.addAll(SHELL)).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(renew().then(() => clients.claim())));
addEventListener('fetch', e => {
	const { request } = e, url = new URL(request.url);
	if (url.origin != location.origin) return;
	if (request.method == 'GET' && url.pathname.startsWith('/assets/')) e.respondWith(asset(request));
	else if (request.mode == 'navigate') e.respondWith(page(request, url));
	else if (request.destination == 'image') e.respondWith(fetch(request).catch(async () => await saved(request.url) ?? Response.error()));
});

const saved = path => caches.match(path, { cacheName: SAVED });
const isPage = answer => answer.ok && !answer.redirected && answer.headers.get('content-type')?.startsWith('text/html');

// A new release: kept pages are fetched again, then assets that it has no longer are dropped; without a line everything stays.
async function renew() {
	const pages = await caches.open(PAGES), assets = await caches.open(ASSETS), shell = SHELL.map(path => new URL(path, location).href);
	try {
		for (const kept of await pages.keys()) await keep(kept.url, await fetch(kept.url));
		if (await caches.has(SAVED)) for (const { url } of await (await caches.open(SAVED)).keys()) if (isPage(await saved(url))) await again(url, await fetch(url));
		for (const old of await assets.keys()) if (!shell.includes(old.url) && !old.url.includes('/fonts/')) await assets.delete(old);
	} catch { /* another time */ }
}

async function asset(request) {
	const cache = await caches.open(ASSETS), hit = await cache.match(request);
	if (hit) return hit;
	try {
		const got = await fetch(request);
		if (got.ok) await cache.put(request, got.clone());
		return got;
	} catch {
		// A page saved before the last release asks for what was then: better the new one than none.
		return await cache.match(request, { ignoreSearch: true }) ?? Response.error();
	}
}

// A word on what was just done is not kept with the page.
async function keep(path, got) {
	const cache = await caches.open(PAGES);
	if (got.redirected || got.status == 403 || got.status == 404) return cache.delete(path);
	if (!got.ok) return;
	const text = (await got.text()).replace(/<div [^>]*data-flash[^]*?<\/div>/, '');
	await cache.put(path, new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
}

// What a reader saved is renewed, and stays as it was when its page is gone: he saved it.
async function again(path, got) {
	if (isPage(got)) await (await caches.open(SAVED)).put(path, new Response(await got.text(), { headers: { 'content-type': 'text/html; charset=utf-8' } }));
}

async function page(request, url) {
	const get = request.method == 'GET', entry = get && KEEP.test(url.pathname), pages = await caches.open(PAGES);
	const copy = get && !entry && !url.search ? await saved(url.pathname) : undefined;
	const kept = () => entry ? pages.match(url.pathname) : copy?.clone();
	const line = fetch(request).then(async got => {
		if (OUT.test(url.pathname)) await caches.delete(PAGES);
		else if (entry && !url.search) await keep(url.pathname, got.clone());
		else if (copy) await again(url.pathname, got.clone());
		return got;
	});
	line.catch(() => {});
	try {
		const late = new Promise(done => setTimeout(done, PATIENCE));
		return await Promise.race([line, late.then(kept)]) ?? await line;
	} catch {
		const instead = () => PUBLIC.test(url.pathname) ? undefined : pages.match('/cho-gui');
		return await kept() ?? await instead() ?? await saved('/da-luu') ?? new Response('Không có mạng. Hãy mở lại khi có mạng.', { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
	}
}
