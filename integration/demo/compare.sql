-- Every difference between the store (main) and the province (attached as `province`), one line each; nothing when they agree.
-- What is held with a reason is no difference: it is listed by the demonstration itself.
.separator ' '

-- Each delivered service is there once, as the number its evaluation learnt, with the time it was sent with.
select '办件服务已送达，省平台没有：', d.id, o.project_no
from deliveries d join evaluations e on e.id = d.evaluation_id join dossiers o on o.id = d.dossier_id
where d.kind = 1 and d.state = 3
  and (select count(*) from province.service s where s.projectNo = o.project_no and s.serviceTime = coalesce(e.service_time, s.serviceTime)
       and s.serviceNumber = coalesce(e.service_number, e.service_ordinal)) <> 1;

-- As many services of a dossier there as were delivered: none twice, none from nowhere.
select '省平台的服务数与已送达数不符：', s.projectNo, s.n, coalesce(l.n, 0)
from (select projectNo, count(*) n from province.service group by projectNo) s
left join (select o.project_no, count(*) n from deliveries d join dossiers o on o.id = d.dossier_id where d.kind = 1 and d.state = 3 group by o.project_no) l
  on l.project_no = s.projectNo
where coalesce(l.n, 0) <> s.n;

-- Each delivered rating is there, with its level, tags and time, under the number of its own service.
select '评价已送达，省平台没有或内容不同：', d.id, o.project_no, e.service_number
from deliveries d join evaluations e on e.id = d.evaluation_id join dossiers o on o.id = d.dossier_id join ratings r on r.id = d.rating_id
where d.kind = 2 and d.state = 3
  and not exists (select 1 from province.rating p where p.projectNo = o.project_no and p.serviceNumber = e.service_number
                  and p.satisfaction = r.level_code and coalesce(p.evalDetail, '') = replace(coalesce(r.tags, ''), char(10), ',')
                  and p.pf = r.channel
                  -- Shanghai's time; up to clamp_skew_s earlier where the province could take it for the future.
                  and r.received_at_us / 1000000 - (unixepoch(p.assessTime) - 8 * 3600) between 0 and 60
                  -- The store has the words sealed; these are what the demonstration wrote.
                  and (r.sealed_text is null) = (coalesce(p.writingEvaluation, '') = '')
                  and coalesce(p.writingEvaluation, '') in ('', '流程还可以再简化一些', '办理时间超过了承诺的期限，请改进。'));

select '省平台的评价在本地没有：', p.projectNo, p.serviceNumber
from province.rating p
where not exists (select 1 from deliveries d join evaluations e on e.id = d.evaluation_id join dossiers o on o.id = d.dossier_id
                  where d.kind = 2 and d.state = 3 and o.project_no = p.projectNo and e.service_number = p.serviceNumber);

-- A default is not a human opinion: none may be there unmarked.
select '系统默认评价被当作本人评价推送：', d.id from deliveries d join ratings r on r.id = d.rating_id where d.kind = 2 and d.state = 3 and r.origin = 2;

select '待评事项没有办件服务的推送记录：', e.id from evaluations e
where e.service_ordinal > 0 and not exists (select 1 from deliveries d where d.evaluation_id = e.id and d.kind = 1);

-- Nothing waits without a reason, and no bad review is without its ticket.
select '推送未完成且没有原因：', id, state from deliveries where state in (1, 2, 5) or (state = 4 and held_reason = 0);
select '差评没有整改单：', r.id from ratings r where r.origin = 1 and r.level_code <= 2 and not exists (select 1 from tickets t where t.rating_id = r.id);
select '评价既未评也未结：', id from evaluations where state = 1;
