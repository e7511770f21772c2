// The peer of T5 and T6: the same POSTs by pg-boss, Node's job queue on PostgreSQL. A job is one record; it is completed only once the
// province has said yes. Any fault ends the program.
//   node pg_boss.js FOLDER PORT CONNECTIONS RECORDS.json             lays up all jobs, then starts the workers
//   node pg_boss.js FOLDER PORT CONNECTIONS RECORDS.json RATE        sends RATE jobs/s to workers that poll
//   node pg_boss.js FOLDER PORT CONNECTIONS RECORDS.json RATE told   the same, and each send() wakes a worker of this same process
// FOLDER has PostgreSQL's socket, RECORDS.json the rows of the province's table `service`. With RATE, prints projectNo|us of each send().
'use strict';
const { readFileSync } = require('fs');
const { performance } = require('perf_hooks');
const PgBoss = require('pg-boss');
const { Client } = require('pg');
const { Pool } = require('undici');

const [folder, port, connections, path, rate, told] = process.argv.slice(2);
const queue = 'push';
const workerCount = 4;
const batchSize = 250;
const pollEveryMs = 100;  // the least that pg-boss allows
const backlog = rate === undefined;

const database = { host: folder, user: 'bench', database: 'postgres' };
const sql = new Client(database);
const boss = new PgBoss(database);
const province = new Pool('http://127.0.0.1:' + port, { connections: Number(connections), pipelining: 1 });

function giveUp(why) {
  console.error(why);
  process.exit(1);
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const nowUs = () => Math.round((performance.timeOrigin + performance.now()) * 1000);

// What the module sent, without what the province added.
function recordOf(row) {
  const added = ['id', 'time', 'time_us', 'serviceNumber'];
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && !added.includes(name)));
}

async function post(record) {
  const time = new Date(Date.now() + 8 * 3600 * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
  const answer = await province.request({
    method: 'POST',
    path: '/hcp/project/submit',
    headers: { 'content-type': 'application/json; charset=utf-8', 'c-tenancy-id': '370000000000' },
    body: JSON.stringify({
      txnBodyCom: {
        appMark: 'SDGGZY', time, sign: time + 'SDGGZYTestWord-0001', params: { evaluate: [JSON.stringify([record])] }
      },
      txnCommCom: {}
    })
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || !text.includes('"C-API-Status":"00"')) giveUp('refused: ' + text);
}

// The polls of the workers are spread over the interval. With a backlog a worker fetches its next batch without waiting for its poll.
async function startWorkers() {
  const workers = [];
  for (let i = 0; i < workerCount; ++i) {
    const id = await boss.work(queue, { batchSize, newJobCheckInterval: pollEveryMs }, async (jobs) => {
      await Promise.all(jobs.map((job) => post(job.data))).catch(giveUp);
      if (backlog) boss.notifyWorker(id);
    });
    workers.push(id);
    if (!backlog) await pause(pollEveryMs / workerCount);
  }
  return workers;
}

async function layUp(records) {
  for (let i = 0; i < records.length; i += 500)
    await boss.insert(records.slice(i, i + 500).map((data) => ({ name: queue, data })));
  await sql.query('vacuum analyze');
  await sql.query('checkpoint');
}

async function sendAtRate(records, workers) {
  const sent = [], sends = [];
  const starts = performance.now();
  for (const [i, record] of records.entries()) {
    await pause(starts + i * 1000 / rate - performance.now());
    sent.push(record.projectNo + '|' + nowUs());
    sends.push(boss.send(queue, record).then(() => { if (told) boss.notifyWorker(workers[i % workerCount]); }));
  }
  await Promise.all(sends);
  console.log(sent.join('\n'));
}

async function main() {
  const records = JSON.parse(readFileSync(path)).map(recordOf);
  boss.on('error', giveUp);
  await sql.connect();
  await sql.query('drop schema if exists pgboss cascade');
  await boss.start();
  if (backlog) await layUp(records);
  const workers = await startWorkers();
  if (!backlog) await sendAtRate(records, workers);
  const completed = "select count(*)::int as n from pgboss.job where name = $1 and state = 'completed'";
  while ((await sql.query(completed, [queue])).rows[0].n < records.length) await pause(50);
  process.exit(0);
}
main().catch(giveUp);
