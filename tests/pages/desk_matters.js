// What they decide there: whose a case is, what goes to the province, what the catalogue says, when the centre is closed.
'use strict';
const {fetched} = require('./desk_access');
const {people, other_supervisor} = require('./desk_browser');

async function an_attribution(desk) {
  const supervisor = await desk.signed_on(people.supervisor), signer = await desk.signed_on(people.second_signer);
  const technical = await desk.signed_on(people.technical);
  await desk.open(supervisor, '待归属');
  const open = desk.row(desk.section(supervisor, '归属不全的办件'), 'DK-HANDLESS');
  const assigning = await desk.asked(supervisor, desk.button(open, '确定归属'), 'assign');
  await assigning.getByLabel('原因').fill('主机漏报办理人');
  await desk.button(assigning, '提交').click();
  desk.is(await assigning.locator('#ask-missing').innerText(), '请至少填写一项归属', 'an attribution of nothing');
  await assigning.getByLabel('办理人').click();
  await supervisor.keyboard.type('G3002');
  await supervisor.keyboard.press('Enter');
  desk.check((await assigning.innerText()).includes('阮嘉言（G3002）'), 'who was added is not named');
  await desk.button(assigning, '提交').click();
  await desk.done(supervisor);
  await desk.told(supervisor, '此办件已有评价，须另一人复签后生效', 'the attribution');
  const waiting = desk.row(desk.section(supervisor, '等待复签'), 'DK-HANDLESS');
  desk.is(await waiting.count(), 1, 'attributions that wait');
  desk.is(await desk.button(waiting, '复签').count(), 0, 'who may not sign is offered to');
  await desk.judged(supervisor, 'desk-waiting');

  await desk.open(technical, '待归属');
  await desk.button(desk.row(desk.section(technical, '归属不全的办件'), 'DK-HANDLESS'), '确定归属').click();
  await desk.dialog(technical).getByLabel('事项').selectOption('GC-04');
  await desk.dialog(technical).getByLabel('原因').fill('试');
  await desk.button(desk.dialog(technical), '提交').click();
  await desk.dialog(technical).locator('.notice.bad').waitFor();
  await desk.settled(technical);
  desk.is(technical.refusals.splice(0).join().replace(/\d{5,}/, 'ID'), '403 POST /api/v1/staff/cases/ID/attribution', 'technical changes what is rated');
  await desk.judged(technical, 'desk-assign-refused');
  await desk.button(desk.dialog(technical), '取消').click();
  await desk.done(technical);

  await desk.open(signer, '待归属');
  const signing = await desk.asked(signer, desk.button(desk.row(desk.section(signer, '等待复签'), 'DK-HANDLESS'), '复签'), 'sign');
  desk.check((await signing.innerText()).includes('G3002'), 'the window does not say what is signed');
  await desk.button(signing, '复签').click();
  await desk.done(signer);
  await desk.told(signer, /^归属已生效/, 'the signature');
  desk.is(await desk.row(signer, 'DK-HANDLESS').count(), 0, 'what was signed stands in the lists');
  await desk.open(supervisor, '我的工作台');
  await desk.open(supervisor, '待归属');
  desk.is(await desk.row(supervisor, 'DK-HANDLESS').count(), 0, 'what was signed stands in the lists of who proposed it');
  desk.check(!desk.hcpctl('catalogue', 'unassigned', 'list').includes('DK-HANDLESS'), 'what was signed is not attributed');

  await desk.button(desk.row(technical, 'DK-PLACELESS'), '确定归属').click();
  await desk.dialog(technical).getByLabel('事项').selectOption('GC-04');
  await desk.dialog(technical).getByLabel('原因').fill('主机漏报环节');
  await desk.button(desk.dialog(technical), '提交').click();
  await desk.done(technical);
  await desk.told(technical, '归属已生效；现在推送 1 条', 'what nobody has rated');
  desk.is(await desk.row(technical, 'DK-PLACELESS').count(), 0, 'what has its place stands in the list');
  for (const page of [supervisor, signer, technical]) await desk.sound(page, 'an attribution');
}

