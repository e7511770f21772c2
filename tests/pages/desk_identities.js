// Who rated is masked at the desk; who may see it says what for, is on record, and answers for it.
'use strict';
const {people, other_supervisor} = require('./desk_browser');

const subject = (desk) => desk.site.never.filter((one) => one !== desk.site.secret.case_no);
const unmaskings = (desk) => Number(desk.store('select count(*) from unmaskings'));

async function look_up(desk, page, case_no) {
  await page.getByRole('banner').getByLabel('办件编号').fill(case_no);
  await page.keyboard.press('Enter');
  await desk.settled(page);
}

async function by_number(desk) {
  const supervisor = await desk.signed_on(people.supervisor), technical = await desk.signed_on(people.technical);
  const head = await desk.signed_on(people.head);
  await look_up(desk, supervisor, 'DK-2');
  desk.is(await desk.heading(supervisor), '评价查询', 'the room of a search');
  const row = desk.row(supervisor, '某供应商');
  for (const one of ['不满意（本人评价）', '已评', '工程建设项目进场登记'])
    desk.check((await row.innerText()).includes(one), `what supervision finds does not say ${one}: ${await row.innerText()}`);
  await desk.judged(supervisor, 'desk-evaluations');
  for (const case_no of [desk.site.secret.case_no, 'DK-NONE']) {
    const page = await desk.signed_on(people.supervisor);
    page.shown = [desk.site.secret.case_no]; // what one has typed stands in the field
    await look_up(desk, page, case_no);
    desk.is(await page.locator('tbody tr').count(), 0, `what is found of ${case_no}`);
    desk.check((await page.locator('.empty').innerText()).includes('没有这一办件的评价'), `${case_no} is told from what is not there`);
  }
  await look_up(desk, technical, 'DK-2');
  const seen = desk.row(technical, '某供应商');
  desk.check(!(await seen.innerText()).includes('不满意'), 'technical staff see how it was rated');
  desk.is(await desk.button(seen, '查阅身份').count(), 0, 'technical staff are offered to see who rated');
  await look_up(desk, head, 'DK-2');
  desk.is(await desk.button(desk.row(head, '某供应商'), '查阅身份').count(), 0, 'who handled it is offered to see who rated');
  for (const page of [technical, head]) await desk.sound(page, 'a search');
}

async function an_identity(desk) {
  const supervisor = await desk.signed_on(people.supervisor);
  await look_up(desk, supervisor, 'DK-2');
  const row = desk.row(supervisor, '某供应商'), before = unmaskings(desk);
  const dialog = await desk.asked(supervisor, desk.button(row, '查阅身份'), 'unmask');
  await desk.button(dialog, '查阅身份').click();
  desk.is(await dialog.getByRole('alert').innerText(), '请选择目的，并写明原因', 'seeing without a purpose');
  desk.is(unmaskings(desk), before, 'what is on record of what was not shown');
  await dialog.getByLabel('目的').selectOption('verify');
  await dialog.getByLabel('原因').fill('来电质疑评价真实性');
  supervisor.shown = subject(desk);
  await desk.button(dialog, '查阅身份').click();
  await dialog.locator('.watermark').waitFor();
  await desk.settled(supervisor);
  const shown = await dialog.locator('.facts').innerText();
  desk.check(shown.includes('示例建设集团') && !shown.includes('13864001177'), `the identity: ${shown}`);
  desk.check((await dialog.innerText()).includes(`（${people.supervisor}）`), 'what is shown has no mark of whoever sees it');
  const drawn = await dialog.locator('.watermark').evaluate((it) => it.getContext('2d').getImageData(0, 0, it.width, it.height).data.filter((one) => one).length);
  desk.check(drawn > 1000, `the mark is drawn in ${drawn} places`);
  desk.is(unmaskings(desk), before + 1, 'what is on record of what was shown');
  await desk.judged(supervisor, 'desk-unmasked');
  await desk.button(dialog, '关闭').click();
  await desk.done(supervisor);
  supervisor.shown = [];
  await desk.sound(supervisor, 'what was shown, after its window');

  const again = await desk.asked(supervisor, desk.button(row, '查阅身份'), 'unmask-phone');
  await again.getByLabel('查阅内容').selectOption('phone');
  await again.getByLabel('目的').selectOption('contact');
  await again.getByLabel('原因').fill('差评回访');
  supervisor.shown = subject(desk);
  await desk.button(again, '查阅身份').click();
  await again.locator('.watermark').waitFor();
  const number = await again.locator('.facts').innerText();
  desk.check(number.includes('13864001177') && !number.includes('示例建设集团'), `the telephone: ${number}`);
  await desk.button(again, '关闭').click();
  await desk.done(supervisor);
  await Promise.all(supervisor.bodies.splice(0));
  supervisor.shown = [];

  const seen = await desk.asked(supervisor, desk.button(row, '谁查阅过'), 'who-saw');
  desk.is(await seen.locator('tbody tr').count(), 2, 'who saw it');
  for (const one of [people.supervisor, '核实评价', '来电质疑评价真实性', '联系评价主体'])
    desk.check((await seen.innerText()).includes(one), `who saw it does not say ${one}`);
  await desk.button(seen, '关闭').click();
  await desk.done(supervisor);
}

