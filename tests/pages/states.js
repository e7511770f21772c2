// Every state, in both languages, normal, elder, dark and without a script: nothing scrolls sideways at 320 px, everything can be
// touched, axe finds nothing, and the title says how it stands.
'use strict';

const pages = [
  // name, link, what follows it, title
  ['open', 'SD-OPEN', '', [/· 待评价/, /· To be rated/]],
  ['draft', 'SD-DRAFT', '', [/已暂存，待提交/, /Saved, not submitted/]],
  ['good', 'SD-GOOD', '', [/· 已评价/, /· Rated/]],
  ['bad', 'SD-BAD', '', [/· 已评价/, /· Rated/]],
  ['refused', 'SD-BAD', '?already=1', [/^错误：/, /^Error: /]],
  ['receipt-good', 'SD-GOOD', '/receipt', [/评价回执/, /Receipt/]],
  ['receipt-bad', 'SD-BAD', '/receipt', [/评价回执/, /Receipt/]],
  ['receipt-secret', 'SD-SECRET-BAD', '/receipt', [/评价回执/, /Receipt/]],
  ['receipt-swept', 'SD-SWEPT', '/receipt', [/评价回执/, /Receipt/]],
  ['defaulted', 'SD-DEFAULTED', '', [/系统默认/, /System default/]],
  ['commented', 'SD-COMMENTED', '?noted=1', [/系统默认/, /System default/]],
  ['swept', 'SD-SWEPT', '', [/· 已评价/, /· Rated/]],
  ['late', 'SD-LATE', '', [/已截止/, /Closed/]],
  ['late-draft', 'SD-LATE-DRAFT', '', [/已截止/, /Closed/]],
  ['barred', 'SD-BARRED', '', [/暂不能评价/, /Rating suspended/]],
  ['voided', 'SD-VOIDED', '', [/办件已撤回/, /Case withdrawn/]],
  ['voided-rated', 'SD-VOIDED-RATED', '', [/· 已评价/, /· Rated/]],
  ['secret', 'SD-SECRET', '', [/· 待评价/, /· To be rated/]],
];
const others = [
  ['help', '/', [/怎样评价/, /How to rate/]],
  ['unknown', '/e/AAAAAAAAAAAAAAAAAAAAAA', [/^错误：页面不存在/, /^Error: There is no such page/]],
  ['signed-off', '/my', [/^错误：请先登录/, /^Error: Please sign on/]],
  ['expired', '/s?ticket=none', [/^错误：登录已失效/, /^Error: Your sign-on has expired/]],
];
const looks = [
  {name: 'normal'}, {name: 'elder', elder: true}, {name: 'dark', dark: true}, {name: 'bare', script: false},
];

async function judge_page(judge, page, name, look, titles) {
  const english = look.language === 'en';
  const where = `${name} ${english ? 'en' : 'zh'} ${look.name}`;
  judge.check(titles[english ? 1 : 0].test(await page.title()), `${where}: title ${await page.title()}`);
  await judge.shot(page, `${name}-${english ? 'en' : 'zh'}-${look.name}`, true);
  await judge.check_fits(page, where);
  await judge.check_targets(page, look.elder ? 60 : 44, where);
  if (look.script !== false) await judge.check_axe(page, where);
  judge.check(await page.locator('nav.lead a, #rating, footer a[href="/"]').count() > 0, `${where}: leads nowhere`);
}

module.exports = async function states(judge) {
  for (const language of ['zh', 'en']) {
    for (const bare of looks) {
      const look = {...bare, language};
      const page = await judge.visitor(look, 'narrow');
      for (const [name, link, rest, titles] of pages) {
        await page.goto(judge.link(link, rest));
        await judge_page(judge, page, name, look, titles);
      }
      for (const [name, path, titles] of others) {
        await page.goto(judge.site.base + path);
        await judge_page(judge, page, name, look, titles);
        if (path !== '/') judge.check(await page.locator('a[href="https://portal.example.cn"]').count() === 1, `${name}: does not lead to the portal`);
      }
      // What comes back after an answer that does not do.
      await page.goto(judge.link('SD-FORM-12'));
      const answered = page.waitForEvent('load');
      await page.evaluate(() => document.getElementById('rating').submit()).catch(() => {});  // it may be gone already
      await answered;
      await judge_page(judge, page, 'error', look, [/^错误：/, /^Error: /]);
      // The three lists.
      await page.goto(judge.ticket());
      await judge_page(judge, page, 'list', look, [/^待评价（/, /^To rate \(/]);
      await page.goto(`${judge.site.base}/my?state=rated`);
      await judge_page(judge, page, 'list-rated', look, [/^我的评价（/, /^Rated \(/]);
      await page.goto(`${judge.site.base}/my?state=closed`);
      await judge_page(judge, page, 'list-closed', look, [/^已截止（/, /^Closed \(/]);
      judge.check(page.wrong.length === 0, `${look.name}: ${page.wrong.join('; ')}`);
      await page.context().close();
    }
  }
  // What differs by colours only, where colours are the visitor's.
  for (const look of [{name: 'contrast', contrast: true}, {name: 'forced', forced: true}]) {
    const page = await judge.visitor(look, 'phone');
    await page.goto(judge.link('SD-DRAFT'));
    await judge.shot(page, `draft-zh-${look.name}`);
    await judge.check_fits(page, look.name);
    const outline = await page.$eval('#l2 + label', (one) => getComputedStyle(one).outlineStyle);
    if (look.forced) judge.is(outline, 'solid', 'what is chosen is seen without colours');
    await page.context().close();
  }
};
