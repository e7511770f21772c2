// The desk as each has it: his columns and filters, his language, his keyboard.
'use strict';
const {people} = require('./desk_browser');

async function what_is_kept(desk) {
  const page = await desk.signed_on(people.technical);
  await desk.open(page, '推送');
  await page.locator('details.columns summary').click();
  await page.getByLabel('环节').check();
  await page.getByLabel('次数', {exact: true}).uncheck();
  await desk.judged(page, 'desk-columns');
  await page.keyboard.press('Escape');
  await page.locator('form.filters').getByLabel('状态').selectOption({label: '暂缓'});
  await desk.button(page, '保存筛选').click();
  await desk.dialog(page).getByLabel('筛选名称').fill('我的暂缓');
  await desk.button(desk.dialog(page), '保存').click();
  await desk.done(page);
  await page.goto(`${desk.site.base}/desk/`);
  await desk.open(page, '推送');
  const heads = await page.locator('thead th').allInnerTexts();
  desk.check(heads.includes('环节') && !heads.includes('次数'), `the columns that were chosen: ${heads}`);
  await desk.button(page, '我的暂缓').click();
  await desk.settled(page);
  desk.is([...new Set(await page.locator('tbody .el-tag').allInnerTexts())].join(), '暂缓', 'what the kept filter shows');
  await desk.sound(page, 'what is kept');
}

async function another_language(desk) {
  const page = await desk.signed_on(people.supervisor);
  const rooms = (await desk.menu(page)).length;
  await desk.button(page, 'English').click();
  await page.reload();
  await desk.settled(page);
  desk.is(await page.evaluate(() => document.documentElement.lang), 'en', 'the language of the page');
  const menu = await desk.menu(page);
  desk.is(menu.length, rooms, 'rooms in English');
  for (const room of menu) {
    await desk.open(page, room);
    const name = `desk-english-${room.toLowerCase().replaceAll(' ', '-')}`;
    desk.is((await desk.heading(page)).split('\n')[0].trim(), room, `${name}: the heading`);
    const left = await page.evaluate(() => [...document.querySelectorAll('h1, h2, th, dt, label, button, legend, summary, nav.menu a, .empty')]
      .filter((one) => !one.closest('[lang="zh-CN"]') && /[\u4e00-\u9fff]/.test(one.textContent)).map((one) => one.textContent.trim()));
    desk.is(left.join(), '', `${name}: Chinese that is left`);
    await desk.judged(page, name);
  }
  await desk.button(page, '中文').click();
  desk.is(await page.evaluate(() => document.documentElement.lang), 'zh-CN', 'the language of the page, back');
  desk.is((await desk.menu(page))[0], '我的工作台', 'the menu, back');
}

// What a keyboard alone finds on its way.
async function by_keyboard(desk) {
  const page = await desk.signed_on(people.technical);
  await page.reload();
  await desk.settled(page);
  await page.keyboard.press('Tab');
  desk.is(await page.evaluate(() => document.activeElement.textContent), '跳到正文', 'the first stop');
  await page.keyboard.press('Enter');
  desk.is(await page.evaluate(() => document.activeElement.id), 'main', 'the skip leads to');
  await page.locator('nav.menu').getByRole('link', {name: '人员与岗位'}).focus();
  await page.keyboard.press('Enter');
  await desk.settled(page);
  await desk.button(page, '提名岗位').focus();
  await page.keyboard.press('Enter');
  const dialog = desk.dialog(page);
  await dialog.waitFor();
  await desk.settled(page);
  for (let stops = 0; stops < 8; ++stops) {
    await page.keyboard.press('Tab');
    desk.check(await dialog.evaluate((it) => it.contains(document.activeElement)), `the keyboard leaves the window after ${stops + 1} stops`);
  }
  await page.keyboard.press('Escape');
  await desk.done(page);
  desk.is(await page.evaluate(() => document.activeElement.textContent.trim()), '提名岗位', 'after Escape the keyboard is at');
}

module.exports = (desk) => desk.in_turn([what_is_kept, another_language, by_keyboard]);
