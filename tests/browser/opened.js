// A page of a file in headless Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

/// Opens the file in a browser with an empty profile and gives `look` the page and what it complained of or asked for.
export async function opened(file, look) {
    const profile = mkdtempSync(join(tmpdir(), 'lianzheng-browser-'));
    const browser = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags, chromiumSandbox: false,
        viewport: { width: 1280, height: 900 },
    });
    try {
        const page = await browser.newPage();
        const complaints = [];
        const requests = [];
        page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
        page.on('pageerror', error => complaints.push(String(error)));
        page.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`));
        page.on('request', request => requests.push(request.url()));
        await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
        await look(page, complaints, requests);
    } finally {
        await browser.close();
        rmSync(profile, { recursive: true, force: true });
    }
}
