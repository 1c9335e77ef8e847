// Starts the program on a fresh demonstration province and gives browsers signed in as its people.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const PROGRAM = process.env.LANTOA ?? fileURLToPath(new URL('../target/debug/lantoa', import.meta.url));
if (!existsSync(PROGRAM)) {
  console.error(`no program at ${PROGRAM}: build it with \`cargo build --bin lantoa\`, or name it in LANTOA by its full path`);
  process.exit(1);
}
export const PASSWORD = 'Lan-Toa-trinh-dien-2026';

const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

// How long anything may take on a busy machine before it counts as not happening. Nothing waits longer than it must.
export const PATIENCE = 120_000;

// A line to the program that can be cut: a port that passes everything on while it is up.
export async function line(address) {
  const sockets = new Set();
  const port = await freePort();
  let server;
  const down = () =>
    new Promise((done) => {
      server.close(done);
      sockets.forEach((socket) => socket.destroy());
    });
  const up = () =>
    new Promise((done) => {
      server = createServer((near) => {
        const far = connect(Number(new URL(address).port), '127.0.0.1');
        for (const [one, other] of [[near, far], [far, near]]) {
          sockets.add(one);
          one.on('error', () => other.destroy()).on('close', () => (sockets.delete(one), other.destroy())).pipe(other);
        }
      });
      server.listen(port, '127.0.0.1', done);
    });
  await up();
  return { address: `http://127.0.0.1:${port}`, up, down };
}

// A browser that keeps what it stores in a folder, as that of a person does.
export async function machine(folder, options = {}) {
  const context = await chromium.launchPersistentContext(folder, { ...LAUNCH, locale: 'vi-VN', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

export async function signIn(page, address, login) {
  await page.goto(`${address}/dang-nhap`);
  await page.fill('#login', login);
  await page.fill('#password', PASSWORD);
  await page.click('main button');
  await page.waitForURL((url) => url.pathname !== '/dang-nhap');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// With films, which take a while to make, only for whoever looks at them.
export async function start({ films = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lantoa-browser-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const program = spawn(PROGRAM, ['demo', '--province', '20', '--data', folder], {
    env: { ...process.env, LANTOA_SERVER__LISTEN: `127.0.0.1:${port}`, LANTOA_SERVER__PUBLIC_URL: address, LANTOA_LOGS__LEVEL: 'error', ...(films ? {} : { LANTOA_TOOLS__FFMPEG: 'none' }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((_, reject) => program.on('exit', (code) => reject(new Error(`the program ended with ${code}`))));
  ended.catch(() => {});
  await Promise.race([ended, ready(`${address}/healthz`)]);
  const browser = await chromium.launch(LAUNCH);
  return {
    address,
    // A page of a person, at a width; script can be switched off.
    async person(login, { width = 1280, height = 900, javaScriptEnabled = true } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled, locale: 'vi-VN' });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      const problems = [];
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(String(error)));
      if (login) await signIn(page, address, login);
      return { page, problems, context };
    },
    async stop() {
      await browser.close();
      program.removeAllListeners('exit');
      const gone = once(program, 'exit');
      program.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function ready(url) {
  const end = Date.now() + 180_000;
  while (Date.now() < end) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the program did not start');
}
