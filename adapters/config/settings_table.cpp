#include "adapters/config/settings_table.hpp"

#include "adapters/config/binding.hpp"

#include <algorithm>

namespace hcp::config {
namespace {

using namespace ports;

constexpr std::int64_t kib = 1024, mib = 1024 * kib, gib = 1024 * mib;

constexpr Word<Cipher> ciphers[] = {{"sm4-ctr-hmac-sm3", Cipher::sm4_ctr_hmac_sm3},
                                    {"aes-256-gcm", Cipher::aes_256_gcm}};
constexpr Word<Backend> backends[] = {
    {"sqlite3", Backend::sqlite3}, {"mysql", Backend::mysql}, {"oracle", Backend::oracle}};
constexpr Word<LogLevel> levels[] = {
    {"error", LogLevel::error}, {"warning", LogLevel::warning}, {"info", LogLevel::info}, {"debug", LogLevel::debug}};

constexpr auto backend = chosen<backends, &Settings::store, &StoreSettings::backend>;
constexpr auto public_listen = at<&Settings::web, &PublicWebSettings::listen>;
constexpr auto tls = at<&Settings::web, &PublicWebSettings::tls>;
constexpr auto staff_listen = at<&Settings::staff, &StaffWebSettings::listen>;
constexpr auto openid_issuer = at<&Settings::openid, &OpenIdSettings::issuer>;

constexpr Condition on_sqlite[] = {is(backend, "sqlite3")};
constexpr Condition on_a_server[] = {is_not(backend, "sqlite3")};
constexpr Condition province_on[] = {is(at<&Settings::province>, "on")};
constexpr Condition web_on[] = {is_not(public_listen, "off")};
constexpr Condition staff_on[] = {is_not(staff_listen, "off")};
constexpr Condition openid_on[] = {is_not(openid_issuer, "off")};
constexpr Condition tls_on[] = {is_not(public_listen, "off"), is(tls, "on")};

constexpr SectionHelp sections[] = {
    {"instance", "本实例。一个目录只能由一个进程使用。"},
    {"host", "接入的交易平台。"},
    {"keys", "密钥文件。只写路径；文件须属于运行本程序的用户，权限 600。丢失主密钥即无法再读出身份信息，请离线备份。"},
    {"journal", "本地日志：事件先落盘于此，再入库。"},
    {"store", "数据库。"},
    {"policy", "评价规则（期限、默认等级、阈值等），带版本和有效期。"},
    {"calendar", "工作日历。"},
    {"items", "评价事项、评价标签和环节对应表。"},
    {"province", "省“好差评”平台。"},
    {"web", "公众页面：评价、公示、意见。"},
    {"staff", "工作人员页面：登录、会话、岗位；一律加密，只对内网开放。"},
    {"openid", "工作人员用本单位的统一身份认证登录（OpenID Connect，授权码加 PKCE）；须同时启用 [staff]。"},
    {"operations", "运维接口：指标、就绪、健康详情。不要对公众开放。"},
    {"sweep", "到期未评价的办件按规则记为系统默认。"},
    {"secrecy", "开标前保密。"},
    {"reconcile", "每日与交易平台、省平台核对。"},
    {"clock", "时钟。"},
    {"limits", "线程数。"},
    {"log", "日志，写入交易平台提供的日志接口；不含个人信息。"},
};

// One row, one key. What makes or switches a part stands before the part's other keys.
// clang-format off
constexpr Key keys[] = {
    {.member = at<&Settings::instance, &InstanceSettings::directory>, .section = "instance", .name = "directory",
     .required = true, .help = "数据目录：本地日志、留痕锚点和锁文件。不存在时建立。",
     .example = "/var/lib/haochaping"},
    {.member = at<&Settings::instance, &InstanceSettings::name>, .section = "instance", .name = "name",
     .fallback = "haochaping-1", .min = 1, .max = 64, .help = "实例名，见于日志和健康信息。"},
    {.member = at<&Settings::instance, &InstanceSettings::lease>, .section = "instance", .name = "lease_s",
     .fallback = "60", .min = 10, .max = 600,
     .help = "实例号和已领任务的租期；实例异常退出后，过一个租期由别的实例接手。"},

    {.member = at<&Settings::host, &HostSettings::accepted_ids>, .section = "host", .name = "accepted_ids",
     .reloadable = true, .fallback = "any", .min = 1, .max = 64,
     .help = "接受哪些平台编号（host_id）的事件，以逗号分隔；any 表示全部。"},

    {.member = at<&Settings::keys, &KeySettings::master_key_file>, .section = "keys", .name = "master_key_file",
     .kind = Kind::secret_path, .required = true, .help = "主密钥：封存身份信息和本地日志。",
     .example = "/etc/haochaping/keys/master.key"},
    {.member = at<&Settings::keys, &KeySettings::old_key_files>, .section = "keys", .name = "old_key_files",
     .off = true, .fallback = "off", .min = 1, .max = 16, .help = "更换过的旧主密钥，只用于读出旧数据。"},
    {.member = at<&Settings::keys, &KeySettings::next_key_file>, .section = "keys", .name = "next_key_file",
     .kind = Kind::secret_path, .off = true, .fallback = "off",
     .help = "将要换用的主密钥：本实例已能打开它封存的数据，但还不用它封存。多个实例轮换主密钥时，先在全部实例上写这一项。"},
    {.member = at<&Settings::keys, &KeySettings::digest_key_file>, .section = "keys", .name = "digest_key_file",
     .kind = Kind::secret_path, .off = true, .fallback = "off",
     .help = "hcpctl keys carry 写出的摘要密钥；有了它，创始主密钥不再需要。"},
    {.member = at<&Settings::keys, &KeySettings::anchor_key_file>, .section = "keys", .name = "anchor_key_file",
     .kind = Kind::secret_path, .required = true, .help = "留痕锚点的 SM2 签名私钥（PEM）。",
     .example = "/etc/haochaping/keys/anchor.pem"},
    {.member = chosen<ciphers, &Settings::keys, &KeySettings::cipher>, .section = "keys", .name = "cipher",
     .fallback = "sm4-ctr-hmac-sm3", .help = "新数据的封存算法；旧数据按各自记录的算法读出。"},

    {.member = at<&Settings::journal, &JournalSettings::max_bytes>, .section = "journal", .name = "max_bytes",
     .kind = Kind::bytes, .fallback = "1073741824", .min = mib, .max = 1024 * gib,
     .help = "本地日志的上限；超过时平台收到“已满，稍后再报”。"},
    {.member = at<&Settings::journal, &JournalSettings::drain_batch>, .section = "journal", .name = "drain_batch",
     .fallback = "500", .min = 1, .max = 5000, .help = "一次入库事务最多含多少个事件。"},

    {.member = backend, .section = "store", .name = "backend", .fallback = "sqlite3", .help = "数据库种类。"},
    {.member = at<&Settings::store, &StoreSettings::path>, .section = "store", .name = "path",
     .required_when = on_sqlite, .help = "SQLite 数据库文件。", .example = "/var/lib/haochaping/store.db"},
    {.member = at<&Settings::store, &StoreSettings::connection_file>, .section = "store", .name = "connection_file",
     .kind = Kind::secret_path, .required_when = on_a_server,
     .help = "存放连接串（含口令）的文件，一行一个；多行是同一个库的几个入口（如集群的节点），按序取第一个可用的。",
     .example = "/etc/haochaping/keys/database.conn"},
    {.member = at<&Settings::store, &StoreSettings::schema>, .section = "store", .name = "schema", .max = 128,
     .help = "本模块各表所在的库（MySQL）或模式（Oracle）；不写时为连接串中用户自己的。", .example = "haochaping"},
    {.member = at<&Settings::store, &StoreSettings::sessions>, .section = "store", .name = "sessions", .fallback = "4",
     .min = 1, .max = 64, .help = "数据库会话数，也是数据库线程数。"},
    {.member = at<&Settings::store, &StoreSettings::connect_timeout>, .section = "store", .name = "connect_timeout_ms",
     .fallback = "5000", .min = 100, .max = 9900, .help = "连接数据库的最长等待。"},
    {.member = at<&Settings::store, &StoreSettings::read_timeout>, .section = "store", .name = "read_timeout_ms",
     .fallback = "8000", .min = 100, .max = 9900, .help = "等待数据库应答的最长时间；小于 10 秒，以便按时停止。"},

    {.member = at<&Settings::rules, &RuleSettings::policy_file>, .section = "policy", .name = "file",
     .kind = Kind::file, .fallback = "policy.ini", .help = "规则文件。"},

    {.member = at<&Settings::rules, &RuleSettings::calendar_directory>, .section = "calendar", .name = "directory",
     .kind = Kind::directory, .fallback = "calendar", .help = "日历目录：国家节假日与调休，以及本省、本中心的调整。"},

    {.member = at<&Settings::rules, &RuleSettings::items_file>, .section = "items", .name = "items_file",
     .kind = Kind::file, .fallback = "items/items.csv", .help = "评价事项清单。"},
    {.member = at<&Settings::rules, &RuleSettings::tags_file>, .section = "items", .name = "tags_file",
     .kind = Kind::file, .fallback = "items/tags.csv", .help = "评价标签。"},
    {.member = at<&Settings::rules, &RuleSettings::nodes_file>, .section = "items", .name = "nodes_file",
     .kind = Kind::file, .fallback = "items/nodes.csv", .help = "交易环节与事项、服务名称的对应表。"},

    {.member = at<&Settings::guides_last>, .section = "items", .name = "guides_last_days", .fallback = "365", .min = 30,
     .max = 3650, .help = "办事指南多久没有新版本即告警，提醒维护岗位核对。"},

    {.member = at<&Settings::province>, .section = "province", .name = "enabled", .fallback = "on",
     .help = "是否推送到省平台。off 时应推送的消息一律留存，打开后补送。"},
    {.member = at<&Settings::province, &ProvinceSettings::profile_file>, .section = "province", .name = "profile",
     .kind = Kind::file, .fallback = "province/shandong.ini", .required_when = province_on,
     .help = "省档案：该省接口的路径、字段和代码。"},
    {.member = at<&Settings::province, &ProvinceSettings::base_url>, .section = "province", .name = "base_url",
     .required_when = province_on, .help = "省平台地址。必须是 https；http 只允许指向本机（测试）。",
     .example = "https://hcp.example.gov.cn"},
    {.member = at<&Settings::province, &ProvinceSettings::ca_file>, .section = "province", .name = "ca_file",
     .kind = Kind::file, .help = "签发省平台证书的 CA（PEM）；https 时必填，只信任它。",
     .example = "/etc/haochaping/keys/province-ca.pem"},
    {.member = at<&Settings::province, &ProvinceSettings::app_mark>, .section = "province", .name = "app_mark",
     .min = 1, .max = 32, .required_when = province_on, .help = "省平台分配的接入标识（appMark）。",
     .example = "SDGGZY"},
    {.member = at<&Settings::province, &ProvinceSettings::app_word_file>, .section = "province",
     .name = "app_word_file", .kind = Kind::secret_path, .required_when = province_on,
     .help = "存放接入口令（appWord）的文件，一行。", .example = "/etc/haochaping/keys/province.word"},
    {.member = at<&Settings::province, &ProvinceSettings::platform_public_key_file>, .section = "province",
     .name = "platform_public_key_file", .kind = Kind::file,
     .help = "省平台的 SM2 公钥（PEM，或 04 开头的 130 位十六进制）；省档案要求 SM2 时必填。",
     .example = "/etc/haochaping/keys/province-public.pem"},
    {.member = at<&Settings::province, &ProvinceSettings::client_private_key_file>, .section = "province",
     .name = "client_private_key_file", .kind = Kind::secret_path,
     .help = "本中心的 SM2 私钥（PEM），用于解读省平台的应答；省档案要求 SM2 时必填。",
     .example = "/etc/haochaping/keys/client.pem"},
    {.member = at<&Settings::province, &ProvinceSettings::parallel>, .section = "province", .name = "parallel",
     .fallback = "4", .min = 1, .max = 64, .help = "本实例同时推送的条数；与省档案的 max_parallel 取小者。"},

    {.member = public_listen, .section = "web", .name = "public_listen", .off = true, .makes_part = true,
     .required = true, .help = "公众页面的监听地址；off 表示本实例不提供页面。", .example = "0.0.0.0:8443"},
    {.member = at<&Settings::web, &PublicWebSettings::base_url>, .section = "web", .name = "public_base_url",
     .required_when = web_on, .help = "公众看到的地址，评价链接和二维码以它开头。端口写 0 表示与实际监听的端口相同。",
     .example = "https://pj.example.gov.cn"},
    {.member = tls, .section = "web", .name = "tls", .fallback = "on",
     .help = "由本程序加密。off 只允许监听本机，或位于可信代理之后。"},
    {.member = at<&Settings::web, &PublicWebSettings::tls, &PublicWebSettings::Tls::certificate_file>, .section = "web",
     .name = "tls_cert_file", .kind = Kind::file, .required_when = tls_on, .help = "证书链（PEM）。",
     .example = "/etc/haochaping/keys/web-chain.pem"},
    {.member = at<&Settings::web, &PublicWebSettings::tls, &PublicWebSettings::Tls::key_file>, .section = "web",
     .name = "tls_key_file", .kind = Kind::secret_path, .required_when = tls_on, .help = "证书私钥（PEM）。",
     .example = "/etc/haochaping/keys/web-key.pem"},
    {.member = at<&Settings::web, &PublicWebSettings::trusted_proxies>, .section = "web", .name = "trusted_proxies",
     .kind = Kind::networks, .off = true, .fallback = "off", .min = 1, .max = 64,
     .help = "可信的反向代理；只采信它们给出的 X-Forwarded-For。"},
    {.member = at<&Settings::web, &PublicWebSettings::allowed_hosts>, .section = "web", .name = "allowed_hosts",
     .kind = Kind::hosts, .off = true, .fallback = "off", .min = 1, .max = 64,
     .help = "除 public_base_url 的主机名外，还以哪些主机名（请求的 Host）应答；"
             "前面的代理改写 Host 的，写它改成的名字。其余的 Host 一律退回，只有 /healthz 不限。"},
    {.member = at<&Settings::web, &PublicWebSettings::max_body_bytes>, .section = "web", .name = "max_body_bytes",
     .kind = Kind::bytes, .fallback = "65536", .min = 4 * kib, .max = 16 * mib, .help = "请求正文的上限。"},
    {.member = at<&Settings::web, &PublicWebSettings::max_connections>, .section = "web", .name = "max_connections",
     .fallback = "2000", .min = 10, .max = 100'000, .help = "同时的连接数上限；实际还受进程可打开文件数的软限制约束，其中留出一部分给宿主、日志和数据库。"
             "满时收回空闲最久的连接；一个来源地址最多占四分之一，来源越多各自的份额越小。"},
    {.member = at<&Settings::web, &PublicWebSettings::request_timeout>, .section = "web", .name = "request_timeout_ms",
     .fallback = "15000", .min = 1000, .max = 120'000, .help = "收完一个请求的最长时间，也是空闲连接的保留时间。"},
    {.member = at<&Settings::web, &PublicWebSettings::per_token_per_minute>, .section = "web",
     .name = "per_token_per_minute", .reloadable = true, .fallback = "30", .min = 1, .max = 10'000,
     .help = "一个评价链接每分钟的请求数上限。"},
    {.member = at<&Settings::web, &PublicWebSettings::per_address_per_minute>, .section = "web",
     .name = "per_address_per_minute", .reloadable = true, .fallback = "1200", .min = 10, .max = 1'000'000,
     .help = "一个来源地址每分钟的请求数上限；大厅共用一个出口地址，不要设得太小。"},
    {.member = at<&Settings::web, &PublicWebSettings::centre_name>, .section = "web", .name = "centre_name",
     .reloadable = true, .min = 1, .max = 60, .required_when = web_on, .help = "页面上的中心名称。",
     .example = "山东省公共资源交易中心"},
    {.member = at<&Settings::web, &PublicWebSettings::help_phone>, .section = "web", .name = "help_phone",
     .reloadable = true, .min = 3, .max = 40, .required_when = web_on, .help = "页面上的咨询电话。",
     .example = "0531-00000000"},
    {.member = at<&Settings::web, &PublicWebSettings::portal_url>, .section = "web", .name = "portal_url",
     .off = true, .reloadable = true, .fallback = "off",
     .help = "交易平台的地址：没有登录、链接失效、评价完毕时，页面带人回到那里；off 表示页面上没有这个链接。"},

    {.member = staff_listen, .section = "staff", .name = "listen", .off = true, .makes_part = true, .fallback = "off",
     .help = "工作人员页面的监听地址；off 表示本实例不提供。只监听本机或内网，其他地址 config check 给出提醒。"},
    {.member = at<&Settings::staff, &StaffWebSettings::base_url>, .section = "staff", .name = "base_url",
     .required_when = staff_on, .help = "工作人员看到的地址，须为 https；登录链接以它开头，请求的 Host 须与它的主机名相同。",
     .example = "https://desk.example.gov.cn:8444"},
    {.member = at<&Settings::staff, &StaffWebSettings::certificate_file>, .section = "staff", .name = "tls_cert_file",
     .kind = Kind::file, .required_when = staff_on, .help = "证书链（PEM）。",
     .example = "/etc/haochaping/keys/staff-chain.pem"},
    {.member = at<&Settings::staff, &StaffWebSettings::key_file>, .section = "staff", .name = "tls_key_file",
     .kind = Kind::secret_path, .required_when = staff_on, .help = "证书私钥（PEM）。",
     .example = "/etc/haochaping/keys/staff-key.pem"},
    {.member = at<&Settings::staff, &StaffWebSettings::idle_minutes>, .section = "staff", .name = "idle_minutes",
     .fallback = "30", .min = 5, .max = 240, .help = "登录后多少分钟不用即结束。"},
    {.member = at<&Settings::staff, &StaffWebSettings::absolute_hours>, .section = "staff", .name = "absolute_hours",
     .fallback = "10", .min = 1, .max = 24, .help = "登录后最迟多少小时结束，不论是否在用。"},
    {.member = at<&Settings::staff, &StaffWebSettings::invite>, .section = "staff", .name = "invite", .fallback = "on",
     .help = "是否可用 hcpctl staff invite 签发的一次性链接登录；有了别的登录方式后改为 off。"},
    {.member = at<&Settings::staff, &StaffWebSettings::portal_url>, .section = "staff", .name = "portal_url",
     .off = true, .fallback = "off",
     .help = "交易平台的地址：工作人员从那里的页面带票据登录（POST 到 /staff/sign-on）；off 表示不接受别处页面提交的票据。"},

    {.member = openid_issuer, .section = "openid", .name = "issuer", .off = true, .makes_part = true, .fallback = "off",
     .help = "认证平台的 issuer，须为 https（http 只允许指向本机）；在那里登记的回调地址是 [staff] base_url 加 /staff/openid/back。"},
    {.member = at<&Settings::openid, &OpenIdSettings::client_id>, .section = "openid", .name = "client_id",
     .max = 256, .required_when = openid_on, .help = "在认证平台登记的应用编号。", .example = "haochaping"},
    {.member = at<&Settings::openid, &OpenIdSettings::secret_file>, .section = "openid", .name = "secret_file",
     .kind = Kind::secret_path, .off = true, .fallback = "off",
     .help = "存放应用密钥的文件，一行；off 表示登记为公开应用，只凭 PKCE。"},
    {.member = at<&Settings::openid, &OpenIdSettings::ca_file>, .section = "openid", .name = "ca_file",
     .kind = Kind::file, .off = true, .fallback = "off", .help = "签发认证平台证书的 CA（PEM）；issuer 为 https 时必填。"},
    {.member = at<&Settings::openid, &OpenIdSettings::staff_claim>, .section = "openid", .name = "staff_claim",
     .fallback = "sub", .min = 1, .max = 64, .help = "ID 令牌中哪一项是工号；工号须与花名册一致。"},
    {.member = at<&Settings::openid, &OpenIdSettings::scope>, .section = "openid", .name = "scope",
     .fallback = "openid", .min = 6, .max = 256, .help = "请求的范围，以空格分隔，须含 openid；工号不在 sub 时加上它所属的范围。"},
    {.member = at<&Settings::openid, &OpenIdSettings::name>, .section = "openid", .name = "name",
     .fallback = "统一身份认证", .min = 1, .max = 32, .help = "登录页上这种方式的名称。"},

    {.member = at<&Settings::operations_listen>, .section = "operations", .name = "listen",
     .fallback = "127.0.0.1:9464", .help = "运维接口的监听地址；本机和内网以外的，config check 给出提醒。"},

    {.member = at<&Settings::sweep, &SweepSettings::interval>, .section = "sweep", .name = "interval_ms",
     .fallback = "1000", .min = 100, .max = 60'000, .help = "多久检查一次是否有到期的评价。"},
    {.member = at<&Settings::sweep, &SweepSettings::grace>, .section = "sweep", .name = "grace_s", .fallback = "60",
     .min = 60, .max = 240, .help = "到期后再等多久才记为默认，以免漏掉最后一秒收到的评价。"},
    {.member = at<&Settings::sweep, &SweepSettings::batch>, .section = "sweep", .name = "batch", .fallback = "1000",
     .min = 1, .max = 10'000, .help = "一次事务最多处理多少条到期评价。"},

    {.member = at<&Settings::secrecy_alarm_after>, .section = "secrecy", .name = "alarm_after_days", .fallback = "90",
     .min = 1, .max = 3650, .help = "办结后多久仍未收到“已开标”即告警；只告警，不自动解除保密。"},

    {.member = at<&Settings::reconcile, &ReconcileSettings::daily_at>, .section = "reconcile", .name = "daily_at",
     .off = true, .makes_part = true, .fallback = "02:30", .help = "每日核对的时刻。"},
    {.member = at<&Settings::reconcile, &ReconcileSettings::lookback>, .section = "reconcile", .name = "lookback_days",
     .fallback = "7", .min = 1, .max = 365, .help = "每次核对往前多少天。"},

    {.member = at<&Settings::allow_virtual_clock>, .section = "clock", .name = "allow_virtual", .fallback = "off",
     .help = "是否允许平台提供虚拟时钟（测试和演示用）；启用会记入留痕链。"},
    {.member = at<&Settings::max_clock_skew>, .section = "clock", .name = "max_skew_ms", .fallback = "2000", .min = 100,
     .max = 60'000, .help = "与数据库服务器的时差超过此值即告警并暂停记默认；评价照常接受。"},
    {.member = at<&Settings::max_clock_jump>, .section = "clock", .name = "max_jump_s", .fallback = "600", .min = 60,
     .max = 86'400,
     .help = "嵌入式数据库没有服务器时钟可比：系统时钟跳动超过此值即告警，并暂停记默认和重发办件，"
             "直到时钟改回，或用 hcpctl clock confirm 确认。"},

    {.member = at<&Settings::limits, &LimitSettings::io_threads>, .section = "limits", .name = "io_threads",
     .fallback = "1", .min = 1, .max = 2, .help = "网络线程数。"},
    {.member = at<&Settings::limits, &LimitSettings::crypto_threads>, .section = "limits", .name = "crypto_threads",
     .fallback = "2", .min = 1, .max = 64, .help = "国密加解密线程数，决定推送速度的上限。"},

    {.member = chosen<levels, &Settings::log_level>, .section = "log", .name = "level", .reloadable = true,
     .fallback = "info", .help = "写出的最低级别。"},
};
// clang-format on

static_assert(std::ranges::all_of(keys, [](const Key& key) {
    return std::ranges::any_of(sections, [&](const SectionHelp& s) { return s.name == key.section; });
}));
static_assert(is_sound(keys));
static_assert(is_complete<Settings>(keys, {}, 1));  // `file` is the ini's own name
static_assert(is_complete<InstanceSettings>(keys));
static_assert(is_complete<HostSettings>(keys));
static_assert(is_complete<KeySettings>(keys));
static_assert(is_complete<JournalSettings>(keys));
static_assert(is_complete<StoreSettings>(keys));
static_assert(is_complete<RuleSettings>(keys));
static_assert(is_complete<ProvinceSettings>(keys));
static_assert(is_complete<PublicWebSettings>(keys));
static_assert(is_complete<PublicWebSettings::Tls>(keys));
static_assert(is_complete<StaffWebSettings>(keys));
static_assert(is_complete<SweepSettings>(keys));
static_assert(is_complete<ReconcileSettings>(keys));
static_assert(is_complete<LimitSettings>(keys));

}  // namespace

std::span<const SectionHelp> settings_sections() {
    return sections;
}
std::span<const Key> settings_keys() {
    return keys;
}
Settled<Settings> settle_settings(const Ini& ini, std::vector<Fault>& faults) {
    const Ini* const layers[] = {&ini};
    return Settled<Settings>{settle(layers, keys, {}, faults)};
}

}  // namespace hcp::config
