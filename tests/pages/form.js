// The form: where things lie, how many taps it takes, that nothing moves, that looking is not answering, and faults.
'use strict';

const levels = '.rate > label';
const looks = [
  [{name: 'zh'}, 'phone'], [{name: 'zh'}, 'small'], [{name: 'zh-elder', elder: true}, 'phone'],
  [{name: 'en', language: 'en'}, 'phone'], [{name: 'en', language: 'en'}, 'small'], [{name: 'en-elder', language: 'en', elder: true}, 'phone'],
];

async function first_screen(judge) {
  for (const [look, size] of looks) {
    for (const name of ['SD-OPEN', 'SD-DRAFT', 'SD-SECRET']) {
      const page = await judge.visitor(look, size);
      const where = `${name} ${look.name} ${size}`;
      await page.goto(judge.link(name));
      await judge.shot(page, `first-${name}-${look.name}-${size}`);
      const height = page.viewportSize().height, least = look.elder ? 60 : 44;
      const boxes = await judge.boxes(page, levels);
      judge.is(boxes.length, 5, `${where}: levels`);
      const bar = (await judge.boxes(page, '.bar'))[0];
      for (const box of boxes) {
        judge.check(box.top >= 0 && box.bottom <= Math.min(height, bar.top) + 0.5, `${where}: ${box.text} ends at ${box.bottom} of ${height}, the bar begins at ${bar.top}`);
        judge.check(box.width >= least && box.height >= least, `${where}: ${box.text} is ${box.width}×${box.height}`);
        judge.check(Math.abs(box.width - boxes[0].width) < 1 && Math.abs(box.height - boxes[0].height) < 1, `${where}: ${box.text} is not as large as the first`);
      }
      for (const level of [5, 3, 1]) {
        await page.tap(`#l${level} + label`);
        const send = (await judge.boxes(page, '#send'))[0];
        judge.check(send.top >= 0 && send.bottom <= height, `${where}: after choosing ${level} submit lies at ${send.top} to ${send.bottom}`);
      }
      await judge.shot(page, `chosen-${name}-${look.name}-${size}`);
      await page.waitForFunction(() => !document.getElementById('back').disabled);
      await judge.follow(page, '#back');  // taps on bad levels are stored, so they are taken back
      if (name === 'SD-DRAFT') await fetch(`${judge.api(name)}/draft`, {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: '{"level":2}'});
      await page.context().close();
    }
  }
}

async function taps(judge) {
  const cases = {5: 'SD-FORM-1', 4: 'SD-FORM-2', 3: 'SD-FORM-3'};
  for (const level of [5, 4, 3]) {
    const page = await judge.visitor();
    await page.goto(judge.link(cases[level]));
    let taps = 0;
    for (const where of [`#l${level} + label`, '#send']) { await page.tap(where); ++taps; }
    await page.waitForURL('**/receipt');
    judge.check(taps <= 3, `level ${level} takes ${taps} taps`);
    judge.is((await judge.facts(cases[level])).rating.level, level, `what was tapped is the rating`);
    await page.context().close();
  }
}

// The answer to the draft is held up, so that what it moves cannot hide behind the tap.
async function nothing_moves(judge) {
  const page = await judge.visitor();
  await page.addInitScript(() => {
    window.moved = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) => window.moved.push({value: one.value, at: one.startTime, recent: one.hadRecentInput})))
      .observe({type: 'layout-shift', buffered: true});
  });
  await page.route('**/draft', async (route) => { await new Promise((done) => setTimeout(done, 1200)); await route.continue(); });
  await page.goto(judge.link('SD-FORM-4'));
  await page.waitForTimeout(300);
  judge.is(await page.evaluate(() => window.moved.length), 0, 'moves while it loads');
  const answered = page.waitForResponse('**/draft');
  await page.tap('#l2 + label');
  await page.waitForTimeout(700);
  const before = await page.evaluate(() => { window.moved.length = 0; return document.getElementById('send').getBoundingClientRect().top; });
  await answered;
  await page.waitForTimeout(400);
  judge.is(JSON.stringify(await page.evaluate(() => window.moved)), '[]', 'moves when the draft is answered');
  judge.is(await page.evaluate(() => document.getElementById('send').getBoundingClientRect().top), before, 'submit stays where it is');
  judge.check(/已暂存/.test(await page.textContent('#status')), 'the page says that it is kept');
  judge.is((await judge.facts('SD-FORM-4')).draft?.level, 2, 'a tap on a bad level is kept');
  await judge.shot(page, 'kept');
  await judge.follow(page, '#back');
  judge.is((await judge.facts('SD-FORM-4')).draft, undefined, 'what was kept can be taken back');
  judge.is(await page.locator('input[name=level]:checked').count(), 0, 'and nothing is chosen then');
  await page.context().close();
}

