// How the centre's people come to be what they are at the desk, by mouse and by keyboard, from one to the other.
'use strict';
const {people, other_supervisor} = require('./desk_browser');

const grants_of = (desk, staff_id) => JSON.parse(desk.hcpctl('staff', 'list', '--json')).grants.filter((one) => one.staff_id === staff_id);

async function propose(desk, page, staff_id, role, name) {
  const dialog = await desk.asked(page, desk.button(page, '提名岗位'), name);
  desk.check(await dialog.getByLabel('岗位').locator('option', {hasText: '被评价人'}).count() === 0,
    'a role is offered that is never granted: 被评价人');
  await desk.button(dialog, '提名').click();
  desk.is(await dialog.getByRole('alert').innerText(), '请填写', 'a proposal of nobody');
  await dialog.getByLabel('被提名人').selectOption(staff_id);
  await dialog.getByLabel('岗位').selectOption({label: role});
  await desk.button(dialog, '提名').click();
  await desk.done(page);
  await desk.told(page, '已提名，等待确认', 'the proposal');
}

async function a_role(desk) {
  const technical = await desk.signed_on(people.technical), supervisor = await desk.signed_on(people.supervisor);
  await desk.open(technical, '人员与岗位');
  await propose(desk, technical, 'G7001', '公开编辑', 'propose');
  const waiting = desk.row(desk.section(technical, '待确认的提名'), 'G7001');
  desk.check((await waiting.innerText()).includes('您提名的，由他人确认'), 'who proposed is offered to confirm');

  // It waits in his inbox, and the head of every room says so.
  await desk.open(supervisor, '人员与岗位');
  const messages = supervisor.locator('header').getByRole('link', {name: /^未读消息 \d+$/});
  const unread = Number(/\d+/.exec(await messages.innerText())[0]);
  await messages.click();
  await desk.settled(supervisor);
  const message = supervisor.locator('tbody tr').first();
  for (const one of ['未读', '有一条岗位提名待您确认', people.technical])
    desk.check((await message.innerText()).includes(one), `the message does not say ${one}: ${await message.innerText()}`);
  await message.getByRole('checkbox').check();
  await desk.button(supervisor, '记为已读').click();
  await desk.settled(supervisor);
  await desk.told(supervisor, '已把 1 条消息记为已读', 'reading a message');
  desk.check((await message.innerText()).includes('已读'), 'what was read is unread');
  await desk.judged(supervisor, 'desk-messages');
  await message.getByRole('link', {name: '人员与岗位'}).click();
  await desk.settled(supervisor);
  desk.check(unread === 1 ? await messages.count() === 0 : (await messages.innerText()).includes(String(unread - 1)), 'the head counts what was read');

  const proposal = desk.row(desk.section(supervisor, '待确认的提名'), 'G7001');
  const confirming = await desk.asked(supervisor, desk.button(proposal, '确认'), 'confirm');
  desk.check((await confirming.innerText()).includes('滕致和（G7001）即担任“公开编辑”'), 'the window does not say what is confirmed');
  await supervisor.keyboard.press('Escape');
  await desk.done(supervisor);
  desk.is(await supervisor.evaluate(() => document.activeElement.textContent.trim()), '确认', 'after Escape the keyboard is at');
  desk.is(grants_of(desk, 'G7001')[0].confirmed_at_us, null, 'what was given up is confirmed at');
  await desk.asked(supervisor, desk.button(proposal, '确认'), 'confirm');
  await desk.button(desk.dialog(supervisor), '确认').click();
  await desk.done(supervisor);
  await desk.told(supervisor, '已确认，岗位生效', 'the confirmation');
  desk.is(await proposal.count(), 0, 'proposals that wait');
  desk.is(grants_of(desk, 'G7001')[0].confirmed_by, people.supervisor, 'who confirmed');

  await desk.tab(supervisor, '现任岗位');
  const held = desk.row(supervisor.getByRole('tabpanel', {name: '现任岗位'}), 'G7001');
  const ending = await desk.asked(supervisor, desk.button(held, '解除'), 'end');
  await desk.button(ending, '解除').click();
  desk.is(await ending.locator('#ask-missing').innerText(), '请填写', 'an ending without a reason');
  await ending.getByLabel('原因').click();
  await supervisor.keyboard.type('岗位调整，另有任用');
  await supervisor.keyboard.press('Tab');
  await supervisor.keyboard.press('Tab');
  await supervisor.keyboard.press('Enter');
  await desk.done(supervisor);
  await desk.told(supervisor, '岗位已解除', 'the ending');
  desk.is(await held.count(), 0, 'the role that was ended stands in the list');
  desk.is(grants_of(desk, 'G7001').length, 0, 'grants that are left');
  await desk.sound(supervisor, 'a role');
  await desk.sound(technical, 'a role');
}

