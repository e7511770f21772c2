// The peer of T8: fastify over TLS with MariaDB behind it. A request brings the rows of one rating, written in a transaction of its own, and
// is answered once that is committed. As many processes as there are processors, each with its own share of the connections to the database.
// Any fault ends the program.
//   node fastify.js SOCKET DATABASE ROWS FIRST CERTIFICATE KEY REPLY_BYTES    prints the port; ends with its input
// ROWS: what `bench_bare_rate … rows` prints. The request whose key is bench-N has the rows of line N - FIRST.
'use strict';
const cluster = require('node:cluster');
const { readFileSync } = require('node:fs');
const { availableParallelism, cpus } = require('node:os');

const [socketPath, database, rowsPath, first, certificate, key, replyBytes] = process.argv.slice(2);
const workers = availableParallelism ? availableParallelism() : cpus().length;
const poolSize = Math.ceil(64 / workers);

function giveUp(why) {
  console.error(why);
  process.exit(1);
}

function manage() {
  let listening = 0;
  for (let i = 0; i < workers; ++i) cluster.fork();
  cluster.on('listening', (worker, address) => { if (++listening === workers) console.log(address.port); });
  cluster.on('exit', () => giveUp('a worker has ended'));
  process.stdin.resume().on('end', () => process.exit(0));
}

// Sums are rows that every rating adds to. Each connection has its own, lest they wait for one another.
function ownInstance(statement) {
  const names = /^insert into (?:counters|delivery_totals) \(([^)]*)\)/.exec(statement);
  return names === null ? -1 : names[1].split(', ').indexOf('instance_no');
}

async function serve() {
  const [statements, ...ratings] = readFileSync(rowsPath, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const instances = statements.map(ownInstance);
  const pool = require('mariadb').createPool({ socketPath, database, user: 'root', connectionLimit: poolSize });
  const valueOf = (value) => (value !== null && typeof value === 'object' ? Buffer.from(value.hex, 'hex') : value);

  async function store(rating) {
    const connection = await pool.getConnection();
    try {
      // Sent one after the other, without waiting for the answers but the last: the connector pipelines them.
      const sent = [connection.beginTransaction()];
      for (const [which, values] of rating) {
        const bound = values.map(valueOf);
        if (instances[which] >= 0) bound[instances[which]] = 2 + connection.threadId % 1000;
        sent.push(connection.query(statements[which], bound));
      }
      sent.push(connection.commit());
      await Promise.all(sent);
    } finally {
      connection.release();
    }
  }

  const app = require('fastify')({ https: { cert: readFileSync(certificate), key: readFileSync(key) } });
  const answer = { evaluation: 'x'.repeat(Math.max(1, Number(replyBytes) - 200)) };
  app.post('/api/v1/evaluations/:token/rating', async (request, reply) => {
    await store(ratings[Number(request.body.request_key.slice('bench-'.length)) - Number(first)]).catch(giveUp);
    return reply.code(201).send(answer);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
}

if (cluster.isPrimary) manage();
else serve().catch(giveUp);
