// Records that the province takes as they are.
#pragma once
#include "integration/province_sim/clock.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>

namespace province_sim::test {

inline const Instant noon = parse_time("2026-01-15 12:00:00").value();

inline boost::json::object good_service() {
    return {{"areaCode", "370800000000"},
            {"deptCode", "11370800MB28559184"},
            {"orgcode", "370800000000_11370800MB28559184"},
            {"orgName", "市公共资源交易服务中心"},
            {"proDepart", "市公共资源交易服务中心"},
            {"deptName", "市公共资源交易服务中心"},
            {"taskType", "20"},
            {"taskCode", "11370800MB285591843372099018001"},
            {"proTaskCode", "11370800MB285591843372099018001"},
            {"taskHandleItem", "11370800MB28559184337209901800101"},
            {"taskName", "招标公告发布"},
            {"proTaskName", "招标公告发布"},
            {"projectNo", "372026011500001"},
            {"proProjectNo", "372026011500001"},
            {"projectName", "关于某公司招标公告发布的业务"},
            {"proStatus", "3"},
            {"proChannel", "1"},
            {"acceptDate", "2026-01-14 09:00:00"},
            {"resultDate", "2026-01-15 11:00:00"},
            {"serviceName", "办结"},
            {"serviceTime", "2026-01-15 11:00:00"},
            {"projectType", "2"},
            {"promiseTime", "2"},
            {"promiseDay", "5"},
            {"promiseType", "1"},
            {"anticipateDay", "0"},
            {"anticipateType", "1"},
            {"proManager", "王某"},
            {"userProp", "2"},
            {"userName", "某某建设有限公司"},
            {"userPageType", "001"},
            {"creditType", "001"},
            {"certKey", "91370800000000000X"},
            {"creditNum", "91370800000000000X"},
            {"mobile", "0"},
            {"handleUserName", "李某"},
            {"handleUserPageType", "111"},
            {"handleUserPageCode", "370800199001010000"},
            {"dataSource", "137"}};
}

inline boost::json::object good_rating() {
    return {{"projectNo", "372026011500001"},
            {"serviceNumber", "1"},
            {"taskType", "20"},
            {"satisfaction", "5"},
            {"pf", "2"},
            {"name", "某某建设有限公司"},
            {"evalDetail", "510,517"},
            {"writingEvaluation", "很满意"},
            {"assessTime", "2026-01-15 11:30:00"}};
}

inline boost::json::object good_query() {
    return {
        {"mark", "0"}, {"userName", "某某建设有限公司"}, {"creditType", "001"}, {"creditNum", "91370800000000000X"}};
}

// The record with some fields replaced; a null takes the field out.
inline boost::json::object with(boost::json::object record, const boost::json::object& changes) {
    for (const auto& change : changes) {
        if (change.value().is_null())
            record.erase(change.key());
        else
            record[change.key()] = change.value();
    }
    return record;
}

inline std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace province_sim::test
