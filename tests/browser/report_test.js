// The reconciliation report in a real browser: report_test.js WRITE_REPORT DIRECTORY. The page, a screenshot and the
// printed PDF stay in DIRECTORY.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { opened } from './opened.js';

const [writer, directory] = process.argv.slice(2);
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
execFileSync(writer, [directory], { stdio: 'inherit' });
const fileOf = ending => join(directory, readdirSync(directory).find(name => name.endsWith(ending)));
const report = JSON.parse(readFileSync(fileOf('.json'), 'utf8'));

const visible = '#details table.details tbody tr:not([hidden])';
const numbersOf = page => page.locator(visible).evaluateAll(all => all.filter(row => row.offsetParent)
    .map(row => row.querySelector('.number').textContent));
const textsOf = (page, selector) => page.locator(selector).allTextContents();

async function showsEveryFindingAsText(page) {
    const rows = await page.locator('table.details tbody tr').evaluateAll(all => all.map(row => {
        const cells = [...row.cells];
        const sub = cell => cell.querySelector('.sub')?.textContent ?? '';
        return { number: cells[0].querySelector('.number').textContent, company: sub(cells[0]),
            provincial: cells[2].textContent, national: cells[3].textContent,
            cause: cells[4].childNodes[0].textContent, help: sub(cells[4]), cells: cells.length,
            due: /期限 ([-0-9]*)/.exec(cells[5].textContent)?.[1] ?? '' };
    }));
    const dash = text => text === '' ? '—' : text;
    assert.deepEqual(rows, report.items.map(finding => ({ number: finding.number, company: finding.company,
        provincial: dash(finding.provincial), national: dash(finding.national), cause: finding.cause,
        help: `→ ${finding.help}`, cells: 6, due: finding.due })));
    assert.equal(new Set(report.items.map(finding => finding.class)).size, 13, 'every class is there');
    assert.equal(await page.locator('img, link, iframe, object').count(), 0, 'no text became an element');
    assert.equal(await page.locator('script').count(), 1, 'one script, ours');
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.title(), '安管人员证书省部数据对账报告', 'no text was run');
}

async function masksIdentityNumbers(page) {
    const all = await page.content();
    for (const number of ['11010519491231002X', '440524188001010014', 'H1234567890'])
        assert.ok(!all.includes(number), 'an identity number in clear');
    const values = await textsOf(page, 'td.value');
    assert.ok(values.includes('110105********002X') && values.includes('440524********0014'));
}

async function countsAgree(page) {
    const total = report.counts.findings;
    const numbers = async selector => (await textsOf(page, selector)).map(text => Number(text.replaceAll(',', '')));
    for (const table of ['table.matrix', 'table.wide']) {
        assert.equal((await numbers(`${table} tfoot td:last-child`))[0], total);
        const sums = await numbers(`${table} tbody td:last-child`);
        assert.equal(sums.reduce((sum, each) => sum + each, 0), total, `${table} adds up`);
    }
    assert.equal(await page.locator('table.matrix tbody tr').count(), Object.keys(report.counts.by_class).length);
    assert.equal(await page.locator('table.wide tbody tr').count(), report.authorities.length);
    for (const link of await page.locator('table.wide a').evaluateAll(all => all.map(a => a.getAttribute('href'))))
        assert.equal(await page.locator(`h3${link}`).count(), 1, `${link} leads to its city`);
}

async function drawsWhatItCounts(page) {
    const bars = async id => page.locator(`#${id} .bar`).evaluateAll(all => all.map(bar =>
        [bar.querySelector('span').textContent, Number(bar.querySelector('b').textContent.replaceAll(',', '')),
            bar.querySelector('rect').getBoundingClientRect().width]));
    assert.deepEqual((await bars('by-age')).map(bar => bar[1]), report.counts.by_age);
    // Two authorities of one city are told apart.
    const places = (await bars('by-city')).map(bar => bar[0]);
    assert.equal(new Set(places).size, report.authorities.length);
    report.authorities.forEach((each, at) => assert.ok(places[at].startsWith(each.city), places[at]));
    for (const id of ['by-class', 'by-age', 'by-city']) {
        const all = await bars(id);
        assert.equal(all.reduce((sum, bar) => sum + bar[1], 0), report.counts.findings, `${id} adds up`);
        const [most] = all.slice().sort((one, other) => other[1] - one[1]);
        for (const bar of all)
            assert.ok(Math.abs(bar[2] - most[2] * bar[1] / most[1]) <= most[2] * 0.005 + 0.5, `${bar[0]} is as long as it counts`);
    }
    assert.equal(await page.locator('#trend rect').count(), report.trend.length);
}