async function a_leak(desk) {
  const supervisor = await desk.signed_on(people.supervisor), other = await desk.signed_on(other_supervisor);
  await look_up(desk, supervisor, 'DK-2');
  const dialog = await desk.asked(supervisor, desk.button(desk.row(supervisor, '某供应商'), '登记泄露'), 'report-leak');
  await desk.button(dialog, '登记泄露').click();
  desk.is(await dialog.getByRole('alert').innerText(), '请填写', 'a leak without an occasion');
  await dialog.getByLabel('线索').fill('评价主体的名称出现在群聊中');
  await desk.button(dialog, '登记泄露').click();
  await desk.done(supervisor);
  await desk.told(supervisor, '已登记，等待决定', 'the report');

  await desk.open(supervisor, '身份查阅');
  const own = desk.row(desk.section(supervisor, '泄露案件'), 'DK-2');
  desk.check((await own.innerText()).includes('您登记过或查阅过，由他人决定'), 'who reported it is offered to decide');
  desk.check((await desk.section(supervisor, '每月查阅报告').locator('tbody').innerText()).includes(people.supervisor), 'the report of the month has nobody');
  desk.is(await desk.section(supervisor, '各次查阅').locator('tbody tr').count(), 2, 'what was seen in the month');
  await desk.judged(supervisor, 'desk-unmaskings');

  await desk.open(other, '消息');
  await other.getByRole('link', {name: '身份查阅'}).last().click();
  await desk.settled(other);
  const leak = desk.row(desk.section(other, '泄露案件'), 'DK-2');
  for (const one of ['评价主体的名称出现在群聊中', `（${people.supervisor}） 2 次`, '查处中'])
    desk.check((await leak.innerText()).includes(one), `the leak case does not say ${one}: ${await leak.innerText()}`);
  const deciding = await desk.asked(other, desk.button(leak, '决定'), 'decide-leak');
  await deciding.getByLabel('结论').selectOption('confirmed');
  await deciding.getByLabel('泄露人工号').fill('G9999');
  await deciding.getByLabel('处理结果').fill('经查');
  await desk.button(deciding, '决定').click();
  await deciding.locator('.notice.bad').waitFor();
  await desk.settled(other);
  desk.check(/^422 POST/.test(other.refusals.splice(0).join()), 'a culprit whom nobody knows');
  await deciding.getByLabel('结论').selectOption('unfounded');
  await deciding.getByLabel('处理结果').fill('群聊中是另一单位');
  await desk.button(deciding, '决定').click();
  await desk.done(other);
  await desk.told(other, '已决定', 'the decision');
  desk.check((await leak.innerText()).includes('未外泄'), 'what was decided is not shown');
  desk.is(await desk.button(leak, '决定').count(), 0, 'what is decided is offered again');
  await desk.judged(other, 'desk-leak-decided');
  desk.check(/没有发现改动/.test(desk.hcpctl('ledger', 'verify')), 'the ledger after all this');
}

module.exports = (desk) => desk.in_turn([by_number, an_identity, a_leak]);
