#include "gateway/reporting/html_page.h"

namespace lianzheng {

// It only shows, hides and moves what is on the page; without it everything is there all the same.
std::string_view pageScript() {
    return R"js(
(() => {
'use strict';
const rows = [...document.querySelectorAll('table.details > tbody > tr')];
const bar = document.getElementById('filter');
if (!bar || !rows.length) return;
const $ = name => bar.elements[name];
const home = new Map(), text = new Map();
for (const row of rows) home.set(row, row.parentNode);
const groupOf = row => home.get(row).closest('section.group');
const cityOf = group => group.closest('section.city');
const words = row => {
    if (!text.has(row)) text.set(row, row.textContent.toLowerCase());
    return text.get(row);
};
const owner = row => row.querySelector('.owner').textContent;
const age = row => Number(row.dataset.a);
const within = (days, range) => {
    const [from, to] = range.split('-').map(Number);
    return days >= from && days <= to;
};
const flat = document.createElement('table');
flat.className = 'details';
flat.id = 'flat';
flat.hidden = true;
flat.append(document.querySelector('table.details > thead').cloneNode(true), document.createElement('tbody'));
document.getElementById('details').append(flat);
const cell = (row, at) => row.cells[at].textContent;
const keys = {
    number: row => row.querySelector('.number').textContent, company: row => row.querySelector('.sub').textContent,
    field: row => cell(row, 1), provincial: row => cell(row, 2), national: row => cell(row, 3),
    cause: row => cell(row, 4), owner, age: row => -age(row), class: row => groupOf(row).dataset.name,
};
const order = new Intl.Collator('zh-CN', { numeric: true });
const compare = (one, other) => typeof one === 'number' ? one - other : order.compare(one, other);
function filter() {
    const wanted = $('text').value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
        const group = groupOf(row);
        row.hidden = !((!$('class').value || group.dataset.k === $('class').value) &&
            (!$('city').value || cityOf(group).dataset.c === $('city').value) &&
            (!$('owner').value || owner(row) === $('owner').value) &&
            (!$('age').value || within(age(row), $('age').value)) && (!wanted || words(row).includes(wanted)));
        if (!row.hidden) ++shown;
    }
    for (const group of document.querySelectorAll('section.group'))
        group.hidden = ![...group.querySelector('tbody').rows].some(row => !row.hidden);
    for (const city of document.querySelectorAll('section.city'))
        city.hidden = !city.querySelector('section.group:not([hidden])');
    document.getElementById('shown').textContent = shown + ' / ' + rows.length;
}
function sort() {
    const key = keys[$('sort').value];
    flat.hidden = !key;
    if (!key) {
        for (const row of rows) home.get(row).append(row);
    } else {
        const keyed = rows.map(row => [key(row), row]);
        keyed.sort((one, other) => compare(one[0], other[0]));
        if ($('down').checked) keyed.reverse();
        for (const [, row] of keyed) {
            if (!row.querySelector('.place')) {
                const place = row.querySelector('.number').parentNode.appendChild(document.createElement('span'));
                place.className = 'sub place';
                place.textContent = cityOf(groupOf(row)).dataset.name + ' · ' + groupOf(row).dataset.name;
            }
        }
        flat.tBodies[0].append(...keyed.map(([, row]) => row));
    }
    filter();
}
for (const name of ['class', 'city', 'owner']) {
    const seen = new Map();
    for (const row of rows) {
        const from = name === 'class' ? groupOf(row) : cityOf(groupOf(row));
        if (name === 'owner') seen.set(owner(row), owner(row));
        else seen.set(name === 'class' ? from.dataset.k : from.dataset.c, from.dataset.name);
    }
    for (const [value, label] of seen) $(name).append(new Option(label, value));
}
const columns = ['number', 'field', 'provincial', 'national', 'cause', 'owner'];
document.getElementById('details').addEventListener('click', event => {
    const head = event.target.closest('th');
    if (!head) return;
    const key = columns[head.cellIndex];
    $('down').checked = $('sort').value === key && !$('down').checked;
    $('sort').value = key;
    sort();
});
bar.addEventListener('input', event => ['sort', 'down'].includes(event.target.name) ? sort() : filter());
bar.addEventListener('reset', () => setTimeout(sort));
bar.addEventListener('submit', event => event.preventDefault());
bar.hidden = false;
document.getElementById('details').classList.add('sortable');
filter();
})();
)js";
}

}  // namespace lianzheng