async function handle(desk, page, how, cases, name) {
  for (const case_no of cases) await page.getByRole('checkbox', {name: `选择 ${case_no} 办件服务`}).check();
  const dialog = await desk.asked(page, desk.button(page, how), name);
  await desk.button(dialog, `${how} ${cases.length} 条`).click();
  const answers = page.getByRole('dialog', {name: `“${how}”的结果`});
  await answers.waitFor();
  await desk.settled(page);
  await desk.judged(page, `desk-${name}-answers`);
  const text = await answers.innerText();
  await desk.button(answers, '关闭').first().click();
  await desk.done(page);
  return text;
}

async function some_deliveries(desk) {
  const page = await desk.signed_on(people.technical);
  await desk.open(page, '推送');
  const some = ['DK-4', 'DK-5'];
  const held = await handle(desk, page, '暂缓', [...some, 'DK-OWN'], 'hold');
  desk.check(held.includes('所选 3 条，办成 2 条'), `holding: ${held}`);
  desk.check(/DK-OWN[^]*未办[^]*您经办的办件/.test(held), `what one handled oneself is held: ${held}`);
  const filters = page.locator('form.filters');
  await filters.getByLabel('状态').selectOption({label: '暂缓'});
  await filters.getByLabel('原因').selectOption({label: '人工暂缓'});
  await filters.getByLabel('办件编号').press('Enter');
  await desk.settled(page);
  desk.is((await page.locator('tbody a').allInnerTexts()).join(), some.join(), 'what is held');
  desk.is((await fetched(page, 'deliveries?state=held&reason=operator')).total, some.length, 'deliveries that are held');
  await desk.judged(page, 'desk-held');
  await page.reload();
  await desk.settled(page);
  desk.is((await page.locator('tbody a').allInnerTexts()).join(), some.join(), 'what is held, after a reload');
  const released = await handle(desk, page, '解除暂缓', some, 'release');
  desk.check(released.includes('所选 2 条，办成 2 条'), `releasing: ${released}`);
  desk.is(await page.locator('tbody a').count(), 0, 'what is released stands under what is held');
  await page.getByRole('search').getByLabel('办件编号').first().fill('DK-4');
  await page.keyboard.press('Enter');
  await desk.settled(page);
  await page.getByRole('link', {name: '查看推送'}).click();
  await desk.settled(page);
  await page.locator('tbody a', {hasText: 'DK-4'}).click();
  await page.getByRole('heading', {level: 1, name: /^推送 \d+/}).waitFor();
  await desk.settled(page);
  await desk.button(page, '暂缓').click();
  await desk.button(desk.dialog(page), '暂缓').click();
  await desk.done(page);
  await desk.told(page, '已办理“暂缓”', 'one delivery');
  await desk.button(page, '解除暂缓').click();
  await desk.button(desk.dialog(page), '解除暂缓').click();
  await desk.done(page);
  await desk.told(page, '已办理“解除暂缓”', 'one delivery');
  desk.is((await fetched(page, 'deliveries?state=held&reason=operator')).total, 0, 'deliveries that stay held');
  await desk.sound(page, 'deliveries');
}

async function a_draft(desk) {
  desk.hcpctl('catalogue', 'import', desk.site.catalogue, '--as', people.technical);
  const technical = await desk.signed_on(people.technical), head = await desk.signed_on(people.head);
  const supervisor = await desk.signed_on(people.supervisor);
  await desk.open(technical, '目录');
  await technical.getByText('只看草稿').click();
  const drafts = technical.getByRole('tabpanel').filter({visible: true}).locator('tbody tr');
  desk.is(await drafts.count(), 2, 'drafts');
  desk.is(await desk.button(technical, '发布草稿').count(), 0, 'who may not release is offered to');
  const sheet = await desk.asked(technical, desk.button(drafts.filter({hasText: 'GC-01'}), '对照'), 'draft');
  desk.is(await sheet.locator('tr.marked').count(), 1, 'columns that differ');
  desk.check((await sheet.locator('tr.marked').innerText()).includes('（本季度修订）'), 'what differs is not shown');
  await desk.button(sheet, '关闭').last().click();
  await desk.done(technical);
  const checked = await desk.asked(technical, desk.button(technical, '检查草稿'), 'check');
  desk.check((await checked.innerText()).includes('草稿 2 份。 没有发现错误，可以发布。'), `the check: ${await checked.innerText()}`);
  await desk.button(checked, '关闭').last().click();
  await desk.done(technical);

  for (const [page, said] of [[head, '已发布 1 份；1 份不归您发布，仍为草稿'], [supervisor, '已发布 1 份']]) {
    await desk.open(page, '目录');
    await desk.asked(page, desk.button(page, '发布草稿'), page === head ? 'release-own' : 'release-catalogue');
    await desk.button(desk.dialog(page), '发布').click();
    await desk.done(page);
    await desk.told(page, said, 'the release');
  }
  desk.check(await desk.button(supervisor, '发布草稿').isDisabled(), 'nothing is left, and a release is offered');
  const {editions} = await fetched(supervisor, 'catalogue');
  desk.is(editions.filter((one) => one.draft).length, 0, 'drafts that are left');
  desk.is(editions.filter((one) => one.revision === 2).map((one) => `${one.code} ${one.released_by}`).sort().join(),
    `GC-01 ${people.head},ZC-01 ${people.supervisor}`, 'what was released, by whom');
  for (const page of [technical, head, supervisor]) await desk.sound(page, 'a draft');
}

