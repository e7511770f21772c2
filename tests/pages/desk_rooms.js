// Everybody's menu has the rooms that the table of access gives his roles, and each of them opens in good order.
'use strict';
const {fetched, granted} = require('./desk_access');
const {people, roles} = require('./desk_browser');

// What a room needs, in the words of the table of access; the others are open to whoever is on the roster.
const needs = {
  '待归属': (may) => may('attribute_case') || may('attribute_rated_case') || may('sign_attribution'),
  '评价查询': (may, reach) => reach('case_facts') !== undefined,
  '推送': (may, reach) => reach('case_facts') === 'everywhere',
  '人员与岗位': (may) => may('see_roster'),
  '运行状况': (may) => may('read_health'),
  '留痕核验': (may) => may('verify_ledger'),
  '覆盖情况': (may) => may('read_coverage'),
  '导出记录': (may) => may('read_exports'),
  '身份查阅': (may) => may('read_unmaskings'),
};
const addresses = {
  '我的工作台': '', '消息': 'inbox', '评价查询': 'evaluations', '待归属': 'unassigned', '推送': 'deliveries', '人员与岗位': 'people', '目录': 'catalogue', '工作日历': 'calendar',
  '规则版本': 'policies', '运行状况': 'health', '留痕核验': 'ledger', '覆盖情况': 'coverage', '导出记录': 'exports', '身份查阅': 'unmaskings', '权限表': 'access',
};
const all = Object.keys(addresses);

async function allowed(desk, page, role) {
  const session = await fetched(page, 'session'), access = await fetched(page, 'access');
  desk.is(session.staff_id, people[role], `${role}: who it is`);
  desk.is([...session.roles].sort().join(), [...new Set(['evaluated', role])].sort().join(), `${role}: the roles`);
  const reaches = granted(access, session.roles);
  const told = Object.fromEntries([...session.may.map((one) => [one.action, one.reach]), ...session.sees.map((one) => [one.field, one.reach])]);
  desk.is(JSON.stringify(Object.entries(told).sort()), JSON.stringify(Object.entries(reaches).sort()), `${role}: what the session gives`);
  const may = (code) => code in reaches, reach = (code) => reaches[code];
  return all.filter((room) => !needs[room] || needs[room](may, reach));
}

async function closed_room(desk, page, role, room) {
  page.asked.length = 0;
  await page.goto(`${desk.site.base}/desk/#/${addresses[room]}`);
  await desk.settled(page);
  desk.check((await page.locator('main').innerText()).includes('不能打开这个工作区'), `${role}: ${room} is not closed`);
  desk.check(page.asked.length === 0, `${role}: the closed ${room} asks ${page.asked}`);
  await desk.sound(page, `${role}: the closed ${room}`);
}

module.exports = async function rooms(desk) {
  for (const role of roles) {
    const page = await desk.signed_on(people[role]);
    const open = await allowed(desk, page, role);
    desk.is((await desk.menu(page)).join(), open.join(), `${role}: the menu`);
    await desk.open(page, '权限表'); // a room that one is in is not entered anew
    for (const room of open) {
      await desk.open(page, room);
      const name = `desk-${role}-${addresses[room] || 'home'}`;
      desk.is((await desk.heading(page)).split('\n')[0].trim(), room, `${name}: the heading`);
      desk.is(await page.title(), `${room} · 好差评工作台`, `${name}: the title`);
      desk.is(await page.evaluate(() => document.activeElement.id), 'main', `${name}: the keyboard is at`);
      await desk.judged(page, name);
      if (room === '人员与岗位') {
        await page.getByRole('tab', {name: '现任岗位'}).click();
        await desk.settled(page);
        await desk.judged(page, `${name}-grants`);
      }
      if (room === '推送') {
        desk.check(await desk.button(page, '下一页').isEnabled(), `${name}: there is no second page`);
        const first = await page.locator('tbody tr').count();
        await desk.button(page, '下一页').click();
        await desk.settled(page);
        const total = Number(/共 (\d+) 条/.exec(await page.locator('.count').innerText())[1]);
        desk.is(first + await page.locator('tbody tr').count(), total, `${name}: both pages have`);
        await page.locator('tbody a').first().click();
        await page.getByRole('heading', {level: 1, name: /^推送 \d+/}).waitFor();
        await desk.settled(page);
        await desk.judged(page, `desk-${role}-delivery`);
      }
    }
    for (const room of all.filter((one) => !open.includes(one))) await closed_room(desk, page, role, room);
    await desk.leave();
  }
  const dark = await desk.signed_on(people.technical, {colorScheme: 'dark'});
  for (const room of (await desk.menu(dark)).reverse()) {
    await desk.open(dark, room);
    await desk.judged(dark, `desk-dark-${addresses[room] || 'home'}`);
  }
};
