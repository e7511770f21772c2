// All three ways in lead to the desk; whatever is wrong with a code or a ticket has one answer; without a session there is no desk.
'use strict';
const {people} = require('./desk_browser');

async function by_code(desk, staff_id, code) {
  const page = await desk.browser();
  await page.goto(`${desk.site.base}/staff/`);
  await page.getByLabel('登录码').fill(code);
  const answered = page.waitForResponse((response) => response.url().endsWith('/staff/sign-on'));
  await page.keyboard.press('Enter');
  page.status = (await answered).status();
  await page.waitForLoadState('load');
  return page;
}

// As the trading platform does it: a page of another site posts what its host gave.
async function by_ticket(desk, ticket, from) {
  const page = await desk.browser();
  await page.route(`${from}/**`, (route) => route.fulfill({contentType: 'text/html; charset=utf-8',
    body: `<form method="post" action="${desk.site.base}/staff/sign-on"><input name="ticket" value="${ticket}"><button>进入</button></form>`}));
  await page.goto(`${from}/desk`);
  page.wrong.length = 0; // that site is another origin
  const answered = page.waitForResponse((response) => response.url().endsWith('/staff/sign-on'));
  await page.getByRole('button').click();
  page.status = (await answered).status();
  await page.waitForLoadState('load');
  return page;
}

// Where the centre's people are known already: its pages are another site's.
async function by_openid(desk, staff_id) {
  const page = await desk.browser();
  await page.goto(`${desk.site.base}/staff/`);
  await page.getByRole('link', {name: '示例认证登录'}).click();
  await page.locator('input[name=login]').fill(staff_id);
  await page.locator('input[name=password]').fill('x');
  await page.locator('button[type=submit]').click();
  const answered = page.waitForResponse((response) => response.url().startsWith(`${desk.site.base}/staff/openid/back`));
  await page.locator('button[type=submit]').click();
  const answer = await answered;
  page.status = answer.status();
  page.came_back = answer.url();
  page.wrong.length = 0;
  await page.waitForLoadState('load');
  return page;
}

async function lands(desk, page, staff_id, how) {
  await page.waitForURL(`${desk.site.base}/desk/**`, {timeout: 10000}).catch(() => {});
  desk.is(new URL(page.url()).pathname, '/desk/', `${how} leads to`);
  await desk.settled(page);
  desk.is(await desk.heading(page), '我的工作台', `${how}: the heading`);
  desk.check((await page.locator('.who').innerText()).includes(staff_id), `${how}: who is signed on`);
  await desk.sound(page, how);
}

module.exports = async function sign_on(desk) {
  const {base, portal} = desk.site;
  const stranger = await desk.browser();
  await stranger.goto(`${base}/desk/`);
  desk.is(new URL(stranger.url()).pathname, '/staff/', 'the desk without a session leads to');
  await desk.judged(stranger, 'desk-nobody-sign-on');
  await stranger.goto(base);
  desk.is(new URL(stranger.url()).pathname, '/staff/', 'the address alone leads a stranger to');

  const used = desk.code_for(people.contact);
  const contact = await by_code(desk, people.contact, used);
  await lands(desk, contact, people.contact, 'a code');
  desk.check(/一次性链接\s*当前/.test(await desk.row(contact, '当前').innerText()), 'the session of a code says so');
  const ticket = await desk.ticket_for(people.head);
  const head = await by_ticket(desk, ticket, portal);
  desk.is(head.status, 200, 'a ticket');
  await lands(desk, head, people.head, 'a ticket');
  desk.check(/交易平台登录\s*当前/.test(await desk.row(head, '当前').innerText()), 'the session of a ticket says so');

  const known = await by_openid(desk, people.head);
  desk.is(known.status, 200, "the centre's own sign-on");
  await lands(desk, known, people.head, "the centre's own sign-on");
  desk.check(/统一身份认证\s*当前/.test(await desk.row(known, '当前').innerText()), "the session of the centre's own sign-on says so");

  // Ten minutes are too long to wait: the row is made to say that they are over, and says again what the ledger knows afterwards.
  const expired = desk.code_for(people.contact);
  const [invite, until] = desk.store(`select id, until_us from staff_invites where staff_id = '${people.contact}' and used_at_us is null`).split('|');
  desk.store(`update staff_invites set until_us = made_at_us where id = ${invite}`);
  const forged = [...expired].reverse().join('');
  const refusals = {};
  for (const [how, code] of Object.entries({forged, used, expired})) refusals[how] = await by_code(desk, people.contact, code);
  refusals['a used ticket'] = await by_ticket(desk, ticket, portal);
  refusals['a forged ticket'] = await by_ticket(desk, '0123456789abcdef'.repeat(2), portal);
  refusals['a ticket of another site'] = await by_ticket(desk, await desk.ticket_for(people.head), 'https://elsewhere.example');
  refusals['nobody on the roster'] = await by_openid(desk, 'G9999');
  for (const [how, address] of Object.entries({
    'a replayed state': known.came_back, 'a forged state': known.came_back.replace('state=', 'state=9'),
    'a state without a code': known.came_back.replace('code=', 'error=')})) {
    const page = await desk.browser();
    page.status = (await page.goto(address)).status();
    page.wrong.length = 0;
    refusals[how] = page;
  }
  const said = await refusals.forged.content();
  await desk.judge.check_axe(refusals.forged, 'the refusal');
  await desk.shot(refusals.forged, 'desk-nobody-refused');
  for (const [how, page] of Object.entries(refusals)) {
    desk.is(page.status, 403, how);
    desk.check(await page.content() === said, `${how} is told from a forged one: ${await page.locator('main').innerText()}`);
    await page.goto(`${base}/desk/`);
    desk.is(new URL(page.url()).pathname, '/staff/', `${how} opens`);
  }
  desk.store(`update staff_invites set until_us = ${until} where id = ${invite}`);
};
