// The browser, and what is asked of any page in it.
'use strict';
const fs = require('fs');
const path = require('path');

const sizes = {phone: {width: 360, height: 740}, small: {width: 375, height: 553}, narrow: {width: 320, height: 640}};

class Judge {
  static async open(tools, site, screenshots) {
    const judge = new Judge();
    Object.assign(judge, {tools, site, screenshots, failures: [], checks: 0});
    judge.axe = fs.readFileSync(path.join(tools, 'axe-core/axe.min.js'), 'utf8');
    const {chromium} = require(path.join(tools, 'playwright-core'));
    judge.browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--force-color-profile=srgb']});
    return judge;
  }
  close() { return this.browser.close(); }

  check(ok, what) {
    ++this.checks;
    if (!ok) this.failures.push(what);
  }
  is(got, wanted, what) { this.check(got === wanted, `${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`); }

  // A page of a visitor of its own. `look`: {language, elder, dark, script, contrast, forced}, size one of the above.
  async visitor(look = {}, size = 'phone') {
    const context = await this.browser.newContext({
      viewport: sizes[size], deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: look.language === 'en' ? 'en-GB' : 'zh-CN',
      javaScriptEnabled: look.script !== false, colorScheme: look.dark ? 'dark' : 'light',
      forcedColors: look.forced ? 'active' : 'none', ...(look.contrast ? {contrast: 'more'} : {})
    });
    const cookies = [];
    if (look.elder) cookies.push({name: 'hcp_elder', value: '1', url: this.site.base});
    if (look.language === 'en') cookies.push({name: 'hcp_lang', value: '1', url: this.site.base});
    await context.addCookies(cookies);
    const page = await context.newPage();
    page.wrong = [];
    page.on('pageerror', (error) => page.wrong.push(String(error)));
    page.on('console', (said) => { if (said.type() === 'error' && !/Failed to load resource/.test(said.text())) page.wrong.push(said.text()); });
    return page;
  }
  link(name, rest = '') { return this.site.links[name] + rest; }
  api(name) { return this.link(name).replace('/e/', '/api/v1/evaluations/'); }
  async facts(name) { return (await fetch(this.api(name))).json(); }
  ticket() {
    if (!this.site.tickets.length) throw new Error('no ticket is left');
    return `${this.site.base}/s?ticket=${this.site.tickets.shift()}`;
  }
  shot(page, name, whole = false) { return page.screenshot({path: path.join(this.screenshots, `${name}.png`), fullPage: whole}); }

  // A tap that leads to another page, and what it loads.
  async follow(page, where) {
    const arrived = page.waitForEvent('load');
    await this.tap(page, where);
    await arrived;
  }
  // As a thumb does it: what lies below the bar is moved up first.
  async tap(page, where) {
    const one = typeof where === 'string' ? page.locator(where).first() : where;
    await one.evaluate((it) => { if (!it.closest('.bar')) it.scrollIntoView({block: 'center'}); });
    await one.tap();
  }

  // A tap where it is seen: the tool's own tap scrolls to where a sticky element would lie.
  async touch(page, selector) {
    const [box] = await this.boxes(page, selector);
    await page.touchscreen.tap((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  }

  // The boxes of what a selector finds, as the visitor sees them.
  boxes(page, selector) {
    return page.$$eval(selector, (all) => all.map((one) => {
      const {left, top, right, bottom, width, height} = one.getBoundingClientRect();
      return {left, top, right, bottom, width, height, text: one.textContent.trim().slice(0, 30)};
    }));
  }
  async check_fits(page, where) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    this.check(wide <= 0, `${where}: ${wide} px wider than the screen`);
  }
  // What a finger touches, on a touch screen: WCAG's floor is 24; ours is 44, and 60 in the elder version.
  async check_targets(page, least, where) {
    const small = await page.evaluate((limit) => {
      const found = [];
      for (const one of document.querySelectorAll('a, button, summary, select, textarea, .rate > label, .head > label')) {
        const box = one.getBoundingClientRect();
        if (!box.width || !box.height || one.closest('.skip') || getComputedStyle(one).visibility === 'hidden') continue;
        if (box.width < limit - 0.5 || box.height < limit - 0.5)
          found.push(`“${one.textContent.trim().slice(0, 20)}” ${Math.round(box.width)}×${Math.round(box.height)}`);
      }
      return found;
    }, least);
    this.check(small.length === 0, `${where}: too small to touch: ${small.join(', ')}`);
  }
  async check_axe(page, where) {
    await page.evaluate(this.axe);
    const found = await page.evaluate(() => window.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
    const said = found.violations.map((one) => `${one.id} (${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')})`);
    this.check(said.length === 0, `${where}: axe: ${said.join(', ')}`);
  }
}

module.exports = {Judge, sizes};
