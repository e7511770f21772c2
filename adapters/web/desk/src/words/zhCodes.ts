import type { Lack } from '../api/unassigned'
import type { DeliveryKind, DeliveryState, Handling, HeldReason } from '../api/deliveries'
import type { Part } from '../api/catalogue'
import type { Standing } from '../api/people'
import type { Action, Field, Reach, Role } from '../api/session'

// A word for each code of the server; the module's own words, where it has them.
const roles: Record<Role, string> = {
  evaluated: '被评价人',
  contact: '部门联系人',
  head: '部门负责人',
  supervisor: '监督',
  second_signer: '复签人',
  committee: '监督委员会',
  technical: '技术',
  finance: '财务',
  publicity_editor: '公开编辑',
}
const actions: Record<Action, string> = {
  see_roster: '查看名册',
  import_roster: '导入名册',
  propose_role: '提名岗位',
  propose_first_technical: '提名首位技术人员',
  withdraw_proposal: '撤回提名',
  confirm_role: '确认岗位',
  end_role: '解除岗位',
  invite_staff: '签发一次性登录链接',
  end_staff_sessions: '结束他人的登录',
  import_catalogue: '导入目录草稿',
  release_catalogue: '发布目录',
  attribute_case: '更改办件归属',
  attribute_rated_case: '更改已评办件的归属',
  sign_attribution: '复签归属更改',
  retry_delivery: '重新推送',
  hold_delivery: '暂缓推送、解除暂缓',
  adopt_service: '认定省平台服务',
  take_back_event: '放回搁置的事件',
  activate_local_days: '启用本地安排',
  interpret_rule: '解释规则',
  verify_ledger: '核验留痕链',
  read_exports: '查看导出记录',
  read_unmaskings: '查看身份查阅记录和泄露案件',
  report_leak: '登记泄露案件',
  decide_leak: '决定泄露案件',
  read_health: '查看运行状况',
  read_coverage: '查看覆盖情况',
}
const fields: Record<Field, string> = {
  case_facts: '办件信息',
  level: '等级和标签',
  text: '评价文字',
  subject_masked: '评价主体（隐去）',
  subject_identity: '评价主体身份',
  subject_phone: '评价主体电话',
}
const reaches: Record<Reach, string> = {
  nothing: '—',
  own_reviews: '本人',
  own_department: '本部门',
  everywhere: '全部',
}
const standings: Record<Standing, string> = { here: '在岗', not_yet: '未到岗', left: '已离开' }
const lacks: Record<Lack, string> = { line: '业务', item: '事项', department: '部门', handlers: '办理人' }
// As hosts number them; a centre's own lines are words of its catalogue.
const lines = { '0': '未知', '1': '政府采购', '2': '药械采购', '3': '工程建设', '4': '矿业权' }
const parts: Record<Part, string> = { departments: '部门', items: '事项', guides: '指南' }
const kinds: Record<DeliveryKind, string> = { service: '办件服务', rating: '评价', withdrawal: '办件撤回' }
const states: Record<DeliveryState, string> = {
  queued: '待推送',
  claimed: '推送中',
  delivered: '已送达',
  held: '暂缓',
  parked: '待人工处理',
}
const reasons: Record<HeldReason, string> = {
  unmarked_default: '省平台未提供系统默认标识',
  unclassified: '未归类',
  expert: '评标专家身份不外送',
  no_message: '省平台未提供该类消息',
  channel_stopped: '推送通道已停止',
  superseded: '已由本人评价取代',
  withdrawn: '办件已撤回',
  doubled: '省平台有重复的服务',
  unclear: '无法认定是哪一条',
  difference: '省平台已有不同的评价',
  changed: '首次发送后资料有变',
  refused: '内容未被接受',
  expired: '超过最长推送期限',
  own_trouble: '自身资料或答复无法处理',
  operator: '人工暂缓',
}
const handlings: Record<Handling, string> = { retry: '重新推送', hold: '暂缓', release: '解除暂缓' }
const origins: Record<'default' | 'authored' | 'unsubmitted', string> = {
  default: '系统默认',
  authored: '本人评价',
  unsubmitted: '已保存未提交',
}
const ways: Record<string, string> = { invite: '一次性链接', ticket: '交易平台登录', openid: '统一身份认证' }

export const zhCodes = {
  roles,
  actions,
  fields,
  reaches,
  standings,
  lacks,
  lines,
  parts,
  kinds,
  states,
  reasons,
  handlings,
  origins,
  ways,
}
