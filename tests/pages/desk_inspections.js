// What is looked through from end to end: begun at the desk, watched while it runs, and told when it has ended.
'use strict';
const {people} = require('./desk_browser');

async function ended(desk, page, button) {
  const begun = page.waitForResponse((one) => one.request().method() === 'POST');
  await desk.button(page, button).click();
  desk.is((await begun).status(), 202, `${button}: begun`);
  await desk.settled(page);
  await page.getByRole('status').filter({hasText: /^上次由 .+ 完成。$/}).waitFor({timeout: 60000});
  await desk.settled(page);
}

async function the_ledger(desk) {
  const page = await desk.signed_on(people.technical);
  await desk.open(page, '留痕核验');
  await ended(desk, page, '开始核验');
  const said = await page.locator('section.card').innerText();
  desk.check(said.includes('没有发现改动。'), `the ledger: ${said}`);
  desk.check(/留痕（条）\s+[1-9]/.test(said), `entries of the ledger: ${said}`);
  await desk.judged(page, 'desk-ledger');
  // Whoever else may look sees what came of it.
  const supervisor = await desk.signed_on(people.supervisor);
  await desk.open(supervisor, '留痕核验');
  desk.check((await supervisor.locator('section.card').innerText()).includes(people.technical), 'who began it is not told');
}

async function a_row_that_was_changed(desk) {
  const page = await desk.signed_on(people.technical);
  const rating = desk.store("select r.id from ratings r join evaluations e on e.rating_id = r.id join cases c on c.id = e.case_id where c.case_no = 'DK-1'");
  const level = (n) => desk.store(`update ratings set level_code = ${n} where id = ${rating}`);
  level(2);
  try {
    await desk.open(page, '留痕核验');
    await ended(desk, page, '开始核验');
    const row = desk.row(page, rating);
    desk.check((await row.innerText()).includes('评价被改动'), `what was changed is not found: ${await page.locator('section.card').innerText()}`);
    await desk.judged(page, 'desk-ledger-changed');
  } finally {
    level(5);
  }
  await ended(desk, page, '开始核验');
  desk.is(await page.locator('tbody tr').count(), 0, 'what is found of rows that are as they were');
}

async function the_coverage(desk) {
  const page = await desk.signed_on(people.supervisor);
  await desk.open(page, '覆盖情况');
  await ended(desk, page, '开始查看');
  const said = desk.hcpctl('coverage', '--from', await page.getByLabel('办结日自').inputValue(), '--to', await page.getByLabel('办结日至').inputValue());
  const gaps = said.split('\n').filter((line) => line.startsWith('未覆盖 ')).map((line) => line.split(' ')[2]);
  const shown = await page.locator('tbody td.code-word').allInnerTexts();
  desk.is(shown.sort().join(), gaps.sort().join(), 'the gaps that the desk names');
  await desk.judged(page, 'desk-coverage');
}

module.exports = (desk) => desk.in_turn([the_ledger, a_row_that_was_changed, the_coverage]);
