// The first load is under 20 KB, compressed and kept for ever; Lighthouse gives at least 95.
'use strict';
const {execFile} = require('child_process');
const path = require('path');

async function first_load(judge, language) {
  const page = await judge.visitor({language});
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const urls = {}, sizes = {};
  session.on('Network.responseReceived', (event) => { urls[event.requestId] = event.response; });
  session.on('Network.loadingFinished', (event) => { sizes[event.requestId] = event.encodedDataLength; });
  await page.goto(judge.link('SD-OPEN'), {waitUntil: 'networkidle'});
  let total = 0;
  for (const [id, response] of Object.entries(urls)) {
    if (!response.url.startsWith('http')) continue;
    total += sizes[id] || 0;
    console.log(`  ${String(sizes[id]).padStart(6)} bytes  ${response.headers['Content-Encoding'] || '-'}  ${new URL(response.url).pathname.replace(/\/e\/.*/, '/e/…')}`);
    if (response.url.includes('/assets/')) {
      judge.check(/^(br|gzip)$/.test(response.headers['Content-Encoding']), `${response.url} is compressed`);
      judge.is(response.headers['Vary'], 'Accept-Encoding', `${response.url}: Vary`);
      judge.check(/immutable/.test(response.headers['Cache-Control']), `${response.url} is kept`);
    }
  }
  console.log(`  first load, ${language}: ${total} bytes`);
  judge.check(total > 0 && total < 20 * 1024, `the first load, ${language}, is ${total} bytes`);
  await page.context().close();
}

function lighthouse(judge, url) {
  const arguments_ = [path.join(judge.tools, 'lighthouse/cli/index.js'), url, '--quiet', '--output=json', '--output-path=stdout',
    '--only-categories=performance,accessibility,best-practices', '--chrome-flags=--headless=new --no-sandbox'];
  const environment = {...process.env, CHROME_PATH: '/usr/bin/chromium'};
  return new Promise((done, failed) => execFile(process.execPath, arguments_, {env: environment, maxBuffer: 1 << 28}, (error, out, said) =>
    error ? failed(new Error(`lighthouse: ${said}`)) : done(JSON.parse(out))));
}

module.exports = async function speed(judge) {
  for (const language of ['zh', 'en']) await first_load(judge, language);
  const report = await lighthouse(judge, judge.link('SD-OPEN'));
  for (const [name, {score}] of Object.entries(report.categories)) {
    console.log(`  lighthouse ${name}: ${Math.round(score * 100)}`);
    const lacking = Object.values(report.audits).filter((one) => one.score !== null && one.score < 0.9).map((one) => one.id);
    judge.check(score >= 0.95, `lighthouse ${name}: ${score}; ${lacking}`);
  }
};
