// Browsers of the centre's people, and what the host and hcpctl do for them meanwhile.
'use strict';
const {execFileSync} = require('child_process');
const fs = require('fs');
const path = require('path');

// Who desk.sh made what.
const people = {
  evaluated: 'G3002', contact: 'G1002', head: 'G3001', supervisor: 'G4001', second_signer: 'G4003', technical: 'G5001',
};
const other_supervisor = 'G4002';
const roles = Object.keys(people);

class Desk {
  constructor(judge) {
    Object.assign(this, {judge, site: judge.site, contexts: []});
  }
  check(ok, what) { this.judge.check(ok, what); }
  is(got, wanted, what) { this.judge.is(got, wanted, what); }

  // ---- beside the browser
  hcpctl(...words) {
    return execFileSync(this.site.ctl.program, [...words, '--config', this.site.ctl.config], {encoding: 'utf8'});
  }
  code_for(staff_id) {
    const said = this.hcpctl('staff', 'invite', staff_id, '--as', staff_id === people.supervisor ? other_supervisor : people.supervisor);
    return /^登录码：(.+)$/m.exec(said)[1];
  }
  store(statement) {
    return execFileSync('sqlite3', ['-cmd', '.timeout 10000', this.site.store, statement], {encoding: 'utf8'}).trim();
  }
  // A ticket lives for a minute, so each is asked for when it is needed.
  async ticket_for(staff_id) {
    const {input, output} = this.site.host;
    const lines = () => fs.readFileSync(output, 'utf8').split('\n').slice(0, -1);
    const before = lines().length;
    fs.appendFileSync(input, `ticket 0 ${staff_id}\n`);
    for (let tries = 0; tries < 200; ++tries) {
      const answer = lines()[before];
      if (answer) return JSON.parse(answer).ticket;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error('the host gives no ticket');
  }

  // ---- browsers
  // A page of a browser of its own. What must never happen on any page of the desk is noted in `page.wrong` as it happens.
  async browser(look = {}) {
    const context = await this.judge.browser.newContext({viewport: {width: 1366, height: 768}, ignoreHTTPSErrors: true, locale: 'zh-CN', ...look});
    context.setDefaultTimeout(15000);
    this.contexts.push(context);
    const page = await context.newPage();
    Object.assign(page, {wrong: [], refusals: [], asked: [], bodies: [], pending: 0, shown: []}); // shown: secrets that are told here by right
    await page.exposeBinding('csp_broken', (source, what) => page.wrong.push(`CSP: ${what}`));
    await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) =>
      window.csp_broken(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
    page.on('pageerror', (error) => page.wrong.push(String(error)));
    page.on('console', (said) => {
      if (/^(error|warning)$/.test(said.type()) && !/Failed to load resource/.test(said.text())) page.wrong.push(said.text());
    });
    page.on('request', (request) => {
      ++page.pending;
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.origin !== this.site.base) page.wrong.push(`asks another origin: ${url}`);
      if (url.pathname.startsWith('/api/')) page.asked.push(`${request.method()} ${url.pathname}`);
    });
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, () => { --page.pending; });
    page.on('requestfailed', (request) => {
      if (request.failure().errorText !== 'net::ERR_ABORTED') page.wrong.push(`${request.url()}: ${request.failure().errorText}`);
    });
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (response.status() >= 400) page.refusals.push(`${response.status()} ${response.request().method()} ${url.pathname}`);
      if (url.pathname.startsWith('/api/')) page.bodies.push(this.heard(page, response, url.pathname));
    });
    return page;
  }
  // What the page asks and does not read has no end for the tool either; what it left by going elsewhere has no text.
  async heard(page, response, pathname) {
    const late = new Promise((done) => setTimeout(done, 10000, null).unref());
    const text = await Promise.race([response.text().catch(() => ''), late]);
    if (text === null) page.wrong.push(`${pathname}: nobody reads the answer`);
    else this.keeps_secrets(text, `the answer of ${pathname}`, page.shown);
  }
  async leave() {
    for (const context of this.contexts.splice(0)) await context.close();
  }
  // The quick way in, for who has something else to do there.
  async signed_on(staff_id, look) {
    const page = await this.browser(look);
    await page.goto(`${this.site.base}/staff/`);
    const posted = await page.request.post(`${this.site.base}/staff/sign-on`, {
      form: {code: this.code_for(staff_id)}, headers: {Origin: this.site.base}, maxRedirects: 0, ignoreHTTPSErrors: true});
    if (posted.status() !== 303) throw new Error(`${staff_id} is not signed on: ${posted.status()}`);
    await page.goto(`${this.site.base}/desk/`);
    await this.settled(page);
    return page;
  }
  // Nothing is being loaded, and nothing moves any more.
  async settled(page) {
    await page.waitForLoadState('load');
    for (let quiet = 0, tries = 0; quiet < 3; quiet = page.pending === 0 ? quiet + 1 : 0) {
      if (++tries > 600) throw new Error(`${page.pending} requests have no end`);
      await page.waitForTimeout(40);
    }
    await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true]') &&
      document.getAnimations().every((one) => one.playState !== 'running'));
  }
  async open(page, room) {
    await page.locator('nav.menu').getByRole('link', {name: room, exact: true}).click();
    await this.settled(page);
  }
  menu(page) { return page.locator('nav.menu a').allTextContents(); }
  heading(page) { return page.locator('h1').innerText(); }
  button(where, name) { return where.getByRole('button', {name, exact: true}); }
  row(page, text) { return page.locator('tbody tr', {hasText: text}); }
  dialog(page) { return page.getByRole('dialog').filter({visible: true}); }
  section(page, heading) { return page.locator('section.card', {has: page.getByRole('heading', {name: heading})}); }
  tab(page, name) { return page.getByRole('tab', {name}).click(); }
  // A window is asked, looked at, and closed by what it was opened for.
  async asked(page, opener, name) {
    await opener.click();
    const dialog = this.dialog(page);
    await dialog.waitFor();
    await this.settled(page);
    this.check(await dialog.evaluate((it) => it.contains(document.activeElement)), `${name}: the keyboard is not in the window`);
    await this.judged(page, `desk-${name}`);
    return dialog;
  }
  async done(page) {
    const dialog = this.dialog(page);
    await dialog.waitFor({state: 'detached'}).catch(async () => { throw new Error(`the window stays: ${await dialog.innerText()}`); });
    await this.settled(page);
  }
  async told(page, wanted, what) {
    const notice = page.locator('.told .notice');
    await notice.waitFor({timeout: 10000}).catch(() => {});
    const text = await notice.count() ? await notice.locator('p').innerText() : 'nothing';
    this.check(wanted instanceof RegExp ? wanted.test(text) : text === wanted, `${what}: told ${text}`);
    const seen = await notice.count() && await notice.evaluate((it) => it.getBoundingClientRect().top >= 0 && it.getBoundingClientRect().bottom <= innerHeight);
    this.check(seen, `${what}: what is told is out of sight`);
  }

  // One that comes to an end before it should does not keep the others from theirs.
  async in_turn(stories) {
    for (const story of stories) {
      try {
        await story(this);
      } catch (e) {
        this.check(false, `${story.name} came to an end: ${e.stack}`);
      }
      await this.leave();
    }
  }

  // ---- what is asked of any page
  keeps_secrets(text, where, shown = []) {
    for (const one of this.site.never.filter((secret) => !shown.includes(secret))) this.check(!text.includes(one), `${where} tells ${one}`);
  }
  async sound(page, where) {
    await Promise.all(page.bodies.splice(0));
    this.check(page.wrong.length === 0, `${where}: ${page.wrong.splice(0).join('; ')}`);
    this.check(page.refusals.length === 0, `${where}: refused: ${page.refusals.splice(0).join('; ')}`);
    this.keeps_secrets(await page.content(), where, page.shown);
  }
  async judged(page, name) {
    await this.sound(page, name);
    await this.judge.check_fits(page, name);
    await this.judge.check_axe(page, name);
    await this.shot(page, name);
    await this.sound(page, `${name}, judged`);
  }
  // The tool hides the caret by a style of its own, which the desk's policy refuses: so it stays.
  async shot(page, name) {
    const whole = await this.dialog(page).count() === 0;
    await page.screenshot({path: path.join(this.judge.screenshots, `${name}.png`), fullPage: whole, caret: 'initial'});
  }
}

module.exports = {Desk, people, other_supervisor, roles};
