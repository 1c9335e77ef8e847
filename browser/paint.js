// Prints how soon pages of the portal show their largest part on a cheap phone (1.6 Mbit/s, 150 ms, a processor four times slower), and what a first visit costs.
import { start } from './server.js';

const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const TIMES = 5;

// A first visit: nothing kept from before.
async function visit(server, path) {
  const { page, context } = await server.person(null, { width: 360, height: 740 });
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  await wire.send('Network.emulateNetworkConditions', LINE);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const sizes = { Document: 0, Stylesheet: 0, Font: 0, Script: 0, Image: 0 };
  const kinds = new Map();
  wire.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => (sizes[kinds.get(requestId)] += encodedDataLength));
  await page.goto(server.address + path, { waitUntil: 'networkidle' });
  const paint = await page.evaluate(
    () =>
      new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await context.close();
  return { paint, page: sizes.Document + sizes.Stylesheet, first: sizes.Document + sizes.Stylesheet + sizes.Script + sizes.Font, pictures: sizes.Image };
}

const server = await start();
const address = async (list, selector) => {
  const { page, context } = await server.person(null);
  await page.goto(server.address + list);
  const path = await page.locator(selector).first().getAttribute('href');
  await context.close();
  return path;
};
const pages = {
  home: '/trang-chu',
  article: '/tin/nam-dau-hieu-nhan-biet-cuoc-goi-gia-danh-can-bo',
  section: await address('/trang-chu', 'section.special h2 a'),
  law: `${await address('/luat', 'main ul.row-list a')}`,
  card: await address('/luat-cho-toi', 'main .card h3 a'),
};
for (const [name, path] of Object.entries(pages)) {
  const seen = [];
  for (let n = 0; n < TIMES; n += 1) seen.push(await visit(server, path));
  const middle = (key) => seen.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(TIMES / 2)];
  console.log(`figure: largest contentful paint, ${name} = ${(middle('paint') / 1000).toFixed(2)} s (goal < 1.5)`);
  console.log(`figure: HTML and CSS, ${name} = ${(middle('page') / 1000).toFixed(1)} KB (goal < 50)`);
  console.log(`figure: first visit with fonts and scripts, ${name} = ${(middle('first') / 1000).toFixed(1)} KB (goal < 150)`);
  console.log(`figure: pictures on the first screen, ${name} = ${(middle('pictures') / 1000).toFixed(1)} KB`);
}
await server.stop();
