// Service worker: pages for entry stay open without a line. The program puts the list of assets (SHELL) in front.
const ASSETS = 'assets', PAGES = 'pages', PATIENCE = 10e3;
const KEEP = /^\/(cho-gui|hoat-dong\/moi|bao-cao\/[0-9a-f-]+\/dien)$/, OUT = /^\/dang-(nhap|xuat)$/;

addEventListener('install', e => e.waitUntil(caches.open(ASSETS).then(cache => cache.addAll(SHELL)).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(renew().then(() => clients.claim())));
addEventListener('fetch', e => {
	const { request } = e, url = new URL(request.url);
	if (url.origin != location.origin) return;
	if (request.method == 'GET' && url.pathname.startsWith('/assets/')) e.respondWith(asset(request));
	else if (request.mode == 'navigate') e.respondWith(page(request, url));
});

// A new release: kept pages are fetched again, then assets that it has no longer are dropped; without a line everything stays.
async function renew() {
	const pages = await caches.open(PAGES), assets = await caches.open(ASSETS), shell = SHELL.map(path => new URL(path, location).href);
	try {
		for (const kept of await pages.keys()) await keep(kept.url, await fetch(kept.url));
		for (const old of await assets.keys()) if (!shell.includes(old.url) && !old.url.includes('/fonts/')) await assets.delete(old);
	} catch { /* another time */ }
}

async function asset(request) {
	const cache = await caches.open(ASSETS), hit = await cache.match(request);
	if (hit) return hit;
	const got = await fetch(request);
	if (got.ok) await cache.put(request, got.clone());
	return got;
}

// A word on what was just done is not kept with the page.
async function keep(path, got) {
	const cache = await caches.open(PAGES);
	if (got.redirected || got.status == 403 || got.status == 404) return cache.delete(path);
	if (!got.ok) return;
	const text = (await got.text()).replace(/<div [^>]*data-flash[^]*?<\/div>/, '');
	await cache.put(path, new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
}

async function page(request, url) {
	const entry = request.method == 'GET' && KEEP.test(url.pathname), pages = await caches.open(PAGES);
	const kept = () => entry ? pages.match(url.pathname) : undefined;
	const line = fetch(request).then(async got => {
		if (OUT.test(url.pathname)) await caches.delete(PAGES);
		else if (entry && !url.search) await keep(url.pathname, got.clone());
		return got;
	});
	line.catch(() => {});
	try {
		const late = new Promise(done => setTimeout(done, PATIENCE));
		return await Promise.race([line, late.then(kept)]) ?? await line;
	} catch {
		return await kept() ?? await pages.match('/cho-gui') ?? new Response('Không có mạng. Hãy mở lại khi có mạng.', { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
	}
}
