// Every call of the contract, by everybody: it is answered where the table of access gives it and refused where it does not, never
// fails, and tells nothing of a subject or of a case under secrecy.
'use strict';
const {call, fetched, granted} = require('./desk_access');
const {people, roles} = require('./desk_browser');

// What each operation needs: any of these actions, a sight that reaches everywhere, or one that reaches anything. None: to be on the roster.
const needs = {
  getStaffSession: [], getStaffSessions: [], signOutStaff: [], signOutStaffEverywhere: [], getAccess: [], getStaffOpenApi: [],
  getCatalogue: [], checkCatalogue: [], getCatalogueSheet: [], getCalendar: [],
  previewCalendar: ['activate_local_days', 'read_health'], activateLocalDays: ['activate_local_days'],
  getPeople: ['see_roster'], proposeRole: ['propose_role', 'propose_first_technical'], confirmRole: ['confirm_role'],
  endRole: ['end_role', 'withdraw_proposal'], inviteStaff: ['invite_staff'], endStaffSessions: ['end_staff_sessions'],
  getUnassigned: ['attribute_case', 'attribute_rated_case', 'sign_attribution'],
  attributeCase: ['attribute_case', 'attribute_rated_case'], signAttribution: ['sign_attribution'],
  releaseCatalogue: ['release_catalogue'], getDeliveries: {sight: 'case_facts'}, getDelivery: {sight: 'case_facts'},
  retryDeliveries: ['retry_delivery'], holdDeliveries: ['hold_delivery'], releaseDeliveries: ['hold_delivery'],
  adoptService: ['adopt_service'], getHealth: ['read_health'], getExports: ['read_exports'], exportList: [], getInbox: [], readNotices: [],
  findEvaluations: {any: 'case_facts'}, unmaskSubject: {any: 'subject_identity'}, whoSawSubject: ['read_unmaskings'], reportLeak: ['report_leak'],
  getUnmaskings: ['read_unmaskings'], getUnmaskingReport: ['read_unmaskings'], getLeaks: ['read_unmaskings'], decideLeak: ['decide_leak'],
  getLedgerCheck: ['verify_ledger'], beginLedgerCheck: ['verify_ledger'], getCoverage: ['read_coverage'], beginCoverage: ['read_coverage'],
  getPolicies: [], interpretRule: ['interpret_rule'],
};
const gives = (reaches, need) => need.any ? need.any in reaches : need.sight ? reaches[need.sight] === 'everywhere' : !need.length || need.some((one) => one in reaches);

const ends = ['signOutStaff', 'signOutStaffEverywhere']; // tried last, each by a session of its own