async function somebody_was_quicker(desk) {
  const technical = await desk.signed_on(people.technical);
  await desk.open(technical, '人员与岗位');
  await propose(desk, technical, 'G6001', '财务', 'propose-finance');
  const pages = [await desk.signed_on(people.supervisor), await desk.signed_on(other_supervisor)];
  for (const page of pages) {
    await desk.open(page, '人员与岗位');
    await desk.button(desk.row(desk.section(page, '待确认的提名'), 'G6001'), '确认').click();
    await desk.dialog(page).waitFor();
    await desk.settled(page);
  }
  const [first, second] = pages;
  await desk.button(desk.dialog(first), '确认').click();
  await desk.told(first, '已确认，岗位生效', 'the quicker of two');
  await desk.button(desk.dialog(second), '确认').click();
  const notice = desk.dialog(second).getByRole('alert').filter({hasText: '已有他人先行办理'});
  await notice.waitFor();
  await desk.settled(second);
  desk.is(second.refusals.splice(0).length, 1, 'refusals of the slower of two');
  await desk.judged(second, 'desk-overtaken');
  desk.is((await desk.dialog(second).getByRole('button').allInnerTexts()).filter(Boolean).join(), '关闭', 'what is left to do');
  await desk.button(desk.dialog(second), '关闭').click();
  await desk.done(second);
  desk.is(await desk.row(desk.section(second, '待确认的提名'), 'G6001').count(), 0, 'the slower sees the proposal still');
  desk.is(grants_of(desk, 'G6001').filter((one) => one.confirmed_by === people.supervisor).length, 1, 'grants of the quicker');
}

// Of the last of the roster, whose row is far below what is told.
async function an_invitation(desk) {
  const supervisor = await desk.signed_on(people.supervisor), guest = await desk.browser();
  await desk.open(supervisor, '人员与岗位');
  const row = desk.row(supervisor.getByRole('tabpanel', {name: '名册'}), 'G7001');
  const asking = await desk.asked(supervisor, desk.button(row, '签发登录码'), 'invite');
  await desk.button(asking, '签发登录码').click();
  const code = supervisor.locator('code.code');
  await code.waitFor();
  await desk.settled(supervisor);
  const issued = await code.innerText();
  await desk.judged(supervisor, 'desk-invited');
  await desk.button(desk.dialog(supervisor), '关闭').click();
  await desk.done(supervisor);
  desk.check(!(await supervisor.content()).includes(issued), 'a code that was closed stays in the page');
  await guest.goto(`${desk.site.base}/staff/`);
  await guest.getByLabel('登录码').fill(issued);
  await desk.button(guest, '登录').click();
  await guest.waitForURL('**/desk/**');
  await desk.settled(guest);
  desk.check((await guest.locator('.who').innerText()).includes('G7001'), 'who was invited is signed on');
  const ending = await desk.asked(supervisor, desk.button(row, '结束登录'), 'end-sessions');
  await desk.button(ending, '结束登录').click();
  await desk.done(supervisor);
  await desk.told(supervisor, '已结束 1 个登录', 'the end of his sessions');
  await guest.locator('nav.menu').getByRole('link', {name: '目录'}).click();
  await guest.waitForURL('**/staff/');
  await desk.sound(supervisor, 'an invitation');
}

async function leaving(desk) {
  const here = await desk.signed_on(people.head), there = await desk.signed_on(people.head);
  await desk.open(here, '权限表');
  await desk.open(here, '我的工作台');
  const asking = await desk.asked(here, desk.button(here, '退出全部登录'), 'leave');
  await desk.button(asking, '退出全部登录').click();
  await here.waitForURL('**/staff/');
  await there.locator('nav.menu').getByRole('link', {name: '目录'}).click();
  await there.waitForURL('**/staff/', {timeout: 10000}).catch(() => {});
  desk.is(new URL(there.url()).pathname, '/staff/', 'the other browser, once one has left everywhere, is at');

  const once = await desk.signed_on(people.head);
  await desk.button(once, '退出').focus();
  await once.keyboard.press('Enter');
  await once.waitForURL('**/staff/');
  await once.goto(`${desk.site.base}/desk/`);
  desk.is(new URL(once.url()).pathname, '/staff/', 'the desk after leaving leads to');
}

module.exports = (desk) => desk.in_turn([a_role, somebody_was_quicker, an_invitation, leaving]);
