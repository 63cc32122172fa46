// The score as JSON (docs/cli.md, `tautband score --json`).
#include <cmath>

#include "scoring/assess.h"

namespace tb::scoring {
namespace {

/// Four decimals: enough for every unit here, and no noise of the last bits.
double rounded(double v) {
    return std::round(v * 1e4) / 1e4;
}

Json measured_json(const Measured& m) {
    Json j = Json::object();
    j["name"] = m.name;
    j["value"] = m.known ? Json(rounded(m.value)) : Json(nullptr);
    j["unit"] = m.unit;
    j["grade"] = rounded(m.grade);
    j["expected"] = m.expected;
    j["evidence"] = m.evidence;
    return j;
}

} // namespace

Json to_json(const Assessment& a) {
    Json out = Json::object();
    out["total"] = rounded(a.total);
    out["pass"] = a.pass;
    out["pass_reason"] = a.pass_reason;
    out["global_rating"] = a.global_rating;
    out["mode"] = a.mode;
    out["rubric_version"] = a.rubric_version;
    out["rubric_hash"] = a.rubric_hash;
    out["critical"] = Json::array();
    out["critical_details"] = Json::array();
    for (const CriticalFinding& c : a.critical) {
        out["critical"].push_back(c.id);
        out["critical_details"].push_back(
            {{"id", c.id}, {"text", c.text}, {"detail", c.detail}, {"evidence", c.evidence}});
    }
    out["help"] = Json::array();
    for (const Help& h : a.help)
        out["help"].push_back({{"what", h.what}, {"evidence", h.evidence}});
    out["items"] = Json::array();
    for (const ItemScore& item : a.items) {
        Json j = Json::object();
        j["id"] = item.id;
        j["points"] = rounded(item.points);
        j["of"] = rounded(item.of);
        // The main measure stands for the item; the others follow under "measures".
        const bool known = !item.measures.empty() && item.measures.front().known;
        j["measure"] = known ? Json(rounded(item.measures.front().value)) : Json(nullptr);
        j["unit"] = item.measures.empty() ? "" : item.measures.front().unit;
        j["evidence"] = item.evidence();
        j["phase"] = item.phase;
        j["text"] = item.text;
        j["why"] = item.why;
        j["capped"] = item.capped;
        j["measures"] = Json::array();
        for (const Measured& m : item.measures)
            j["measures"].push_back(measured_json(m));
        out["items"].push_back(std::move(j));
    }
    out["near_misses"] = Json::array();
    for (const NearMiss& n : a.near_misses) {
        out["near_misses"].push_back(
            {{"structure", n.structure}, {"distance_mm", rounded(n.distance_mm)}, {"evidence", n.evidence}});
    }
    return out;
}

} // namespace tb::scoring
