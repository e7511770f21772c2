// Whoever sees a list takes it as a file, as it is narrowed and in the columns that are shown; nobody takes another; and supervision reads
// who took what.
'use strict';
const fs = require('fs');
const {call, fetched, granted} = require('./desk_access');
const {people, roles} = require('./desk_browser');

// What a list needs, as desk_api.js has it of a call.
const needs = {
  deliveries: {sight: 'case_facts'}, unassigned: ['attribute_case', 'attribute_rated_case', 'sign_attribution'],
  waiting: ['attribute_case', 'attribute_rated_case', 'sign_attribution'], people: ['see_roster'], proposals: ['see_roster'], grants: ['see_roster'],
  catalogue: [], exports: ['read_exports'], unmaskings: ['read_unmaskings'],
};
const gives = (reaches, need) => need.sight ? reaches[need.sight] === 'everywhere' : !need.length || need.some((one) => one in reaches);

// Each row in its cells; no cell of these lists holds a line's end.
const rows_of = (csv) => csv.replace(/^\uFEFF/, '').trimEnd().split('\r\n').map((line) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => (cell[1] === undefined ? cell[2] : cell[1].replace(/""/g, '"'))));

async function by_role(desk, role) {
  const page = await desk.signed_on(people[role]);
  const session = await fetched(page, 'session');
  const reaches = granted(await fetched(page, 'access'), session.roles);
  desk.is(session.file_forms.join(), 'csv,xlsx', `${role}: the forms of files`);
  for (const [list, need] of Object.entries(needs))
    for (const form of ['csv', 'xlsx']) {
      const what = `${role} takes ${list} as ${form}`;
      const {status, text} = await call(page, 'POST', 'exports', {list, form});
      desk.is(status, gives(reaches, need) ? 200 : 403, what);
      desk.keeps_secrets(text, what);
      if (status !== 200 || form !== 'csv') continue;
      const [titles, ...rows] = rows_of(text);
      desk.is(titles.at(-1), '导出标记', `${what}: the last column`);
      desk.check(rows.every((row) => row.length === titles.length && row.at(-1).includes(`（${people[role]}） `)), `${what}: a row without its mark`);
      if (list === 'people' && reaches.see_roster === 'own_department')
        desk.is(rows.length, (await fetched(page, 'people')).people.length, `${what}: rows`);
    }
}

async function taken(desk, page, where, form) {
  const coming = page.waitForEvent('download');
  await desk.button(where, `导出 ${form}`).click();
  const file = await coming;
  await desk.told(page, '已导出；文件每一行带有您的导出标记', `the ${form}`);
  return {name: file.suggestedFilename(), bytes: fs.readFileSync(await file.path())};
}

async function by_hand(desk) {
  const page = await desk.signed_on(people.supervisor);
  await page.goto(`${desk.site.base}/desk/#/deliveries?case_no=DK-2`);
  await desk.settled(page);
  const card = page.locator('section.card');
  const shown = await page.locator('thead th:not(.tick):not(.acts)').allInnerTexts();
  const csv = await taken(desk, page, card, 'CSV');
  desk.is(csv.name, '推送.csv', 'the name of the file');
  const [titles, ...rows] = rows_of(csv.bytes.toString('utf8'));
  desk.is(titles.length, shown.length + 1, 'columns of the file');
  desk.is(rows.length, Number(/共 (\d+) 条/.exec(await page.locator('.count').innerText())[1]), 'rows of the file');
  desk.check(rows.every((row) => row.includes('DK-2')), 'the file is not narrowed as the list is');
  await desk.judged(page, 'desk-exported');
  const xlsx = await taken(desk, page, card, 'XLSX');
  desk.check(xlsx.name === '推送.xlsx' && xlsx.bytes.subarray(0, 2).toString() === 'PK', `no XLSX: ${xlsx.name}`);

  await desk.open(page, '导出记录');
  const mark = rows[0].at(-1).split(' ').at(-1);
  const record = desk.row(page, mark);
  desk.is(await record.count(), 1, 'records of the mark');
  const said = await record.innerText();
  for (const one of ['计明轩（G4001）', '推送', 'CSV', 'case_no=*']) desk.check(said.includes(one), `the record does not say ${one}: ${said}`);
  await desk.judged(page, 'desk-exports');
}

module.exports = async function exports(desk) {
  for (const role of roles) {
    await by_role(desk, role);
    await desk.leave();
  }
  await by_hand(desk);
};
