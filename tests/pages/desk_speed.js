// The first load of the desk stays small, and Lighthouse gives it at least 95 as the desk of an office has it.
'use strict';
const {execFile} = require('child_process');
const path = require('path');
const {people} = require('./desk_browser');

const most = 450 * 1024;
const figures = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

async function first_load(desk, staff_id) {
  const page = await desk.signed_on(staff_id);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', {cacheDisabled: true});
  const responses = {}, sizes = {};
  session.on('Network.responseReceived', ({requestId, response}) => { responses[requestId] = response; });
  session.on('Network.loadingFinished', ({requestId, encodedDataLength}) => { sizes[requestId] = encodedDataLength; });
  await page.reload({waitUntil: 'networkidle'});
  let total = 0;
  for (const [id, response] of Object.entries(responses)) {
    const {pathname} = new URL(response.url);
    if (!response.url.startsWith('http') || pathname.startsWith('/api/')) continue;
    total += sizes[id];
    const coding = response.headers['Content-Encoding'] || response.headers['content-encoding'] || '-';
    console.log(`  ${String(sizes[id]).padStart(6)} bytes  ${coding}  ${pathname}`);
    if (!/\.(js|css)$/.test(pathname)) continue;
    desk.check(/^(br|gzip)$/.test(coding), `${pathname} is not compressed`);
    desk.check(/immutable/.test(response.headers['Cache-Control'] || response.headers['cache-control']), `${pathname} is not kept`);
  }
  console.log(`  first load: ${total} bytes`);
  desk.check(total > 0 && total <= most, `the first load is ${total} bytes`);
}

async function lighthouse(desk, staff_id) {
  const page = await desk.signed_on(staff_id);
  const [cookie] = await page.context().cookies(desk.site.base);
  const arguments_ = [path.join(desk.judge.tools, 'lighthouse/cli/index.js'), `${desk.site.base}/desk/`, '--quiet', '--output=json',
    '--output-path=stdout', '--preset=desktop', '--only-categories=performance,accessibility',
    `--extra-headers=${JSON.stringify({Cookie: `${cookie.name}=${cookie.value}`})}`,
    '--chrome-flags=--headless=new --no-sandbox --ignore-certificate-errors'];
  const environment = {...process.env, CHROME_PATH: '/usr/bin/chromium'};
  return new Promise((done, failed) => execFile(process.execPath, arguments_, {env: environment, maxBuffer: 1 << 28}, (error, out, said) =>
    error ? failed(new Error(`lighthouse: ${said}`)) : done(JSON.parse(out))));
}

const good_enough = ({categories}) => Object.values(categories).every(({score}) => score >= 0.95);

module.exports = async function speed(desk) {
  // The sessions of the other suites' browsers are more than anybody has.
  desk.hcpctl('staff', 'sign-out', people.technical, '--as', people.supervisor);
  await first_load(desk, people.technical);
  // Whatever else the machine does meanwhile only makes it slower: the best of three is nearest to what the desk itself costs.
  let report;
  for (let tries = 0; tries < 3 && !(report && good_enough(report)); ++tries) {
    const next = await lighthouse(desk, people.technical);
    desk.is(new URL(next.finalDisplayedUrl).pathname, '/desk/', 'what lighthouse saw');
    console.log(`  lighthouse: ${figures.map((name) => `${name} ${next.audits[name].displayValue}`).join(', ')}`);
    if (!report || next.categories.performance.score > report.categories.performance.score) report = next;
  }
  for (const [name, {score}] of Object.entries(report.categories)) {
    console.log(`  lighthouse ${name}: ${Math.round(score * 100)}`);
    const lacking = Object.values(report.audits).filter((one) => one.score !== null && one.score < 0.9).map((one) => one.id);
    desk.check(score >= 0.95, `lighthouse ${name}: ${score}; ${lacking}`);
  }
};
