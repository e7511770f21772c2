// What was typed survives a reload, 长辈版, the other language and a lost network; and no page is a dead end.
'use strict';

async function typed(page) {
  return page.evaluate(() => ({
    level: document.querySelector('input[name=level]:checked')?.value, text: document.getElementById('text').value,
    tags: document.querySelectorAll('input[type=checkbox]:checked').length, key: document.querySelector('[name=request_key]').value
  }));
}

async function reloads(judge) {
  const page = await judge.visitor();
  await page.goto(judge.link('SD-FORM-9'));
  await page.tap('#l4 + label');
  await page.tap('.p4 .head > label');
  await page.fill('#text', '窗口人员很耐心');
  const wanted = JSON.stringify(await typed(page));
  await page.reload();
  judge.is(JSON.stringify(await typed(page)), wanted, 'what survives a reload');
  for (const [i, what] of ['长辈版', '标准版', 'EN', '中文'].entries()) {
    await judge.follow(page, page.locator('.switches a').nth(i < 2 ? 0 : 1));
    judge.is(JSON.stringify(await typed(page)), wanted, `what survives the switch ${what}`);
  }
  judge.is((await judge.facts('SD-FORM-9')).draft, undefined, 'nothing was stored by it');
  await page.context().close();
}

async function a_lost_network(judge) {
  const page = await judge.visitor();
  const keys = [];
  page.on('request', (request) => { if (/\/rating$/.test(request.url())) keys.push(JSON.parse(request.postData()).request_key); });
  await page.goto(judge.link('SD-FORM-9'));
  await page.tap('#l5 + label');
  await page.context().setOffline(true);
  await page.waitForFunction(() => /网络已断开/.test(document.getElementById('status').textContent));
  judge.check(true, 'the page says that it is offline');
  await judge.shot(page, 'offline');
  await page.tap('#send');
  await page.waitForSelector('#fault:not([hidden])');
  judge.check(/网络恢复后会再次提交/.test(await page.textContent('#fault')), 'the page says what will happen');
  await judge.shot(page, 'lost');
  await page.context().setOffline(false);
  await page.waitForURL('**/receipt');
  judge.check(keys.length === 2 && keys[0] === keys[1], `it is sent again with the same key: ${keys}`);
  judge.is((await judge.facts('SD-FORM-9')).rating.level, 5, 'and is the rating');
  await page.context().close();
}

// The answer is lost although it was stored: after a reload the same rating is sent, and is the same.
async function a_lost_answer(judge) {
  const page = await judge.visitor();
  await page.route('**/rating', async (route) => { await route.fetch(); await route.abort(); }, {times: 1});
  await page.goto(judge.link('SD-FORM-10'));
  await page.tap('#l5 + label');
  await page.tap('#send');
  await page.waitForSelector('#fault:not([hidden])');
  await page.tap('#send');
  await page.waitForURL('**/receipt');
  judge.is((await judge.facts('SD-FORM-10')).rating.level, 5, 'what was stored once is the rating');
  await page.context().close();
}

async function leading_on(judge) {
  const page = await judge.visitor();
  await page.goto(judge.ticket());
  await judge.shot(page, 'list', true);
  const waiting = await page.locator('.cards > li').count();
  judge.is(await page.locator('.cards input:checked:not([value="2"])').count(), 0, 'nothing is chosen but what was begun');
  const deadlines = await page.$$eval('.cards .countdown', (all) => all.map((one) => one.textContent));
  judge.is(deadlines.length, waiting, 'each card counts down');
  // A level where it stands, and on to the next.
  const card = page.locator('.cards > li', {hasText: 'SD-FORM-11'});
  await card.locator('.rate > label').nth(1).tap();
  await card.locator('button').tap();
  await page.waitForURL('**/receipt');
  judge.is((await judge.facts('SD-FORM-11')).rating.level, 4, 'the card rates');
  const next = page.locator('.lead .main');
  judge.is((await next.textContent()).trim(), `下一件（还有 ${waiting - 1} 件）`, 'the receipt leads on');
  await judge.shot(page, 'receipt-signed-on', true);
  await judge.follow(page, next);
  judge.check(await page.locator('#rating').count() === 1, 'to what can be rated');
  await page.locator('.lead a', {hasText: '返回列表'}).tap();
  await page.waitForURL('**/my');
  judge.is(await page.locator('.cards > li').count(), waiting - 1, 'and back to the list');
  await page.context().close();
}

module.exports = async function survival(judge) {
  await reloads(judge);
  await a_lost_network(judge);
  await a_lost_answer(judge);
  await leading_on(judge);
};
