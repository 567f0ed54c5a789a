// The statement on one certificate and a monthly brief in a real browser: pages_test.js WRITE_PAGES DIRECTORY. Pages,
// screenshots and printed PDFs stay in DIRECTORY.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { opened } from './opened.js';

const [writer, directory] = process.argv.slice(2);
const identity = '11010519491231002X';

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
execFileSync(writer, [directory], { stdio: 'inherit' });

async function isPlain(page, complaints, requests) {
    assert.equal(await page.locator('script, img, link, iframe, object, form').count(), 0, 'nothing but text');
    assert.equal(await page.locator('h1').count(), 1, 'no text became an element');
    assert.notEqual(await page.title(), 'taken', 'no text was run');
    assert.deepEqual(requests, [page.url()], 'the page asks for nothing but itself');
    assert.deepEqual(complaints, [], 'nothing in the console');
}

async function fitsItsWindow(page, name) {
    for (const width of [1280, 800]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `at ${width} pixels the page does not scroll sideways`);
        const overflow = await page.evaluate(() => [...document.querySelectorAll('td, th')]
            .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.textContent.slice(0, 40)));
        assert.deepEqual(overflow, [], `at ${width} pixels every cell holds its text`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

async function printed(page, name) {
    const pdf = join(directory, `${name}.pdf`);
    await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
    const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    assert.match(about, /\(A4\)/);
    const text = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
    return { pages: Number(/Pages:\s+(\d+)/.exec(about)[1]), text };
}

for (const name of ['statement', 'statement_long']) {
    await opened(join(directory, `${name}.html`), async (page, complaints, requests) => {
        const all = await page.content();
        assert.ok(!all.includes(identity) && all.includes('110105********002X'), 'identity numbers are masked');
        await fitsItsWindow(page, name);
        const { pages, text } = await printed(page, name);
        assert.equal(pages, 1, 'one sheet of paper');
        for (const words of ['核验情况说明', '鲁建安B（2023）0000001', '12:abcdef', '核验人（签字）'])
            assert.ok(text.includes(words), `${words} is printed`);
        await isPlain(page, complaints, requests);
    });
}

await opened(join(directory, 'brief.html'), async (page, complaints, requests) => {
    await fitsItsWindow(page, 'brief');
    const { text } = await printed(page, 'brief');
    for (const words of ['月报', '归集率', '及时率', '一致率', '99.99%', '62.50%', '99.95%', '12:abcdef', '外省已存在B证'])
        assert.ok(text.includes(words), `${words} is printed`);
    assert.ok(await page.locator('table').count() >= 6, 'every table is there');
    await isPlain(page, complaints, requests);
});
