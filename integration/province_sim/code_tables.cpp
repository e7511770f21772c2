#include "integration/province_sim/code_tables.hpp"

#include <algorithm>

namespace province_sim {
namespace {

constexpr Indicator first(std::string_view code, std::string_view text) {
    return {code, text, true, false};
}
constexpr Indicator more(std::string_view code, std::string_view text) {
    return {code, text, true, true};
}
constexpr Indicator former(std::string_view code, std::string_view text) {
    return {code, text, false, false};
}

constexpr std::array indicators{
    first("510", "一窗受理一次办结"),
    first("511", "可以先受理后补材料"),
    first("512", "不用提交证明"),
    more("513", "可以全程网上办理"),
    more("514", "可以使用手机办理"),
    more("515", "可以就近办理"),
    more("516", "无需材料直接办理"),
    more("517", "服务热情效率高"),
    first("406", "填写一张表单就可完成申报"),
    first("407", "在线提交材料窗口核验"),
    first("408", "一张清单告知全部申报材料"),
    more("409", "用告知承诺减免申报材料"),
    more("410", "可以在线预约办理"),
    more("411", "跑大厅一次办完"),
    more("412", "可以使用自助机办理"),
    more("413", "服务态度较好"),
    first("307", "一次性告知需要补正的材料"),
    first("308", "提供申报材料样本"),
    first("309", "在承诺的时间内办结"),
    more("310", "办事指南指引准确"),
    more("311", "按办事指南要求的材料即可办理"),
    more("312", "可以快递送达"),
    more("313", "跑动次数与承诺的一致"),
    more("314", "服务态度一般"),
    first("207", "没有提供材料样本"),
    first("208", "没有提供材料清单"),
    first("209", "未在承诺时间内办结"),
    more("210", "同样内容的证明材料被要求多次提交"),
    more("211", "承诺网办但无法在线办理"),
    more("212", "在线预约办理后到实体大厅重复取号排队"),
    more("213", "窗口人员业务不熟练"),
    more("214", "服务态度生硬"),
    first("108", "在办事指南之外增加新的审批条件"),
    first("109", "需提供办事指南之外的申报材料"),
    first("110", "无理由超过法定办理时间"),
    more("111", "办事指南提供样本有错"),
    more("112", "承诺在线收取申报材料实际无法收取"),
    more("113", "多头跑窗口和部门"),
    more("114", "跑动次数与承诺的不一致"),
    more("115", "服务态度差效率低"),
    former("501", "综合窗口一次办成"),
    former("502", "容缺受理"),
    former("503", "不需提交证明材料"),
    former("504", "不需提交证照批文"),
    former("505", "全部在线上传不用核验"),
    former("506", "自助机随时办理"),
    former("507", "本市就近办理"),
    former("508", "本省就近办理"),
    former("509", "全国就近办理"),
    former("401", "一张表单"),
    former("402", "在线提交窗口核验最多跑一次"),
    former("404", "自助机限工作时间"),
    former("405", "在线预约"),
    former("301", "按指南顺利完成"),
    former("302", "一张清单告知"),
    former("303", "只进一个大厅"),
    former("304", "承诺时间内办完"),
    former("305", "跑2次"),
    former("306", "排队叫号"),
    former("201", "无样本"),
    former("202", "未一次性完整告知"),
    former("203", "重复提交"),
    former("204", "到窗口2次以上"),
    former("205", "无叫号系统"),
    former("206", "预约后重复取号"),
    former("101", "要求未列明材料"),
    former("102", "承诺在线收取未收"),
    former("103", "未在承诺时间办完"),
    former("104", "大厅以外提交"),
    former("105", "次数与承诺不一致"),
    former("106", "先外办再重复提交"),
    former("107", "附加审批条件"),
};

}  // namespace

std::span<const Indicator> t8_indicators() {
    return indicators;
}

const Indicator* find_indicator(std::string_view code) {
    const auto* const found = std::find_if(indicators.begin(), indicators.end(),
                                           [code](const Indicator& indicator) { return indicator.code == code; });
    return found == indicators.end() ? nullptr : found;
}

}  // namespace province_sim