// Calls with real ids. What would change the instance is asked so that it cannot be done, or is undone by the next.
async function calls_of(desk, page) {
  const {secret, attribution} = desk.site;
  const deliveries = await fetched(page, 'deliveries?limit=100'), unassigned = await fetched(page, 'unassigned');
  const roster = await fetched(page, 'people');
  const grant = roster.grants.find((one) => one.staff_id === people.contact).id;
  const delivery = deliveries.deliveries.find((one) => one.case_no === 'DK-3').id;
  const evaluation = desk.store("select e.id from evaluations e join cases c on c.id = e.case_id where c.case_no = 'DK-2'");
  const spare = unassigned.unassigned.find((one) => one.case_no === 'DK-SPARE').case_id;
  const some = {ids: [delivery, secret.delivery_id, '1']};
  return {
    getStaffSession: [{status: 200}], getStaffSessions: [{status: 200}], getAccess: [{status: 200}], getStaffOpenApi: [{status: 200}],
    getCatalogue: [{status: 200}], checkCatalogue: [{status: 200}],
    getCatalogueSheet: [{status: 200, part: 'items', code: 'GC-01'}, {status: 404, part: 'items', code: 'XX-01'}],
    getPeople: [{status: 200}], proposeRole: [{status: 422, body: {staff_id: 'G6001', role: 'evaluated'}}],
    confirmRole: [{status: 409, id: grant}], endRole: [{status: 422, id: grant, body: {why: ''}}],
    inviteStaff: [{status: 201, staff_id: 'G6001'}], endStaffSessions: [{status: 200, staff_id: 'G6001'}],
    getUnassigned: [{status: 200}],
    attributeCase: [{status: 422, id: spare, body: {item_code: 'GC-04', reason: ''}},
      {status: 404, id: secret.case_id, body: {item_code: 'GC-04', handlers: ['G3001'], reason: '核对'}}],
    signAttribution: [{status: 409, id: attribution}], releaseCatalogue: [{status: 409}],
    getDeliveries: [{status: 200}, {status: 200, query: `?case_no=${secret.case_no}`}],
    getDelivery: [{status: 200, id: delivery}, {status: 404, id: secret.delivery_id}],
    retryDeliveries: [{status: 200, body: some}], holdDeliveries: [{status: 200, body: some}], releaseDeliveries: [{status: 200, body: some}],
    adoptService: [{status: 409, id: delivery, body: {number: 7}}, {status: 409, id: secret.delivery_id, body: {number: 7}}],
    getHealth: [{status: 200}], getExports: [{status: 200}], getInbox: [{status: 200}], readNotices: [{status: 200, body: {ids: ['1']}}],
    exportList: [{status: 200, body: {list: 'catalogue', form: 'csv'}}], // of other lists: desk_exports.js
    findEvaluations: [{status: 200, query: '?case_no=DK-2'}, {status: 200, query: `?case_no=${secret.case_no}`}, {status: 422}],
    unmaskSubject: [{status: 422, id: evaluation, body: {shown: 'identity', purpose: 'verify', reason: ''}},
      {status: 404, id: secret.evaluation_id, body: {shown: 'identity', purpose: 'verify', reason: '核对'}}],
    whoSawSubject: [{status: 200, id: evaluation}, {status: 200, id: secret.evaluation_id}],
    reportLeak: [{status: 422, id: evaluation, body: {occasion: ''}}, {status: 404, id: secret.evaluation_id, body: {occasion: '核对'}}],
    getUnmaskings: [{status: 200}, {status: 422, query: '?month=2026-13'}], getUnmaskingReport: [{status: 200}], getLeaks: [{status: 200}],
    getPolicies: [{status: 200}], interpretRule: [{status: 422, body: {version: '2020', key: 'none', text: '核对'}}],
    getLedgerCheck: [{status: 200}], beginLedgerCheck: [{status: 202, also: 409}], getCoverage: [{status: 200}],
    beginCoverage: [{status: 422, body: {from: '2026-01-02', to: '2026-01-01'}}],
    decideLeak: [{status: 404, id: '1', body: {finding: 'unfounded', outcome: '核对'}}],
    getCalendar: [{status: 200}], previewCalendar: [{status: 200}], activateLocalDays: [{status: 412, body: {offered: '1'}}],
  };
}

const address = (path, one) => path.replace('/api/v1/staff/', '').replace(/\{(\w+)\}/g, (all, name) => one[name]) + (one.query || '');

function operations(contract) {
  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, {operationId, responses}]) => ({path, method: method.toUpperCase(), operationId, responses})));
}

async function by_role(desk, role, all, calls) {
  const page = await desk.signed_on(people[role]);
  const session = await fetched(page, 'session');
  const reaches = granted(await fetched(page, 'access'), session.roles);
  for (const {path, method, operationId, responses} of all) {
    if (ends.includes(operationId)) continue;
    for (const one of calls[operationId]) {
      const what = `${role}: ${method} ${address(path, one)}`;
      const {status, text} = await call(page, method, address(path, one), one.body);
      const wanted = one.also === status ? one.also : one.status; // also: one runs already
      desk.is(status, gives(reaches, needs[operationId]) ? wanted : 403, what);
      desk.check(String(status) in responses, `${what}: the contract does not know ${status}`);
      desk.keeps_secrets(text, what);
    }
  }
  if (reaches.see_roster === 'own_department') {
    const roster = await fetched(page, 'people');
    desk.check(roster.people.length > 0 && [...roster.people, ...roster.grants].every((one) => one.department_id === session.department_id),
      `${role}: people of another department`);
  }
  const again = await desk.signed_on(people[role]);
  for (const [from, operationId] of [[page, 'signOutStaff'], [again, 'signOutStaffEverywhere']]) {
    const {path, method} = all.find((one) => one.operationId === operationId);
    desk.is((await call(from, method, address(path, {}))).status, 200, `${role}: ${operationId}`);
    desk.is((await call(from, 'GET', 'session')).status, 401, `${role}: the session after ${operationId}`);
  }
}

