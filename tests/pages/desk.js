// node desk.js TOOLS SITE.json SCREENSHOTS [SUITE...]: what the staff's desk must be in a browser. Exits with 1 if anything is not.
'use strict';
const fs = require('fs');
const {Judge} = require('./browser');
const {Desk} = require('./desk_browser');

const [tools, site, screenshots, ...wanted] = process.argv.slice(2);
const suites = ['sign_on', 'rooms', 'api', 'staff', 'exports', 'matters', 'identities', 'inspections', 'chrome86', 'manner', 'speed'].filter((name) => !wanted.length || wanted.includes(name));

(async () => {
  const judge = await Judge.open(tools, JSON.parse(fs.readFileSync(site, 'utf8')), screenshots);
  const desk = new Desk(judge);
  for (const name of suites) {
    const started = Date.now(), before = judge.checks;
    await desk.in_turn([require(`./desk_${name}`)]);
    console.log(`${name}: ${judge.checks - before} checks, ${Math.round((Date.now() - started) / 1000)} s`);
  }
  await judge.close();
  for (const failure of judge.failures) console.log(`FAILED: ${failure}`);
  console.log(`${judge.checks} checks, ${judge.failures.length} failures`);
  process.exit(judge.failures.length ? 1 : 0);
})();
