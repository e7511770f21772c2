-- Every row is a contradiction. `accepted_*` and `reported_*` are the host's own logs, `s` the store, `p` the province.
.mode list
.separator ' '
.timeout 5000
create index accepted_completion_key on accepted_completion (case_no);
create index reported_completion_key on reported_completion (case_no);
-- The store looks a case up by the digest of its key, so for its numbers there is no index; without one, a large run is judged for minutes.
create temp table held_case as select host_id, case_no, completion_no from s.cases;
create index held_case_key on held_case (case_no);

-- The host's side: what was promised is in the store exactly once.
select 'accepted, but not once in the store: completion', a.case_no, n from (
  select a.case_no, (select count(*) from held_case c where c.host_id = a.host_id and c.case_no = a.case_no and c.completion_no = a.completion_no) as n
  from accepted_completion a) a where n <> 1 limit 5;
select 'evaluations that are not one for each subject: completion', case_no, n, wanted from (
  select c.case_no, count(*) as n, max(length(r.subjects) - length(replace(r.subjects, ' ', '')) + 1) as wanted
  from s.cases c join s.evaluations e on e.case_id = c.id
  join (select case_no, max(subjects) as subjects from reported_completion group by case_no) r on r.case_no = c.case_no
  group by c.id) where n <> wanted limit 5;
select 'a case without evaluations', case_no from s.cases c where not exists (select 1 from s.evaluations e where e.case_id = c.id) limit 5;
select 'accepted, but not once in the store: withdrawal', case_no from accepted_withdrawal a
  where (select count(*) from s.withdrawals w where w.host_id = a.host_id and w.case_no = a.case_no and w.completion_no = a.completion_no) <> 1 limit 5;
select 'accepted, but not once in the store: opening', project_no from accepted_bids_opened a
  where (select count(*) from s.openings o where o.project_no = a.project_no and trim(o.section) = a.section and o.opened_at_us = a.opened_at_us) <> 1 limit 5;
select 'accepted, but not once in the store: visit', visit_no from accepted_visit a
  where (select count(*) from s.visits v where v.host_id = a.host_id and v.visit_no = a.visit_no) <> 1 limit 5;

-- And nothing is there that nobody reported.
select 'never reported: case', case_no from s.cases where case_no not in (select case_no from reported_completion) limit 5;
select 'never reported: withdrawal', case_no from s.withdrawals where case_no not in (select case_no from reported_withdrawal) limit 5;
select 'never reported: opening', project_no from s.openings where project_no not in (select project_no from reported_bids_opened) limit 5;
select 'never reported: visit', visit_no from s.visits where visit_no not in (select visit_no from reported_visit) limit 5;
select 'two cases of one completion', case_no from s.cases group by host_id, case_no, completion_no having count(*) > 1 limit 5;

-- A service whose case was withdrawn before it left stays here. The evaluations of a case come in the order of its subjects.
create temp table kept_back as select case_no, n from (
  select c.case_no, e.id, row_number() over (partition by c.id order by e.id) as n from s.evaluations e join s.cases c on c.id = e.case_id)
  where id in (select evaluation_id from s.deliveries where kind = 1 and held_reason = 8);
create index kept_back_key on kept_back (case_no, n);
select 'kept back, but never withdrawn: case', case_no from kept_back where case_no not in (select case_no from reported_withdrawal) limit 5;

-- What must be at the province, from the host's logs alone but for bare facts of the store that were checked above: which of the
-- unanswered events it has after all, and what was withdrawn in time. A completion that was withdrawn before it was reported opens no service.
create temp table owed as
  with subject (line_no, case_no, project_no, section, node, n, one, rest) as (
    select r.line_no, r.case_no, r.project_no, r.section, r.node, 0, '', r.subjects || ' '
    from reported_completion r join s.cases c on c.case_no = r.case_no
    where (r.bids_secret = '0' or exists (select 1 from s.openings o
           where o.project_no = r.project_no and trim(o.section) in ('', r.section) and o.opened_at_us + 300000000 >= cast(r.completed_at_us as integer)))
      and not exists (select 1 from reported_withdrawal w join s.withdrawals v on v.case_no = w.case_no
                      where w.case_no = r.case_no and w.line_no < r.line_no)
      and c.item_code in (select item_code from items)
    union all
    select line_no, case_no, project_no, section, node, n + 1, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
    from subject where rest <> '')
  select project_no, section, substr(one, 3) as certificate, line_no, o.service_name
  from subject u join nodes o using (node)
  where one <> '' and not exists (select 1 from kept_back k where k.case_no = u.case_no and k.n = u.n) order by line_no;

-- A dossier is one project, section and subject; its services are numbered in the order in which they were completed. The province does
-- not know the host's project, so dossiers are compared by what they hold.
create temp table wanted as
  select certificate, group_concat(service_name, '>') as services, count(*) as n
  from (select * from owed order by line_no) group by project_no, section, certificate;
create temp table found as
  select certificate, group_concat(serviceName, '>') as services, count(*) as n from (
    select projectNo, coalesce(certKey, certkeyGOV) as certificate, serviceName from p.service order by projectNo, serviceNumber)
  group by projectNo;
select 'the province should hold services', (select count(*) from owed), 'and holds', (select count(*) from p.service)
  where (select count(*) from owed) <> (select count(*) from p.service);
select 'dossier missing or other:', certificate, services from (
  select certificate, services, count(*) from wanted group by 1, 2 except select certificate, services, count(*) from found group by 1, 2) limit 5;
select 'dossier that nobody is owed:', certificate, services from (
  select certificate, services, count(*) from found group by 1, 2 except select certificate, services, count(*) from wanted group by 1, 2) limit 5;
select 'dossier of several subjects', projectNo from p.service group by projectNo having count(distinct coalesce(certKey, certkeyGOV)) > 1 limit 5;
select 'numbering with a gap', projectNo from p.service group by projectNo having min(serviceNumber) <> 1 or max(serviceNumber) <> count(*) limit 5;

-- What the plugin believes: delivered is at the province, and the number it learnt is the right one.
select 'marked delivered, but not at the province: dossier', o.project_no from s.dossiers o
  where (select count(*) from s.deliveries d where d.dossier_id = o.id and d.kind = 1 and d.state = 3)
     <> (select count(*) from p.service v where v.projectNo = o.project_no) limit 5;
select 'learnt a number that is another service’s', o.project_no, e.service_number from s.evaluations e
  join s.dossiers o on o.id = e.dossier_id join s.cases c on c.id = e.case_id join nodes n on n.node = c.node
  left join p.service v on v.projectNo = o.project_no and v.serviceNumber = e.service_number
  where e.service_number is not null and v.serviceName is not n.service_name limit 5;
select 'embargoed, but not held', d.id from s.deliveries d join s.evaluations e on e.id = d.evaluation_id where e.embargoed = 1 and d.state <> 4 limit 5;
select 'still under way', kind, state, count(*) from s.deliveries where state = 2 or state = 1 and waits_for is null group by kind, state;
