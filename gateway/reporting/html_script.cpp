#include "gateway/reporting/html_page.h"

namespace lianzheng {

// It only shows, hides and moves what is on the page; without it everything is there all the same.
std::string_view pageScript() {
    return R"js(
(() => {
'use strict';
const bar = document.getElementById('filter');
const details = document.getElementById('details');
const all = [...details.querySelectorAll('table.details > tbody > tr')].map(row => {
    const home = row.parentNode, group = home.closest('section.group'), city = group.closest('section.city');
    return { row, home, city, place: group.dataset, c: city.dataset.c, age: Number(row.dataset.a), text: null,
        owner: row.querySelector('.owner').textContent };
});
if (!all.length) return;
const $ = name => bar.elements[name];
const flat = document.createElement('div');
flat.id = 'flat';
flat.hidden = true;
details.append(flat);
const cell = at => each => each.row.cells[at].textContent;
const keys = {
    number: each => each.row.querySelector('.number').textContent, company: each => each.row.querySelector('.sub').textContent,
    field: cell(1), provincial: cell(2), national: cell(3), cause: cell(4), owner: each => each.owner,
    age: each => -each.age, class: each => each.place.name,
};
const order = new Intl.Collator('zh-CN', { numeric: true });
const compare = (one, other) => typeof one === 'number' ? one - other : order.compare(one, other);
const show = (element, wanted) => { if (element.hidden === wanted) element.hidden = !wanted; };
function filter() {
    const kind = $('class').value, city = $('city').value, owner = $('owner').value;
    const [from, to] = ($('age').value || '-1_999999').split('_').map(Number);
    const wanted = $('text').value.trim().toLowerCase();
    const sections = new Set(), cities = new Set();
    let shown = 0;
    for (const each of all) {
        if (wanted) each.text ??= each.row.textContent.toLowerCase();
        const good = (!kind || each.place.k === kind) && (!city || each.c === city) && (!owner || each.owner === owner) &&
            each.age >= from && each.age <= to && (!wanted || each.text.includes(wanted));
        show(each.row, good);
        if (!good) continue;
        ++shown;
        sections.add(each.row.parentNode.parentNode.parentNode);
        cities.add(each.city);
    }
    for (const section of details.querySelectorAll('section.group')) show(section, sections.has(section));
    for (const each of details.querySelectorAll('section.city')) show(each, flat.hidden && cities.has(each));
    document.getElementById('shown').textContent = shown + ' / ' + all.length;
}
// In sections of some rows each: what is out of sight is not laid out.
function listed(some) {
    const section = document.createElement('section'), table = document.createElement('table');
    section.className = 'group';
    table.className = 'details';
    table.append(details.querySelector('thead').cloneNode(true), document.createElement('tbody'));
    table.tBodies[0].append(...some.map(each => each.row));
    section.append(table);
    return section;
}
function name(each) {
    const first = each.row.cells[0];
    if (first.querySelector('.place')) return;
    const place = first.appendChild(document.createElement('span'));
    place.className = 'sub place';
    place.textContent = each.city.dataset.name + ' · ' + each.place.name;
}
function sort() {
    const key = keys[$('sort').value];
    show(flat, Boolean(key));
    if (key) {
        const keyed = all.map(each => [key(each), each]).sort((one, other) => compare(one[0], other[0]));
        if ($('down').checked) keyed.reverse();
        const sorted = keyed.map(([, each]) => each), sections = [];
        sorted.forEach(name);
        for (let at = 0; at < sorted.length; at += 200) sections.push(listed(sorted.slice(at, at + 200)));
        flat.replaceChildren(...sections);
    } else {
        for (const each of all) each.home.append(each.row);
        flat.replaceChildren();
    }
    filter();
}
const choices = { class: each => [each.place.k, each.place.name], city: each => [each.c, each.city.dataset.name],
    owner: each => [each.owner, each.owner] };
for (const choice of Object.keys(choices))
    for (const [value, label] of new Map(all.map(choices[choice]))) $(choice).append(new Option(label, value));
const columns = ['number', 'field', 'provincial', 'national', 'cause', 'owner'];
details.addEventListener('click', event => {
    const head = event.target.closest('th');
    if (!head) return;
    const key = columns[head.cellIndex];
    $('down').checked = $('sort').value === key && !$('down').checked;
    $('sort').value = key;
    sort();
});
bar.addEventListener('input', event => ['sort', 'down'].includes(event.target.name) ? sort() : filter());
bar.addEventListener('reset', () => setTimeout(() => flat.hidden ? filter() : sort()));
bar.addEventListener('submit', event => event.preventDefault());
bar.hidden = false;
details.classList.add('sortable');
filter();
})();
)js";
}

}  // namespace lianzheng