// What the table cannot say: nobody acts in what concerns himself or what he handled, and what is secret is as if it were not there.
async function by_matter(desk) {
  const {secret} = desk.site;
  const technical = await desk.signed_on(people.technical), supervisor = await desk.signed_on(people.supervisor);
  const roster = await fetched(technical, 'people');
  const grant_of = (staff_id) => roster.grants.find((one) => one.staff_id === staff_id).id;
  const refused = async (page, method, path, body, what) => desk.is((await call(page, method, path, body)).status, 403, what);
  await refused(technical, 'POST', `grants/${grant_of(people.contact)}/ending`, {why: '试'}, 'technical ends a role that is confirmed');
  await refused(technical, 'POST', 'grants', {staff_id: people.technical, role: 'finance'}, 'technical proposes himself');
  await refused(supervisor, 'POST', `grants/${grant_of(people.supervisor)}/ending`, {why: '试'}, 'a supervisor ends his own role');
  await refused(supervisor, 'POST', `people/${people.supervisor}/invite`, undefined, 'a supervisor invites himself');

  const own = (await fetched(technical, 'deliveries?case_no=DK-OWN')).deliveries[0];
  for (const how of ['hold', 'release', 'retry']) {
    const {rows} = JSON.parse((await call(technical, 'POST', `deliveries/${how}`, {ids: [own.id, secret.delivery_id, '1']})).text);
    desk.check(rows.every((one) => !one.done), `${how} of what one handled, of what is secret, and of nothing: ${JSON.stringify(rows)}`);
    desk.is(rows[1].reason, rows[2].reason, `${how}: what is secret is told from what is not there`);
  }
  for (const page of [technical, supervisor]) {
    const hidden = await call(page, 'GET', `deliveries/${secret.delivery_id}`), nothing = await call(page, 'GET', 'deliveries/1');
    desk.is(hidden.text, nothing.text, 'a secret delivery is told from none');
    desk.is((await fetched(page, `deliveries?case_no=${secret.case_no}`)).total, 0, 'deliveries of the secret case');
    const change = {item_code: 'GC-04', reason: '核对'};
    desk.is((await call(page, 'POST', `cases/${secret.case_id}/attribution`, change)).text,
      (await call(page, 'POST', 'cases/1/attribution', change)).text, 'an attribution of the secret case is told from one of none');
  }
  desk.is((await call(technical, 'POST', `deliveries/${secret.delivery_id}/service`, {number: 7})).text,
    (await call(technical, 'POST', 'deliveries/1/service', {number: 7})).text, 'adopting for the secret delivery is told from doing so for none');
  desk.is(desk.store(`select state, held_reason from deliveries where id = ${secret.delivery_id}`), '4|1', 'the secret delivery');
  desk.is(desk.store(`select count(*) from attributions where case_id = ${secret.case_id}`), '0', 'attributions of the secret case');
}

module.exports = async function api(desk) {
  const technical = await desk.signed_on(people.technical);
  const all = operations(await fetched(technical, 'openapi.json'));
  const calls = await calls_of(desk, technical);
  desk.is(all.map((one) => one.operationId).sort().join(), Object.keys(needs).sort().join(), 'the operations of the contract');
  const nobody = await desk.browser();
  await nobody.goto(`${desk.site.base}/staff/`);
  for (const {path, method, operationId} of all)
    desk.is((await call(nobody, method, address(path, (calls[operationId] || [{}])[0]), undefined)).status, 401, `nobody: ${operationId}`);
  await desk.leave();
  for (const role of roles) {
    await by_role(desk, role, all, calls);
    await desk.leave();
  }
  await by_matter(desk);
};
