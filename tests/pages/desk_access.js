// What the table of access, as the instance itself tells it, gives whom.
'use strict';

const widest = ['nothing', 'own_reviews', 'own_department', 'everywhere'];

// From within the page, so that it goes as the desk's own requests do.
function call(page, method, path, body) {
  return page.evaluate(async ([how, to, said]) => {
    const answer = await fetch(`/api/v1/staff/${to}`, {method: how, ...(said === undefined ? {} :
      {body: JSON.stringify(said), headers: {'Content-Type': 'application/json'}})});
    return {status: answer.status, text: await answer.text()};
  }, [method, path, body]);
}
const fetched = async (page, path) => JSON.parse((await call(page, 'GET', path)).text);

// By code, the widest reach that any of these roles has.
function granted(access, mine) {
  const reaches = {};
  for (const row of access.rows) {
    const best = Math.max(...row.reaches.map((reach, at) => (mine.includes(access.roles[at].code) ? widest.indexOf(reach) : 0)));
    if (best > 0) reaches[row.code] = widest[best];
  }
  return reaches;
}

module.exports = {call, fetched, granted};
