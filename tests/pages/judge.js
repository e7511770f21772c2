// node judge.js TOOLS SITE.json SCREENSHOTS [SUITE...]: what the pages must be in a browser. Exits with 1 if anything is not.
'use strict';
const fs = require('fs');
const {Judge} = require('./browser');

const [tools, site, screenshots, ...wanted] = process.argv.slice(2);
const suites = ['states', 'form', 'survival', 'api', 'speed'].filter((name) => !wanted.length || wanted.includes(name));

(async () => {
  const judge = await Judge.open(tools, JSON.parse(fs.readFileSync(site, 'utf8')), screenshots);
  try {
    for (const name of suites) {
      const started = Date.now(), before = judge.checks;
      await require(`./${name}`)(judge);
      console.log(`${name}: ${judge.checks - before} checks, ${Math.round((Date.now() - started) / 1000)} s`);
    }
  } catch (e) {
    judge.check(false, e.stack);
  } finally {
    await judge.close();
  }
  for (const failure of judge.failures) console.log(`FAILED: ${failure}`);
  console.log(`${judge.checks} checks, ${judge.failures.length} failures`);
  process.exit(judge.failures.length ? 1 : 0);
})();
