// The grammars of PL/SQL and of MySQL 8 (npm's antlr4ts-sql) as judges of every text that we send: node grammars.js TEXTS_MYSQL TEXTS_ORACLE
//
// A text of the lists is `migration|statement TAB name TAB text` (recorded.cpp). Where the grammars are looked for is where
// tests/packages.sh puts them.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'haochaping/grammars');
const inFolder = (name) => path.join(folder, 'node_modules', name);
const results = 'judge_grammars.results.tsv';  // for tests/backends.py
fs.rmSync(results, {force: true});
if (!fs.existsSync(inFolder('antlr4ts-sql'))) {
  console.log(`skipped: no grammars in ${folder}; bash tests/packages.sh installs them`);
  process.exit(77);
}
const antlr = require(inFolder('antlr4ts'));
const {CaseChangingStream} = require(inFolder('antlr4ts-sql/dist/src/models/CaseChangingStream'));
const {PlSqlLexer} = require(inFolder('antlr4ts-sql/dist/src/grammar-output/plsql/PlSqlLexer'));
const {PlSqlParser} = require(inFolder('antlr4ts-sql/dist/src/grammar-output/plsql/PlSqlParser'));
const {MySQLLexer} = require(inFolder('antlr4ts-sql/dist/src/grammar-output/mysql/MySQLLexer'));
const {MultiQueryMySQLParser} = require(inFolder('antlr4ts-sql/dist/src/grammar-output/mysql/MultiQueryMySQLParser'));

// By itself a parser mends what it does not understand, and goes on.
const strict = {
  syntaxError(recognizer, symbol, line, column, message) {
    throw new Error(`${line}:${column} ${message}`);
  },
};

function parsed(lexer, Parser, rule, configure = () => {}) {
  lexer.removeErrorListeners();
  lexer.addErrorListener(strict);
  const tokens = new antlr.CommonTokenStream(lexer);
  const parser = new Parser(tokens);
  configure(parser);
  parser.removeErrorListeners();
  parser.addErrorListener(strict);
  parser[rule]();
  if (tokens.LA(1) !== antlr.Token.EOF) throw new Error(`what follows is not understood: ${tokens.LT(1).text}`);
}

// What version 80019 knows and MariaDB shares; that MariaDB takes it is asked of MariaDB itself (test_store_mysql).
function mysql(text) {
  const lexer = new MySQLLexer(antlr.CharStreams.fromString(text));
  lexer.serverVersion = 80019;
  parsed(lexer, MultiQueryMySQLParser, 'simpleStatement', (parser) => { parser.serverVersion = 80019; });
}

const plsqlRules = {
  select: 'select_statement', with: 'select_statement', insert: 'insert_statement', update: 'update_statement', delete: 'delete_statement',
  'create table': 'create_table', 'create index': 'create_index',
};

// What the grammar reserves, and Oracle does not (V$RESERVED_WORDS).
const free = (text) => text.replace(/\b(canonical|seq)\b/g, '$1_');

// What the grammar takes, and Oracle does not.
const refusals = [
  [/^([^']|\bn'[^']*')*(?<!\bn)'/i, 'a text beside national columns is national itself: n\'…\' (ORA-12704)'],
  [/fetch first.*for update/is, 'no row is locked of those that a FETCH FIRST cuts off (ORA-02014)'],
  [/\b(from|join) \w+ as \w/i, 'no AS before the alias of a table (ORA-00933)'],
  [/\b(true|false)\b/i, 'no boolean (ORA-00904)'],
  [/\bin \((\?|\d+)(\s*,\s*(\?|\d+)){1000}/i, 'a list has no more than a thousand (ORA-01795)'],
];

function oracle(text) {
  const bare = text.replace(/--[^\n]*/g, '').trim();
  const kind = Object.keys(plsqlRules).find((words) => bare.toLowerCase().startsWith(words + ' '));
  if (!kind) throw new Error('no such kind of statement');
  // A `?` of ODBC is a parameter with a name of its own.
  let n = 0;
  const named = free(bare).replace(/\?/g, () => `:p${++n}`) + (kind.startsWith('create') ? ';' : '');
  parsed(new PlSqlLexer(new CaseChangingStream(antlr.CharStreams.fromString(named), true)), PlSqlParser, plsqlRules[kind]);
  for (const [pattern, why] of refusals) if (pattern.test(bare)) throw new Error(why);
  for (const [word] of bare.matchAll(/\w+/g)) if (word.length > 30) throw new Error(`a name longer than thirty: ${word}`);
}

const wrong = JSON.parse(fs.readFileSync(path.join(__dirname, 'wrong.json')));

let faults = 0;
for (const [dialect, parse, file] of [['mysql', mysql, process.argv[2]], ['oracle', oracle, process.argv[3]]]) {
  const texts = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
  const before = faults;
  for (const [, name, text] of texts)
    try {
      parse(text.replace(/\\n/g, '\n'));
    } catch (error) {
      ++faults;
      console.log(`FAILED  ${dialect} ${name}: ${error.message}\n  ${text}`);
    }
  for (const text of wrong[dialect])
    try {
      parse(text);
      ++faults;
      console.log(`FAILED  ${dialect} takes what is wrong: ${text}`);
    } catch (error) {
      if (process.env.HCP_SHOW) console.log(`refused ${dialect}: ${text}\n        ${error.message.slice(0, 160)}`);
    }
  console.log(`${dialect}: ${texts.length} texts, ${wrong[dialect].length} wrong ones, ${faults - before} faults`);
  if (texts.length < 100 || wrong[dialect].length < 20) ++faults;
  fs.appendFileSync(results, `the grammar of ${dialect} parses every text, and nothing wrong\t\t${faults === before ? 'passed' : 'failed'}\n`);
}
process.exit(faults === 0 ? 0 : 1);