async function filters(page) {
    const rest = async wanted => assert.deepEqual((await numbersOf(page)).sort(), report.items.filter(wanted)
        .map(finding => finding.number).sort());
    const all = report.items.length;
    assert.equal(await page.locator('#shown').textContent(), `${all} / ${all}`);
    await page.selectOption('[name=class]', 'identity_mismatch');
    await rest(finding => finding.class === 'identity_mismatch');
    await page.selectOption('[name=city]', '370200');
    await rest(finding => finding.class === 'identity_mismatch' && finding.authority === '370200');
    assert.equal(await page.locator('section.city:not([hidden])').count(), 1, 'empty cities are hidden');
    await page.click('#filter button');
    await page.waitForFunction(count => document.getElementById('shown').textContent.startsWith(`${count} `), all);
    await page.fill('[name=text]', report.items[7].number);
    assert.ok((await numbersOf(page)).includes(report.items[7].number));
    await page.fill('[name=text]', '<SCRIPT>');
    assert.ok((await numbersOf(page)).length > 0, 'whatever its case');
    await page.fill('[name=text]', 'nobody has this');
    assert.deepEqual(await numbersOf(page), []);
    await page.fill('[name=text]', '');
    await page.selectOption('[name=age]', '91_999999');
    assert.equal((await numbersOf(page)).length, report.counts.by_age[4]);
    await page.screenshot({ path: join(directory, 'filtered.png') });
    await page.selectOption('[name=age]', '');
    await rest(() => true);
}

async function sorts(page) {
    const before = await numbersOf(page);
    await page.selectOption('[name=sort]', 'age');
    const ages = await page.locator('#flat tbody tr').evaluateAll(all => all.map(row => Number(row.dataset.a)));
    assert.equal(ages.length, before.length);
    assert.deepEqual(ages, ages.slice().sort((one, other) => other - one), 'the oldest first');
    await page.locator('#flat').scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(directory, 'sorted.png') });
    const owners = () => textsOf(page, '#flat .owner');
    await page.locator('#flat th').last().click();
    const up = await owners();
    assert.equal(new Set(up.filter((owner, at) => owner !== up[at - 1])).size,
        up.filter((owner, at) => owner !== up[at - 1]).length, 'equal ones stand together');
    await page.locator('#flat th').last().click();
    assert.deepEqual(await owners(), up.slice().reverse(), 'again: the other way round');
    await page.selectOption('[name=owner]', up[0]);
    assert.deepEqual(new Set((await page.locator('#flat tbody tr:not([hidden]) .owner').allTextContents())), new Set([up[0]]));
    await page.click('#filter button');
    await page.waitForFunction(() => document.getElementById('flat').hidden);
    assert.deepEqual(await numbersOf(page), before, 'as it was');
}

async function fitsItsWindow(page) {
    for (const width of [1280, 800]) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(() =>
            [...document.querySelectorAll('td, th, .tile')].filter(box => box.scrollWidth > box.clientWidth + 1)
                .map(box => box.textContent.slice(0, 40)));
        assert.deepEqual(overflow, [], `at ${width} pixels every cell holds its text`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `at ${width} pixels the page does not scroll sideways`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: join(directory, 'page.png'), fullPage: true });
}

async function printsWhole(page) {
    const pdf = join(directory, 'report.pdf');
    await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
    const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    assert.match(about, /Page size:\s+84[12](\.\d+)? x 59[45](\.\d+)? pts \(A4\)/);
    const text = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
    for (const finding of report.items.filter(each => each.number.startsWith('鲁')))
        assert.ok(text.includes(finding.number), `${finding.number} is printed`);
    assert.ok(!text.includes('11010519491231002X'));
    const pages = /Pages:\s+(\d+)/.exec(about)[1];
    assert.ok(text.includes(`${pages}/${pages}`), 'the pages are numbered');
    for (const line of ['经办人', '复核人', '负责人', '单位（盖章）'])
        assert.ok(text.includes(line), `${line} has a line to sign on`);
    assert.ok(!text.includes('倒序'), 'what filters is not printed');
}

await opened(fileOf('.html'), async (page, complaints, requests) => {
    await showsEveryFindingAsText(page);
    await masksIdentityNumbers(page);
    await countsAgree(page);
    await drawsWhatItCounts(page);
    await filters(page);
    await sorts(page);
    await fitsItsWindow(page);
    await printsWhole(page);
    assert.deepEqual(requests, [page.url()], 'the page asks for nothing but itself');
    assert.deepEqual(complaints, [], 'nothing in the console');
});