async function looking_is_not_answering(judge) {
  const name = 'SD-FORM-5', draft = async () => (await judge.facts(name)).draft?.level;
  const page = await judge.visitor();
  let stored = 0;
  page.on('request', (request) => { if (/\/draft$/.test(request.url())) ++stored; });
  await page.goto(judge.link(name));
  await page.focus('#l5');
  for (let i = 0; i < 4; ++i) await page.keyboard.press('ArrowDown');
  judge.check(await page.isChecked('#l1'), 'the arrow keys move through the levels');
  await page.waitForTimeout(600);
  judge.is(stored, 0, 'requests while looking through the levels');
  judge.is(await draft(), undefined, 'looking through the levels stores nothing');
  await page.keyboard.press('Tab');
  await page.waitForTimeout(300);
  judge.is(await draft(), undefined, 'leaving the levels stores nothing');
  await page.focus('#l1');
  const kept = page.waitForResponse('**/draft');
  await page.keyboard.press('Space');
  await kept;
  judge.is(await draft(), 1, 'Space stores the level');
  await page.keyboard.press('ArrowUp');
  await page.waitForTimeout(2000);
  judge.is(await draft(), 1, 'looking on changes nothing of what is stored');
  const answered = page.waitForResponse('**/draft');
  await page.keyboard.press('Enter');
  await answered;
  judge.is(await draft(), 2, 'Enter stores the level');
  judge.is((await judge.facts(name)).state, 'draft', 'Enter on a level submits nothing');
  await page.context().close();
}

async function faults(judge) {
  for (const language of ['zh', 'en']) {
    const page = await judge.visitor({language});
    await page.goto(judge.link('SD-FORM-6'));
    await page.tap('#send');
    judge.is(await page.getAttribute('#fault a', 'href'), '#l5', 'no level: the fault links to the levels');
    judge.is(await page.getAttribute('.rate', 'aria-invalid'), 'true', 'no level: the levels are marked');
    judge.is(await page.getAttribute('.rate', 'aria-describedby'), 'fault', 'no level: the levels say why');
    await judge.shot(page, `fault-level-${language}`);
    await page.tap('#l2 + label');
    judge.check(await page.isHidden('#fault'), 'the fault goes when a level is chosen');
    judge.is(await page.getAttribute('.rate', 'aria-invalid'), null, 'and the mark too');
    await judge.touch(page, '#send');
    judge.is(await page.evaluate(() => window.scrollY), 0, 'what was being filled in stays in view');
    const at = await page.getAttribute('#fault a', 'href');
    judge.check(/^#t2/.test(at), `no reason: the fault links to ${at}`);
    judge.is(await page.getAttribute('#text', 'aria-invalid'), 'true', 'no reason: the text is marked');
    await judge.shot(page, `fault-reason-${language}`);
    await judge.check_axe(page, `fault ${language}`);
    await page.tap('#fault a');
    judge.check(await page.evaluate((id) => document.activeElement.id === id, at.slice(1)), 'the link leads to the field');
    // “可不填” and “不少于 10 字” never stand together.
    judge.check(await page.isHidden('.words .if-good'), 'a bad level does not say that the text may be left out');
    await page.fill('#text', language === 'zh' ? '办理时间超过了承诺的期限' : 'It took longer than promised');
    judge.check(await page.isHidden('#fault'), 'the fault goes when enough is written');
    await judge.follow(page, '#back');
    await page.context().close();
  }
  const page = await judge.visitor();
  await page.goto(judge.link('SD-FORM-6'));
  await page.tap('#l4 + label');
  judge.check(await page.isVisible('.words .if-good'), 'a good level says that the text may be left out');
  await page.fill('#text', '好'.repeat(150));
  judge.is(await page.textContent('#count'), '150/2000', 'what the province sees whole');
  await page.fill('#text', '好'.repeat(151));
  judge.check(/^151\/2000 · 第 150 字起省平台看不到/.test(await page.textContent('#count')), 'what the province does not see is said');
  await judge.shot(page, 'unseen');
  await page.context().close();
}

async function without_a_script(judge) {
  for (const language of ['zh', 'en']) {
    const name = language === 'zh' ? 'SD-FORM-7' : 'SD-FORM-8';
    const page = await judge.visitor({language, script: false});
    await page.goto(judge.link(name));
    await page.tap('#l2 + label');
    await judge.follow(page, '#send');
    judge.is((await judge.facts(name)).draft?.level, 2, 'a bare bad level is kept');
    await judge.shot(page, `bare-draft-${language}`);
    await judge.follow(page, '#back');
    judge.is((await judge.facts(name)).draft, undefined, 'and taken back');
    await page.tap('#l1 + label');
    await judge.follow(page, '#send');
    await judge.follow(page, '#send');
    judge.check(await page.isVisible('#fault a'), 'without a reason it says so');
    await judge.shot(page, `bare-fault-${language}`);
    await judge.tap(page, '.p1 .head > label');
    await page.tap('#send');
    await page.waitForURL('**/receipt');
    judge.is((await judge.facts(name)).rating?.level, 1, 'and with one it is the rating');
    await page.context().close();
  }
}

module.exports = async function form(judge) {
  await first_screen(judge);
  await taps(judge);
  await nothing_moves(judge);
  await looking_is_not_answering(judge);
  await faults(judge);
  await without_a_script(judge);
};
