// The oldest browser that the desk is built for, Chromium 86: it opens every room, finds an evaluation and asks before an act.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const {pipeline} = require('stream/promises');
const zlib = require('zlib');
const {people} = require('./desk_browser');

// What npm has of it is packed for machines that have no room.
async function unpacked(tools) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium86-'));
  const program = path.join(folder, 'chromium');
  await pipeline(fs.createReadStream(path.join(tools, 'chrome-aws-lambda/bin/chromium.br')), zlib.createBrotliDecompress(),
    fs.createWriteStream(program, {mode: 0o755}));
  return {folder, program};
}

async function settled(page) {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true]'), {timeout: 15000});
  await page.waitForTimeout(150);
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'), {timeout: 15000});
}

async function signed_on(desk, browser, staff_id) {
  const page = await (await browser.createIncognitoBrowserContext()).newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (said) => { if (said.type() === 'error') page.wrong.push(said.text()); });
  await page.setViewport({width: 1366, height: 768});
  await page.goto(`${desk.site.base}/staff/`);
  await page.type('input[name=code]', desk.code_for(staff_id));
  await Promise.all([page.waitForNavigation(), page.click('form button')]);
  await page.goto(`${desk.site.base}/desk/`);
  await settled(page);
  return page;
}

async function walks(desk, browser, role) {
  const page = await signed_on(desk, browser, people[role]);
  const rooms = await page.$$eval('nav.menu a', (links) => links.map((one) => one.textContent.trim()));
  desk.check(rooms.length >= 5, `Chromium 86, ${role}: rooms ${rooms}`);
  for (const room of rooms) {
    await page.evaluate((name) => [...document.querySelectorAll('nav.menu a')].find((one) => one.textContent.trim() === name).click(), room);
    await settled(page);
    const heading = await page.$eval('h1', (it) => it.textContent.trim());
    desk.check(heading.startsWith(room), `Chromium 86, ${role}: ${room} says ${heading}`);
    desk.check(await page.$('.notice.bad') === null, `Chromium 86, ${role}: ${room} tells of a problem`);
    desk.check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `Chromium 86, ${role}: ${room} is wider than the window`);
    await page.screenshot({path: path.join(desk.judge.screenshots, `desk-86-${role}-${rooms.indexOf(room)}.png`)});
  }
  desk.is(page.wrong.join('; '), '', `Chromium 86, ${role}: what went wrong`);
  return page;
}

async function asks_before(desk, page) {
  await page.type('header input', 'DK-2');
  await page.keyboard.press('Enter');
  await settled(page);
  const row = await page.$eval('tbody tr', (it) => it.textContent);
  desk.check(row.includes('某供应商'), `Chromium 86: what is found: ${row}`);
  await page.evaluate(() => [...document.querySelectorAll('tbody button')].find((one) => one.textContent.includes('查阅身份')).click());
  await page.waitForSelector('[role=dialog] select', {visible: true});
  await page.waitForTimeout(500);
  await page.screenshot({path: path.join(desk.judge.screenshots, 'desk-86-unmask.png')});
  await page.evaluate(() => document.querySelector('[role=dialog] form button[type=submit]').click());
  await page.waitForFunction(() => [...document.querySelectorAll('[role=alert]')].some((one) => one.textContent.includes('请选择目的')));
  desk.is(page.wrong.join('; '), '', 'Chromium 86: what went wrong in a window');
}

module.exports = async function chrome86(desk) {
  const {tools} = desk.judge;
  const {folder, program} = await unpacked(tools);
  let browser;
  try {
    browser = await require(path.join(tools, 'puppeteer-core')).launch({
      executablePath: program, ignoreHTTPSErrors: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']});
    desk.check(/\/86\./.test(await browser.version()), `the browser is ${await browser.version()}`);
    const page = await walks(desk, browser, 'supervisor');
    await asks_before(desk, page);
    for (const role of ['technical', 'head']) await walks(desk, browser, role);
  } finally {
    if (browser) await browser.close();
    fs.rmSync(folder, {recursive: true});
  }
};
