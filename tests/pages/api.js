// The JSON API: redocly finds nothing in its document, and every operation of the running server answers as it says, which Prism
// judges, standing between.
'use strict';
const {execFileSync, spawn} = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

function free_port() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => { const {port} = probe.address(); probe.close(() => done(port)); });
  });
}

async function until_listening(port) {
  for (let tries = 0; tries < 300; ++tries) {
    if (await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false)) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('Prism does not listen');
}

module.exports = async function api(judge) {
  const {base} = judge.site;
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'hcp-api-')), 'openapi.json');
  const document = await (await fetch(`${base}/api/v1/openapi.json`)).json();
  judge.is(document.servers[0].url, base, 'the document names the server that answers');
  fs.writeFileSync(file, JSON.stringify(document));
  try {
    const said = execFileSync(process.execPath, [path.join(judge.tools, '@redocly/cli/bin/cli.js'), 'lint', '--format=json', path.join(__dirname, '../../adapters/web/pages/openapi.json')], {stdio: ['ignore', 'pipe', 'ignore']});
    judge.is(JSON.stringify(JSON.parse(said).totals), '{"errors":0,"warnings":0,"ignored":0}', 'redocly');
  } catch (failed) {
    judge.check(false, `redocly: ${failed.stdout}`);
  }

  const port = await free_port();
  const prism = spawn(process.execPath, [path.join(judge.tools, '@stoplight/prism-cli/dist/index.js'), 'proxy', file, base, '-p', String(port)], {stdio: 'ignore'});
  const seen = new Set();
  // Asks through Prism; the answer must be as documented, whatever was asked.
  const ask = async (status, method, operation, name, body, headers = {}) => {
    const token = name && (judge.site.links[name]?.split('/').pop() || name);
    const reply = await fetch(`http://127.0.0.1:${port}${operation.replace('{token}', token)}`, {
      method, headers: {...(body === undefined ? {} : {'Content-Type': 'application/json'}), ...headers},
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    });
    const what = `${method} ${operation} ${name || ''} ${status}`;
    judge.is(reply.status, status, what);
    const wrong = JSON.parse(reply.headers.get('sl-violations') || '[]').filter((one) => one.location[0] === 'response');
    judge.is(JSON.stringify(wrong), '[]', `${what}: is not as documented`);
    const pattern = operation.split('?')[0];
    judge.check(document.paths[pattern]?.[method.toLowerCase()]?.responses[status], `${what}: the status is not documented`);
    seen.add(`${method.toLowerCase()} ${pattern}`);
    return reply.json();
  };
  try {
    await until_listening(port);
    const one = '/api/v1/evaluations/{token}', draft = `${one}/draft`, rating = `${one}/rating`, mine = '/api/v1/my';
    const foreign = {'Sec-Fetch-Site': 'cross-site'}, nobody = 'AAAAAAAAAAAAAAAAAAAAAA', huge = JSON.stringify({level: 1, text: 'x'.repeat(70000)});
    for (const name of ['SD-OPEN', 'SD-DRAFT', 'SD-GOOD', 'SD-BAD', 'SD-SECRET', 'SD-DEFAULTED', 'SD-COMMENTED', 'SD-SWEPT', 'SD-LATE', 'SD-VOIDED', 'SD-BARRED'])
      await ask(200, 'GET', one, name);
    await ask(404, 'GET', one, nobody);

    await ask(200, 'PUT', draft, 'SD-API', {level: 2, tags: ['209']});
    await ask(422, 'PUT', draft, 'SD-API', {level: 6});
    await ask(403, 'PUT', draft, 'SD-API', {level: 2}, foreign);
    await ask(404, 'PUT', draft, nobody, {level: 2});
    await ask(409, 'PUT', draft, 'SD-GOOD', {level: 2});
    await ask(413, 'PUT', draft, 'SD-API', huge);
    await ask(415, 'PUT', draft, 'SD-API', 'level=2', {'Content-Type': 'text/plain'});
    await ask(200, 'DELETE', draft, 'SD-API');
    await ask(403, 'DELETE', draft, 'SD-API', undefined, foreign);
    await ask(404, 'DELETE', draft, nobody);
    await ask(409, 'DELETE', draft, 'SD-GOOD');

    const answer = {level: 1, tags: ['108'], text: '等了三个小时', request_key: 'api-1', consent: {may_be_contacted: true, phone: '13900000000'}};
    await ask(422, 'POST', rating, 'SD-API', {level: 1, request_key: 'api-0'});
    await ask(403, 'POST', rating, 'SD-API', answer, foreign);
    await ask(404, 'POST', rating, nobody, answer);
    await ask(413, 'POST', rating, 'SD-API', huge);
    await ask(415, 'POST', rating, 'SD-API', 'level=1', {'Content-Type': 'text/plain'});
    judge.is((await ask(201, 'POST', rating, 'SD-API', answer)).rating.consent.phone, '13900000000', 'what was agreed to');
    judge.is((await ask(200, 'POST', rating, 'SD-API', answer)).fate, 'repeated', 'the same again');
    await ask(409, 'POST', rating, 'SD-API', {...answer, level: 5, tags: []});
    await ask(403, 'POST', rating, 'SD-BARRED', answer);
    await ask(202, 'POST', rating, 'SD-LATE', {text: '补充一句', request_key: 'api-2'});
    judge.is((await ask(200, 'GET', one, 'SD-LATE')).comments[0].level, null, 'a comment without a level');

    await ask(401, 'GET', mine);
    const ticket = judge.site.tickets.pop();
    const signed_on = await fetch(`${base}/s?ticket=${ticket}`, {redirect: 'manual'});
    // The document names the cookie as it is where people come by TLS.
    const cookie = signed_on.headers.get('set-cookie').split(';')[0], session = {Cookie: `${cookie}; __Host-${cookie}`};
    for (const state of ['pending', 'rated', 'closed']) await ask(200, 'GET', `${mine}?state=${state}`, undefined, undefined, session);
    await ask(400, 'GET', `${mine}?cursor=x`, undefined, undefined, session);
    await ask(200, 'GET', '/api/v1/openapi.json');

    const documented = Object.entries(document.paths).flatMap(([pattern, methods]) => Object.keys(methods).map((method) => `${method} ${pattern}`));
    judge.is(JSON.stringify([...seen].sort()), JSON.stringify(documented.sort()), 'operations asked');
  } finally {
    prism.kill();
    fs.rmSync(path.dirname(file), {recursive: true});
  }
};