async function some_days_off(desk) {
  desk.hcpctl('calendar', 'import', desk.site.local_days);
  const anybody = await desk.signed_on(people.evaluated);
  await desk.open(anybody, '工作日历');
  desk.is(await desk.row(anybody, '搬迁安排').locator('.el-tag').innerText(), '待启用', 'the local days');
  desk.is(await desk.button(anybody, '启用本地安排').count() + await desk.button(anybody, '查看影响').count(), 0, 'what anybody is offered of the calendar');
  const pages = [await desk.signed_on(people.supervisor), await desk.signed_on(other_supervisor)];
  const [first, second] = pages;
  for (const page of pages) await desk.open(page, '工作日历');
  const impact = await desk.asked(first, desk.button(first, '查看影响'), 'impact');
  await impact.getByText('联系期限：').waitFor();
  await desk.settled(first);
  await desk.judged(first, 'desk-impact-told');
  desk.check(/联系期限：在途 \d+ 件，会顺延 [1-9]/.test(await impact.innerText()), `the impact: ${await impact.innerText()}`);
  await desk.button(impact, '关闭').last().click();
  await desk.done(first);
  for (const page of pages) await desk.asked(page, desk.button(page, '启用本地安排'), 'activate');
  await desk.button(desk.dialog(first), '启用').click();
  await desk.done(first);
  await desk.told(first, /^已启用，日历 /, 'the activation');
  desk.is(await desk.row(first, '搬迁安排').locator('.el-tag').innerText(), '现行', 'the local days, activated');
  desk.check(await desk.button(first, '启用本地安排').isDisabled(), 'what is activated can be so again');
  await desk.button(desk.dialog(second), '启用').click();
  await desk.dialog(second).getByRole('alert').filter({hasText: '已有他人先行办理'}).waitFor();
  desk.is(second.refusals.splice(0).length, 1, 'refusals of the second activation');
  for (const page of [anybody, ...pages]) await desk.sound(page, 'days off');
}

async function an_interpretation(desk) {
  const supervisor = await desk.signed_on(people.supervisor), anybody = await desk.signed_on(people.evaluated);
  await desk.open(supervisor, '规则版本');
  desk.check((await supervisor.locator('section.card').innerText()).includes('有效期已满，继续沿用'), 'what is past its end is not told');
  const row = desk.row(supervisor, '评价期限（天）');
  const dialog = await desk.asked(supervisor, desk.button(row, '解释'), 'interpret');
  await desk.button(dialog, '解释').click();
  desk.is(await dialog.getByRole('alert').innerText(), '请填写', 'an interpretation of nothing');
  await dialog.getByLabel('解释').fill('自办结次日起算，法定节假日不计');
  await desk.button(dialog, '解释').click();
  await desk.done(supervisor);
  await desk.told(supervisor, '已写下解释', 'the interpretation');
  await desk.judged(supervisor, 'desk-policies');
  await desk.open(anybody, '规则版本');
  const read = desk.row(anybody, '评价期限（天）');
  for (const one of ['5', '自办结次日起算，法定节假日不计', people.supervisor])
    desk.check((await read.innerText()).includes(one), `the rule does not say ${one}: ${await read.innerText()}`);
  desk.is(await desk.button(read, '解释').count(), 0, 'who may not interpret is offered to');
  await desk.sound(anybody, 'the rules');
}

module.exports = (desk) => desk.in_turn([an_attribution, some_deliveries, a_draft, an_interpretation, some_days_off]);
